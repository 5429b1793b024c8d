package dev.weir.api.lines;

import dev.weir.api.lines.LineLog.RunRef;
import dev.weir.topology.Position;
import dev.weir.topology.RunView;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The raw lines behind a template, newest first. The stores know where a template's first and last lines lie and the last
 * of each minute; those are its lines for certain. Between them lines are read from around each position, newest first,
 * and matched against the template's text, until enough are found: the cost is that of the answer, not of the run.
 */
final class Expansion {
    /** Records read at first; twice as many each time, for a batch holds one line or some hundreds. */
    private static final int FIRST_CHUNK = 4;

    private static final int LARGEST_CHUNK = 64;
    private static final int MOST_RECORDS = 768;

    private final LineLog log;
    private final RunRef run;
    private final int context;
    private final List<Block> blocks = new ArrayList<>();
    private long asOf;

    /** A line of the template with its neighbours. {@code certain} if the stores say it is; else its text matched. */
    record Block(List<Entry> before, Entry line, List<Entry> after, boolean certain) {}

    Expansion(LineLog log, RunRef run, int context) {
        this.log = log;
        this.run = run;
        this.context = context;
    }

    List<Block> of(RunView.Template template, long begin, long end, int most, Optional<Predicate<String>> slot) {
        asOf = end;
        TreeSet<Position> known = new TreeSet<>();
        known.add(template.first());
        known.add(template.last());
        template.tallies().forEach(tally -> known.add(tally.last()));
        template.samples().forEach(sample -> known.add(sample.position()));
        known.removeIf(position -> position.offset() < begin || position.offset() >= end);
        TemplateMatch text = new TemplateMatch(template.text());
        long upTo = Long.MAX_VALUE;
        int chunk = FIRST_CHUNK;
        int records = 0;
        while (!known.isEmpty() && blocks.size() < most && records < MOST_RECORDS) {
            // From the newest known position backwards; then, where nothing more is found near it, from the next one.
            long last = Math.min(known.last().offset(), upTo - 1);
            long from = Math.max(begin, last - chunk + 1);
            int found = read(from, Math.min(end, last + 1), last, known, text, slot, most);
            upTo = from;
            long bound = from;
            known.removeIf(position -> position.offset() >= bound);
            if (found > 0 && upTo > begin && upTo > template.first().offset()) {
                known.add(new Position(upTo - 1, 0));
            }
            records += chunk;
            chunk = Math.min(LARGEST_CHUNK, chunk * 2);
        }
        return blocks.subList(0, Math.min(most, blocks.size()));
    }

    private int read(
            long from,
            long end,
            long last,
            TreeSet<Position> known,
            TemplateMatch text,
            Optional<Predicate<String>> slot,
            int most) {
        List<Block> found = new ArrayList<>();
        Deque<Entry> before = new ArrayDeque<>();
        long until = context == 0 ? end : Math.min(asOf, end + 2);
        log.scan(run, from, until, entry -> {
            for (Block open : found) {
                if (open.after().size() < context) {
                    open.after().add(entry);
                }
            }
            if (entry.isLine() && entry.offset() <= last) {
                boolean certain = known.contains(new Position(entry.offset(), entry.index()));
                if ((certain || text.mayMatch(entry.bytes()) && text.test(entry.text()))
                        && (slot.isEmpty() || slot.get().test(entry.text()))) {
                    found.add(new Block(List.copyOf(before), entry, new ArrayList<>(), certain));
                    if (found.size() > most + context + 1) {
                        found.remove(0);
                    }
                }
            }
            before.add(entry);
            if (before.size() > context) {
                before.remove();
            }
            return true;
        });
        for (int i = found.size() - 1; i >= 0; i--) {
            blocks.add(found.get(i));
        }
        return found.size();
    }

    /** The sample that the row kept, where the lines themselves have left. */
    static @Nullable String sample(RunView.Template template) {
        return template.samples().isEmpty()
                ? null
                : new String(template.samples().get(0).bytes(), java.nio.charset.StandardCharsets.UTF_8);
    }
}
