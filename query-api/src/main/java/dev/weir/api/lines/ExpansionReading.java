package dev.weir.api.lines;

import dev.weir.topology.Position;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** One pass over some records for lines of a template, with their neighbours. */
final class ExpansionReading implements LineLog.Visitor {
    private final Wanted wanted;
    private final long from;
    private final long last;
    private final Iterator<Position> certain;
    private final List<Expansion.Block> found = new ArrayList<>();
    private final Deque<Entry> before = new ArrayDeque<>();
    private @Nullable Position nextCertain;
    private int lines;
    private int matched;
    private long reached;
    private boolean gaveUp;

    /**
     * What is looked for.
     *
     * @param known positions whose lines are the template's for certain
     * @param most lines that are enough
     */
    record Wanted(
            SortedSet<Position> known, TemplateMatch text, Optional<Predicate<String>> slot, int context, int most) {}

    /** Up to {@code last} a line counts; what follows are neighbours. */
    ExpansionReading(Wanted wanted, long from, long last) {
        this.wanted = wanted;
        this.from = from;
        this.last = last;
        this.reached = last;
        this.certain = wanted.known().tailSet(new Position(from, 0)).iterator();
        this.nextCertain = certain.hasNext() ? certain.next() : null;
    }

    @Override
    public boolean accept(Entry entry) {
        if (entry.offset() > last) {
            addToThoseBefore(entry);
            return lacksNeighbours();
        }
        lines++;
        if (StepsBack.isTooFar(from, last + 1, entry.offset(), lines)) {
            gaveUp = true;
            reached = entry.offset();
            return false;
        }
        addToThoseBefore(entry);
        if (entry.isLine()) {
            boolean certainly = isCertain(entry);
            boolean matches = certainly
                    || wanted.text().mayMatch(entry.bytes()) && wanted.text().test(entry.text());
            matched += matches ? 1 : 0;
            if (matches && (wanted.slot().isEmpty() || wanted.slot().get().test(entry.text()))) {
                found.add(new Expansion.Block(List.copyOf(before), entry, new ArrayList<>(), certainly));
                if (found.size() > wanted.most() + wanted.context() + 1) {
                    found.remove(0);
                }
            }
        }
        if (wanted.context() > 0) {
            before.add(entry);
            if (before.size() > wanted.context()) {
                before.remove();
            }
        }
        return true;
    }

    private void addToThoseBefore(Entry entry) {
        for (int i = found.size() - 1; i >= 0 && found.get(i).after().size() < wanted.context(); i--) {
            found.get(i).after().add(entry);
        }
    }

    private boolean lacksNeighbours() {
        return !found.isEmpty() && found.get(found.size() - 1).after().size() < wanted.context();
    }

    /** Entries come in order, so it is enough to look at the next position. */
    private boolean isCertain(Entry entry) {
        while (nextCertain != null
                && (nextCertain.offset() < entry.offset()
                        || nextCertain.offset() == entry.offset() && nextCertain.index() < entry.index())) {
            nextCertain = certain.hasNext() ? certain.next() : null;
        }
        return nextCertain != null && nextCertain.offset() == entry.offset() && nextCertain.index() == entry.index();
    }

    List<Expansion.Block> newestFirst() {
        List<Expansion.Block> newest = new ArrayList<>(found);
        Collections.reverse(newest);
        return newest;
    }

    boolean gaveUp() {
        return gaveUp;
    }

    /** Lines of the template, also those without the value that is wanted. */
    int matched() {
        return matched;
    }

    /** Lines of the run that it saw. */
    int lines() {
        return lines;
    }

    /** Records that it read through, of this run and of others. */
    int records() {
        return (int) (reached - from + 1);
    }
}
