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
    /** Records read at first. A batch holds one line or some thousands, so what they held says how many to read next. */
    private static final int FIRST_CHUNK = 4;

    private static final int LARGEST_CHUNK = 4_096;

    /** Lines that the next reading should come to: twice as many each time, for each costs a way to the broker. */
    private static final int FIRST_LINES = 2_000;

    private static final int MOST_LINES_AT_ONCE = 16_000;

    /** Records and lines looked at in all. */
    private static final int MOST_LOOKED_AT = 100_000;

    private final LineLog log;
    private final RunRef run;
    private final int context;
    private final List<Block> blocks = new ArrayList<>();
    private long asOf;
    private int looked;

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
        int lines = FIRST_LINES;
        while (!known.isEmpty() && blocks.size() < most && looked < MOST_LOOKED_AT) {
            // From the newest known position backwards; then, where nothing more is found near it, from the next one.
            long last = Math.min(known.last().offset(), upTo - 1);
            long from = Math.max(begin, last - chunk + 1);
            int before = looked;
            int found = read(from, Math.min(end, last + 1), last, known, text, slot, most);
            upTo = from;
            long bound = from;
            known.removeIf(position -> position.offset() >= bound);
            if (found > 0 && upTo > begin && upTo > template.first().offset()) {
                known.add(new Position(upTo - 1, 0));
            }
            long perRecord = (looked - before) / Math.max(1, last - from + 1);
            chunk = (int) Math.max(FIRST_CHUNK, Math.min(LARGEST_CHUNK, lines / Math.max(1, perRecord)));
            looked += (int) (last - from + 1);
            lines = Math.min(MOST_LINES_AT_ONCE, lines * 2);
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
            looked++;
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
