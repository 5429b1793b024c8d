package dev.weir.api.lines;

import dev.weir.api.lines.LineLog.RunRef;
import dev.weir.topology.Position;
import dev.weir.topology.RunView;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
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
    /** Records and lines looked at in all. */
    private static final int MOST_LOOKED_AT = 100_000;
    /** Records on either side of a reading in which neighbours are looked for: those of other runs may lie between. */
    private static final int NEIGHBOURHOOD = 256;

    private static final int NEXT_DOOR = 4;

    private final LineLog log;
    private final RunRef run;
    private final int context;
    private final List<Block> blocks = new ArrayList<>();
    private final StepsBack steps = new StepsBack();
    private int looked;

    /** A line of the template with its neighbours. {@code certain} if the stores say it is; else its text matched. */
    record Block(List<Entry> before, Entry line, List<Entry> after, boolean certain) {}

    /** So many lines of the template came in a minute, the last of them in this record. */
    record Minute(long last, long lines) {}

    Expansion(LineLog log, RunRef run, int context) {
        this.log = log;
        this.run = run;
        this.context = context;
    }

    List<Block> of(RunView.Template template, long begin, long end, int most, Optional<Predicate<String>> slot) {
        TreeSet<Position> known = new TreeSet<>();
        List<Minute> minutes = new ArrayList<>();
        template.tallies().forEach(tally -> {
            known.add(tally.last());
            minutes.add(new Minute(tally.last().offset(), tally.lines()));
        });
        known.add(template.first());
        known.add(template.last());
        template.samples().forEach(sample -> known.add(sample.position()));
        if (minutes.isEmpty()) {
            minutes.add(new Minute(template.last().offset(), template.count()));
        }
        return of(
                minutes,
                known,
                template.text(),
                Math.max(begin, template.first().offset()),
                end,
                most,
                slot);
    }

    /** The lines of a text between two offsets; of {@code known} positions it is certain that they are. */
    List<Block> of(
            List<Minute> minutes,
            TreeSet<Position> known,
            String text,
            long begin,
            long end,
            int most,
            Optional<Predicate<String>> slot) {
        ExpansionReading.Wanted wanted =
                new ExpansionReading.Wanted(known, new TemplateMatch(text), slot, context, most);
        List<Minute> newestFirst = new ArrayList<>(minutes);
        newestFirst.sort(Comparator.comparingLong(Minute::last).reversed());
        for (int i = 0; i < newestFirst.size() && blocks.size() < most && looked < MOST_LOOKED_AT; i++) {
            Minute minute = newestFirst.get(i);
            long floor = i + 1 < newestFirst.size() ? newestFirst.get(i + 1).last() + 1 : begin;
            read(wanted, Math.max(begin, floor), Math.min(end, minute.last() + 1), end, minute.lines());
        }
        return blocks.subList(0, Math.min(most, blocks.size()));
    }

    /** Backwards from the end of a minute, until all its lines are found or there are enough. */
    private void read(ExpansionReading.Wanted wanted, long floor, long behind, long asOf, long lines) {
        long upTo = behind;
        long left = lines;
        while (left > 0 && upTo > floor && blocks.size() < wanted.most() && looked < MOST_LOOKED_AT) {
            long from = steps.from(floor, upTo);
            ExpansionReading reading = new ExpansionReading(wanted, from, upTo - 1);
            log.scan(run, from, context == 0 ? upTo : Math.min(asOf, upTo + NEIGHBOURHOOD), reading);
            looked += reading.lines() + reading.records();
            if (reading.gaveUp()) {
                steps.tooFar(from, upTo);
            } else {
                steps.read(from, upTo, reading.lines());
                reading.newestFirst().forEach(block -> blocks.add(withNeighbours(block, from)));
                left -= reading.matched();
                upTo = from;
            }
        }
    }

    /** A line that opens a reading has neighbours in the records in front of it. */
    private Block withNeighbours(Block block, long from) {
        int missing = context - block.before().size();
        if (missing == 0) {
            return block;
        }
        long begin = Math.max(log.begin(run), from - NEIGHBOURHOOD);
        Deque<Entry> before = new ArrayDeque<>();
        for (long step = NEXT_DOOR, first = from; missing > before.size() && first > begin; step *= step) {
            first = Math.max(begin, from - step);
            before.clear();
            log.scan(run, first, from, entry -> {
                before.add(entry);
                if (before.size() > missing) {
                    before.remove();
                }
                return true;
            });
        }
        before.addAll(block.before());
        return new Block(List.copyOf(before), block.line(), block.after(), block.certain());
    }

    /** The sample that the row kept, where the lines themselves have left. */
    static @Nullable String sample(RunView.Template template) {
        return template.samples().isEmpty()
                ? null
                : new String(template.samples().get(0).bytes(), java.nio.charset.StandardCharsets.UTF_8);
    }
}
