package dev.weir.api.lines;

import dev.weir.api.lines.LineLog.RunRef;
import dev.weir.compact.Excerpt;
import dev.weir.drain.Level;
import dev.weir.drain.Miner;
import dev.weir.drain.MinerSettings;
import dev.weir.topology.Position;
import dev.weir.topology.RunView;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The lines that explain a run's failure. A short run is read whole; of a long one, what lies around the places of templates
 * that look wrong, rarest first, and the run's end: the cost has a bound, whatever the run's length. Where the lines have
 * left, the samples that the rows kept speak for them. For one answer.
 */
final class Evidence {
    private static final long WHOLE_LINES = 8_000;
    private static final long WHOLE_BYTES = 4L << 20;
    private static final int MOST_TEMPLATES = 16;
    private static final int RECORDS_BEFORE = 3;
    private static final int RECORDS_AFTER = 8;
    private static final int RECORDS_OF_THE_END = 32;
    private static final long MOST_BYTES = 12L << 20;
    private static final int LINES_BEFORE = 25;
    private static final int LINES_AFTER = 40;

    private final LineLog log;
    private final RunRef run;
    private final Predicate<Entry> wanted;
    private final Miner miner = new Miner(MinerSettings.DEFAULTS
            .withSlots(false)
            .withMaxTemplates(2_000)
            .withSeed(ThreadLocalRandom.current().nextLong()));
    private final Map<String, Miner.Source> sources = new HashMap<>();
    private final ArrayDeque<Line> passed = new ArrayDeque<>();
    private Excerpt excerpt = new Excerpt();
    private int near;

    Evidence(LineLog log, RunRef run, Predicate<Entry> wanted) {
        this.log = log;
        this.run = run;
        this.wanted = wanted;
    }

    /** A line as the miner reads it. */
    private record Line(byte[] bytes, Level level, boolean first, int template) {}

    Excerpt of(RunView view, long begin, long end) {
        if (view.accounting().counted() > WHOLE_LINES || !whole(begin, end)) {
            excerpt = new Excerpt();
            samplesOfWhatHasLeft(view, begin);
            places(view, begin, end);
        }
        return excerpt;
    }

    private boolean whole(long begin, long end) {
        return log.scan(run, begin, end, new Resends(), WHOLE_BYTES, entry -> {
            take(entry);
            return true;
        });
    }

    private void take(Entry entry) {
        Line line = read(entry);
        if (line != null) {
            feed(line);
        }
    }

    private @Nullable Line read(Entry entry) {
        if (!entry.isLine() || entry.part() > 1 || !wanted.test(entry)) {
            return null;
        }
        Miner.Source source = sources.computeIfAbsent(entry.source(), miner::source);
        byte[] bytes = entry.bytes();
        int template = miner.mine(source, bytes, 0, bytes.length, entry.offset(), entry.index());
        return new Line(bytes, miner.level(), miner.firstOfEvent(), template);
    }

    private void feed(Line line) {
        excerpt.line(line.bytes(), 0, line.bytes().length, line.level(), line.first(), line.template());
    }

    /** Takes a line only if it stands near a place, or is an error by itself. */
    private void pass(Entry entry, Set<Position> places) {
        Line line = read(entry);
        if (line == null) {
            return;
        }
        if (places.contains(new Position(entry.offset(), entry.index()))
                || line.level().compareTo(Level.ERROR) >= 0) {
            takePassed();
            near = LINES_AFTER;
        }
        if (near > 0) {
            near--;
            feed(line);
            return;
        }
        passed.add(line);
        if (passed.size() > LINES_BEFORE) {
            passed.remove();
            excerpt.gap();
        }
    }

    private void takePassed() {
        passed.forEach(this::feed);
        passed.clear();
    }

    private void samplesOfWhatHasLeft(RunView view, long begin) {
        for (RunView.Template template : suspects(view)) {
            if (template.first().offset() < begin) {
                for (RunView.Sample sample : template.samples()) {
                    excerpt.line(sample.bytes(), 0, sample.bytes().length, level(template), true, -1);
                    excerpt.gap();
                }
            }
        }
    }

    /** Reads around every place, in order, nothing twice; then the run's end. */
    private void places(RunView view, long begin, long end) {
        TreeSet<Position> places = new TreeSet<>();
        for (RunView.Template template : suspects(view)) {
            places.add(template.first());
            places.add(template.last());
        }
        places.removeIf(place -> place.offset() < begin || place.offset() >= end);
        Resends resends = new Resends();
        long next = begin;
        long[] left = {MOST_BYTES};
        for (Position place : places) {
            if (place.offset() >= next && left[0] > 0) {
                long from = Math.max(next, place.offset() - RECORDS_BEFORE);
                next = Math.min(end, place.offset() + RECORDS_AFTER);
                around(from, next, place, places, resends, left);
            }
        }
        passed.clear();
        excerpt.gap();
        log.scan(run, Math.max(next, end - RECORDS_OF_THE_END), end, resends, MOST_BYTES, entry -> {
            pass(entry, places);
            return true;
        });
        takePassed();
    }

    private void around(long from, long to, Position place, TreeSet<Position> places, Resends resends, long[] left) {
        passed.clear();
        near = 0;
        excerpt.gap();
        log.scan(run, from, to, resends, left[0], entry -> {
            pass(entry, places);
            left[0] -= entry.bytes().length;
            Position here = new Position(entry.offset(), entry.index());
            // Enough, unless a further place lies in what is being read.
            Position further = places.higher(here);
            return here.compareTo(place) < 0 || near > 0 || further != null && further.offset() < to;
        });
    }

    /** Templates whose lines are worth a look: new errors first, then the rarest. */
    private static List<RunView.Template> suspects(RunView view) {
        return view.templates().stream()
                .filter(RunView.Template::live)
                .filter(Evidence::suspicious)
                .sorted(Comparator.comparing((RunView.Template one) -> !isError(one))
                        .thenComparing(one -> !one.novel().orElse(false))
                        .thenComparingLong(RunView.Template::count)
                        .thenComparing(RunView.Template::first))
                .limit(MOST_TEMPLATES)
                .toList();
    }

    private static boolean suspicious(RunView.Template template) {
        return isError(template)
                || template.samples().stream()
                        .anyMatch(sample -> Excerpt.suspicious(
                                new String(sample.bytes(), StandardCharsets.UTF_8), level(template)));
    }

    private static boolean isError(RunView.Template template) {
        return level(template).compareTo(Level.ERROR) >= 0;
    }

    private static Level level(RunView.Template template) {
        return template.level().equals("NONE") ? Level.UNKNOWN : Level.valueOf(template.level());
    }
}
