package dev.weir.snapshot;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * One answer to "what is this run saying?", version {@value #VERSION} of the contract. Times are epoch milliseconds and
 * arrival times; texts are what a line's bytes read as UTF-8 say. Made by the server for {@code GET …/snapshot} and by
 * {@code weir compact}, printed by a {@link Rendering}.
 */
public record Snapshot(
        Run run,
        long asOf,
        Mode mode,
        String cursor,
        Window window,
        Accounting accounting,
        Total matched,
        List<Template> templates,
        @Nullable FirstError firstError,
        @Nullable ErrorBlock errorBlock,
        List<Signal> signals,
        List<String> tail,
        List<String> lines,
        Omitted omitted,
        @Nullable String note,
        boolean lean) {

    public static final int VERSION = 1;

    public Snapshot {
        templates = List.copyOf(templates);
        signals = List.copyOf(signals);
        tail = List.copyOf(tail);
        lines = List.copyOf(lines);
    }

    /** How the answer says it: as templates, as what changed since a cursor, or as the lines themselves. */
    public enum Mode {
        TEMPLATES,
        DELTA,
        RAW
    }

    /** Why a template is in a delta; NONE outside of one. */
    public enum Change {
        NONE,
        NEW,
        GROWN,
        GENERALISED,
        MERGED,
        QUIET,
        EVICTED
    }

    /** @param durationMillis how long it took by its own clock, once it has ended */
    public record Run(
            String id,
            String status,
            @Nullable String job,
            @Nullable String title,
            @Nullable String provider,
            @Nullable String host,
            @Nullable String branch,
            Map<String, String> labels,
            @Nullable Long startedAt,
            @Nullable Long endedAt,
            @Nullable Long durationMillis,
            @Nullable Long lastActivity,
            @Nullable Integer exitCode,
            @Nullable String signal) {
        public Run {
            labels = new TreeMap<>(labels);
        }
    }

    /** The identity {@code read = counted + dropped + evicted + rejected}, and what stands beside it. */
    public record Accounting(
            long read,
            long counted,
            long dropped,
            long evicted,
            long rejected,
            long duplicates,
            long gaps,
            long undecodable,
            long missing,
            long pending) {}

    /** Arrival times that the counts are of; {@code step} is the width of one number of a trend, 0 if there is none. */
    public record Window(@Nullable Long from, @Nullable Long to, long step) {
        public static final Window WHOLE_RUN = new Window(null, null, 0);
    }

    /** How much the filters, or the whole run without any, match. */
    public record Total(int templates, long lines) {}

    /** The slot of the exceptions that an event's later lines name. */
    private static final String CAUSE = "cause";

    public record Template(
            int id,
            String fingerprint,
            String text,
            String level,
            long count,
            long events,
            double share,
            long firstSeen,
            long lastSeen,
            List<String> streams,
            List<Long> trend,
            List<String> samples,
            List<Slot> slots,
            Change change,
            @Nullable String previousText,
            @Nullable Integer mergedInto,
            @Nullable Boolean novel,
            @Nullable Integer seenInRuns,
            boolean surprising) {
        public Template {
            streams = List.copyOf(streams);
            trend = List.copyOf(trend);
            samples = List.copyOf(samples);
            slots = List.copyOf(slots);
        }

        /** An error by its level: what is ranked first and shown first. */
        public boolean isError() {
            return level.equals("ERROR") || level.equals("FATAL");
        }

        /** Which exceptions its events tell of after their first line, with counts; empty where none does. */
        String causes() {
            return slots.stream()
                    .filter(slot -> slot.name().equals(CAUSE))
                    .flatMap(slot -> slot.values().stream())
                    .map(value -> value.text() + " " + value.count())
                    .collect(Collectors.joining(", "));
        }

        /** The same with only what a reader cannot do without: for answers with little room. */
        Template brief() {
            return with(text, share, List.of(), List.of(), List.of(), List.of());
        }

        /** The same without samples that stand elsewhere in the answer already. */
        Template withoutSamples(Predicate<String> shown) {
            return with(
                    text,
                    share,
                    streams,
                    trend,
                    samples.stream().filter(shown.negate()).toList(),
                    slots);
        }

        Template withText(String cut) {
            return with(cut, share, streams, trend, samples, slots);
        }

        public Template withShareOf(long total) {
            return with(text, total == 0 ? 0 : (double) count / total, streams, trend, samples, slots);
        }

        private Template with(
                String text,
                double share,
                List<String> streams,
                List<Long> trend,
                List<String> samples,
                List<Slot> slots) {
            return new Template(
                    id,
                    fingerprint,
                    text,
                    level,
                    count,
                    events,
                    share,
                    firstSeen,
                    lastSeen,
                    streams,
                    trend,
                    samples,
                    slots,
                    change,
                    previousText,
                    mergedInto,
                    novel,
                    seenInRuns,
                    surprising);
        }

        boolean isBrief() {
            return streams.isEmpty() && trend.isEmpty() && samples.isEmpty() && slots.isEmpty();
        }
    }

    /** What a slot was seen to hold; {@code distinct} is exact up to the number of {@code values} shown. */
    public record Slot(
            int index,
            String name,
            String type,
            long distinct,
            boolean exact,
            List<Value> values,
            @Nullable Double least,
            @Nullable Double median,
            @Nullable Double most) {
        public Slot {
            values = List.copyOf(values);
        }

        public record Value(String text, long count) {}
    }

    /** What a printed page says beside the first error, which has a line of its own. */
    List<Signal> furtherSignals() {
        return firstError == null
                ? signals
                : signals.stream()
                        .filter(signal -> !signal.kind().equals("first-error"))
                        .toList();
    }

    /** Something the run says about itself beyond templates, such as a stall. */
    public record Signal(
            String kind, String text, long at, @Nullable Integer template) {}

    public record FirstError(int template, long at, String text) {}

    /** The lines of the last error as they were; {@code cut} if some had to be left out. */
    public record ErrorBlock(int template, List<String> lines, boolean cut) {
        public ErrorBlock {
            lines = List.copyOf(lines);
        }
    }

    /** What matched and is not shown, and how many signals are not. */
    public record Omitted(int templates, long lines, int signals, String why) {
        public static final Omitted NOTHING = new Omitted(0, 0, 0, "");
        static final String BY_BUDGET = "budget";

        Omitted(int templates, long lines, String why) {
            this(templates, lines, 0, why);
        }

        Omitted withSignals(int more) {
            return more == 0 ? this : new Omitted(templates, lines, signals + more, why.isEmpty() ? BY_BUDGET : why);
        }

        boolean any() {
            return templates > 0 || lines > 0 || signals > 0;
        }
    }

    /** Order of templates: see docs/api.md, "Ranking". */
    public enum Sort {
        RANK(Ranking.BY_RANK),
        COUNT(Comparator.comparingLong(Template::count).reversed().thenComparingInt(Template::id)),
        RECENT(Comparator.comparingLong(Template::lastSeen).reversed().thenComparingInt(Template::id)),
        FIRST(Comparator.comparingLong(Template::firstSeen).thenComparingInt(Template::id));

        private final Comparator<Template> order;

        Sort(Comparator<Template> order) {
            this.order = order;
        }

        public Comparator<Template> order() {
            return order;
        }
    }

    Snapshot withTemplates(List<Template> shown, Omitted left) {
        return but(now -> {
            now.templates = shown;
            now.omitted = left.withSignals(omitted.signals());
        });
    }

    public Snapshot withMatched(Total total) {
        return but(now -> now.matched = total);
    }

    public Snapshot withErrors(@Nullable FirstError first, @Nullable ErrorBlock block) {
        return but(now -> {
            now.firstError = first;
            now.errorBlock = block;
        });
    }

    public Snapshot withTail(List<String> last) {
        return withSides(signals, last);
    }

    Snapshot withSides(List<Signal> signals, List<String> tail) {
        return but(now -> {
            now.omitted = omitted.withSignals(Math.max(0, this.signals.size() - signals.size()));
            now.signals = signals;
            now.tail = tail;
        });
    }

    Snapshot asLean() {
        return but(now -> now.lean = true);
    }

    /** The same run as its lines; nothing is left out then. */
    public Snapshot asRaw(List<String> all) {
        return but(now -> {
            now.mode = Mode.RAW;
            now.templates = List.of();
            now.errorBlock = null;
            now.tail = List.of();
            now.lines = all;
            now.omitted = Omitted.NOTHING;
        });
    }

    private Snapshot but(Consumer<Parts> change) {
        Parts now = new Parts(this);
        change.accept(now);
        return now.of(this);
    }
}
