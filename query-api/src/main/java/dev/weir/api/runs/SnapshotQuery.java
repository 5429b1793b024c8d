package dev.weir.api.runs;

import dev.weir.api.http.Call;
import dev.weir.snapshot.Budget;
import dev.weir.snapshot.Rendering;
import dev.weir.snapshot.Snapshot;
import dev.weir.snapshot.Snapshot.Sort;
import dev.weir.topology.RunView;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Predicate;

/**
 * What a snapshot is asked to be.
 *
 * @param from start of the window, in milliseconds; 0 for the run's
 * @param to its end; {@code Long.MAX_VALUE} for now
 * @param levels those wanted; empty for all
 * @param budget tokens at most; empty without a bound
 * @param tail last lines to show; empty for as many as a budget has room for
 * @param evidence bytes at most of the lines that explain what went wrong, where no budget says how many
 */
record SnapshotQuery(
        long from,
        long to,
        Set<String> levels,
        Optional<String> stream,
        Optional<Predicate<String>> matching,
        int limit,
        OptionalInt budget,
        Optional<String> cursor,
        Mode mode,
        Rendering rendering,
        Sort sort,
        OptionalInt tail,
        int evidence) {

    static final List<String> PARAMETERS = List.of(
            "window",
            "from",
            "to",
            "level",
            "stream",
            "q",
            "limit",
            "budget",
            "cursor",
            "mode",
            "format",
            "sort",
            "tail",
            "evidence",
            "stale");

    private static final int MOST_TEMPLATES = 10_000;
    private static final int MOST_TOKENS = 1_000_000;
    private static final int MOST_TAIL = 10_000;
    private static final int MOST_EVIDENCE = 1 << 20;
    private static final long MINUTE = 60_000;

    enum Mode {
        TEMPLATES,
        RAW,
        AUTO
    }

    static SnapshotQuery of(Call call, long now) {
        OptionalInt budget = call.text("budget").isEmpty()
                ? OptionalInt.empty()
                : OptionalInt.of((int) call.number("budget", 0, Budget.LEAST, MOST_TOKENS));
        Optional<String> cursor = call.text("cursor");
        if (cursor.isPresent() && call.text("to").isPresent()) {
            throw dev.weir.api.http.Problem.badParameter(
                    "to", call.text("to").get(), "leave it out with cursor: what changed since is told up to now");
        }
        Mode mode = Mode.valueOf(
                call.oneOf("mode", budget.isPresent() ? "auto" : "templates", List.of("templates", "raw", "auto"))
                        .toUpperCase(Locale.ROOT));
        return new SnapshotQuery(
                from(call, now),
                call.moment("to", now).orElse(Long.MAX_VALUE),
                call.text("level").map(Levels::of).orElse(Set.of()),
                call.text("stream"),
                call.text("q").map(given -> TextFilter.of("q", given)),
                // A delta without a limit is whole: what it left out would never be told again.
                (int) call.number(
                        "limit", cursor.isPresent() || budget.isPresent() ? MOST_TEMPLATES : 50, 1, MOST_TEMPLATES),
                budget,
                cursor,
                mode,
                call.rendering(),
                Sort.valueOf(call.oneOf("sort", "rank", List.of("rank", "count", "recent", "first"))
                        .toUpperCase(Locale.ROOT)),
                call.text("tail").isEmpty()
                        ? OptionalInt.empty()
                        : OptionalInt.of((int) call.number("tail", 0, 0, MOST_TAIL)),
                (int) call.number("evidence", 0, 0, MOST_EVIDENCE));
    }

    /** The raw lines that its window and filters let through. */
    RawLines.Wanted lines() {
        return RawLines.Wanted.of(from, to, levels, stream, matching);
    }

    /** The same as JSON from a cursor. */
    SnapshotQuery since(String place) {
        return new SnapshotQuery(
                from,
                to,
                levels,
                stream,
                matching,
                limit,
                budget,
                Optional.of(place),
                mode,
                Rendering.JSON,
                sort,
                tail,
                evidence);
    }

    /** All templates as JSON, the newest last. */
    SnapshotQuery asEvents() {
        return new SnapshotQuery(
                from,
                to,
                levels,
                stream,
                matching,
                MOST_TEMPLATES,
                budget,
                cursor,
                Mode.TEMPLATES,
                Rendering.JSON,
                Sort.FIRST,
                OptionalInt.empty(),
                0);
    }

    boolean windowed() {
        return from > 0;
    }

    boolean filtered() {
        return windowed() || !levels.isEmpty() || stream.isPresent() || matching.isPresent();
    }

    /** @param rank the same template as it is ranked, with its lines within the window */
    boolean wants(RunView.Template template, Snapshot.Template rank) {
        return (!windowed() || rank.count() > 0 || rank.change() == Snapshot.Change.QUIET)
                && (levels.isEmpty() || levels.contains(template.level()))
                && (stream.isEmpty() || template.streams().contains(stream.get()))
                && (matching.isEmpty()
                        || matching.get().test(template.text())
                        || TemplateForm.samples(template, TemplateForm.SAMPLES).stream()
                                .anyMatch(matching.get()));
    }

    /** Windows are whole minutes: that is as fine as counts are kept. */
    private static long from(Call call, long now) {
        return Math.max(0, call.start(now).orElse(0L) / MINUTE * MINUTE);
    }
}
