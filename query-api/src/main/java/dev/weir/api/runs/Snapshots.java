package dev.weir.api.runs;

import dev.weir.compact.Excerpt;
import dev.weir.schemas.RunState;
import dev.weir.snapshot.Budget;
import dev.weir.snapshot.JsonWriter;
import dev.weir.snapshot.Rendering;
import dev.weir.snapshot.Snapshot;
import dev.weir.snapshot.Snapshot.Change;
import dev.weir.snapshot.Snapshot.Mode;
import dev.weir.snapshot.Snapshot.Omitted;
import dev.weir.topology.Extent;
import dev.weir.topology.Fleet;
import dev.weir.topology.RunView;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Computes snapshots and deltas. One call is one reading of the stores: nothing is kept between two, so that any server
 * may answer the next.
 */
public final class Snapshots {
    private static final Set<RunState> WRONG = Set.of(RunState.FAILED, RunState.CANCELLED, RunState.LOST);
    private static final int TAIL = 8;

    private final RunLookup runs;
    private final RawLines lines;
    private final SnapshotSettings settings;

    public Snapshots(RunLookup runs, RawLines lines, SnapshotSettings settings) {
        this.runs = runs;
        this.lines = lines;
        this.settings = settings;
    }

    /** The same out of what another look-up finds. */
    Snapshots over(RunLookup other) {
        return other == runs ? this : new Snapshots(other, lines, settings);
    }

    /** A cursor's reader was told of records that the run's rows do not hold yet. */
    static final class Ahead extends RuntimeException {
        Ahead() {
            super("", null, false, false);
        }
    }

    /** As {@link #answer}, but throws {@link Ahead} for a cursor that waiting may help. */
    byte[] answerOrAhead(String tenant, String run, SnapshotQuery query, long now) {
        return answer(tenant, run, query, now, true);
    }

    byte[] answer(String tenant, String run, SnapshotQuery query, long now) {
        return answer(tenant, run, query, now, false);
    }

    private byte[] answer(String tenant, String run, SnapshotQuery query, long now, boolean patient) {
        if (query.cursor().isEmpty()) {
            return whole(tenant, run, query, now, null);
        }
        Optional<Cursor> cursor = query.cursor().flatMap(Cursor::parse);
        if (cursor.isEmpty()) {
            throw dev.weir.api.http.Problem.badParameter(
                    "cursor", query.cursor().get(), "use one that a snapshot gave, unchanged, or none");
        }
        return delta(tenant, run, query, now, cursor.get(), patient);
    }

    /** Where a reader starts that has no cursor: what is there now is known. */
    Waiting.Start start(String tenant, String run, long now) {
        RunView view = runs.find(tenant, run, Extent.all(now).withoutSlots());
        return new Waiting.Start(view.asOf().offset(), first(view, now).text());
    }

    /** The cursor in an answer of ours, whose first field of that name is always it. */
    static String cursorIn(byte[] json) {
        String text = new String(json, java.nio.charset.StandardCharsets.UTF_8);
        int at = text.indexOf(CURSOR_FIELD) + CURSOR_FIELD.length();
        return text.substring(at, text.indexOf('"', at));
    }

    private static final String CURSOR_FIELD = "\"cursor\":\"";

    private byte[] delta(String tenant, String run, SnapshotQuery query, long now, Cursor cursor, boolean patient) {
        if (cursor.run() != Cursor.hashOf(tenant, run)) {
            return whole(tenant, run, query, now, "cursor-of-another-run");
        }
        if (now - cursor.time() > settings.retentionMillis()) {
            return whole(tenant, run, query, now, "cursor-too-old");
        }
        boolean quietDue = cursor.nextQuiet() <= now - settings.quietMillis();
        Extent extent = extent(query, now);
        RunView view = runs.find(tenant, run, quietDue ? extent : extent.since(cursor.offset()));
        if (view.asOf().offset() < cursor.offset()) {
            if (patient) {
                throw new Ahead();
            }
            return whole(tenant, run, query, now, "cursor-ahead");
        }
        Delta delta = new Delta(cursor.offset(), cursor.quietUpTo(), quietDue ? now - settings.quietMillis() : 0);
        RankedTemplates.Gathering gathering = new RankedTemplates.Gathering(form(view, query, now), query);
        for (RunView.Template template : view.templates()) {
            Change change = delta.of(template);
            if (change != Change.NONE) {
                gathering.add(template, change, delta.previousText(template));
            }
        }
        RankedTemplates changed = gathering.sorted();
        Cursor next = next(view, cursor, quietDue, now);
        if (changed.isEmpty() && next.facts() == cursor.facts()) {
            return unchanged(next, query);
        }
        return written(frame(view, query, now, Mode.DELTA, next.text(), null), changed, query);
    }

    private byte[] whole(String tenant, String run, SnapshotQuery query, long now, @Nullable String note) {
        RunView view = runs.find(tenant, run, extent(query, now));
        RankedTemplates.Gathering gathering = new RankedTemplates.Gathering(form(view, query, now), query);
        for (RunView.Template template : view.templates()) {
            if (template.live()) {
                gathering.add(template, Change.NONE, null);
            }
        }
        RankedTemplates ranked = gathering.sorted();
        Cursor cursor = first(view, now);
        Snapshot frame = frame(view, query, now, Mode.TEMPLATES, cursor.text(), note);
        Optional<byte[]> raw = raw(view, query, frame);
        return raw.isPresent() ? raw.get() : written(withErrors(frame, view, query), ranked, query);
    }

    /** The lines themselves, if that is what is wanted and they fit: nothing that is mined says as much. */
    private Optional<byte[]> raw(RunView view, SnapshotQuery query, Snapshot frame) {
        if (query.mode() == SnapshotQuery.Mode.TEMPLATES) {
            return Optional.empty();
        }
        int most = query.budget().isPresent()
                ? new Budget(query.budget().getAsInt(), query.rendering()).room()
                : settings.rawBytes();
        Optional<List<String>> all =
                view.accounting().counted() > most ? Optional.empty() : lines.all(view, query.lines(), most);
        Optional<byte[]> written = all.map(frame::asRaw).map(query.rendering()::render);
        boolean fits = written.isPresent() && (query.budget().isEmpty() || written.get().length <= most);
        if (!fits && query.mode() == SnapshotQuery.Mode.RAW) {
            throw new dev.weir.api.http.Problem(
                            422,
                            "raw-too-large",
                            "The raw lines do not fit " + most
                                    + " bytes: narrow window, level, stream or q, raise budget,"
                                    + " use mode=auto, or stream them with GET …/lines")
                    .of(view.run());
        }
        return fits ? written : Optional.empty();
    }

    private Snapshot withErrors(Snapshot frame, RunView view, SnapshotQuery query) {
        Optional<RunView.Template> first = errors(view).min(Comparator.comparing(RunView.Template::first));
        Snapshot.@Nullable FirstError firstError = first.map(
                        template -> new Snapshot.FirstError(template.id(), template.firstSeen(), firstText(template)))
                .orElse(null);
        boolean wrong = first.isPresent() || WRONG.contains(view.life().state());
        Optional<Budget> budget = query.budget().isEmpty()
                ? Optional.empty()
                : Optional.of(new Budget(query.budget().getAsInt(), query.rendering()));
        int room = budget.map(Budget::evidence).orElse(query.evidence());
        if (room == 0 || !wrong) {
            int most = query.tail().orElse(query.budget().isPresent() ? TAIL : 0);
            List<String> tail = most == 0 ? List.of() : lines.tail(view, query.lines(), most);
            return frame.withErrors(firstError, null).withTail(tail);
        }
        // A run that fits its budget was sent raw, unless templates were asked for.
        boolean mayFit = query.budget().isEmpty() && view.accounting().counted() <= room;
        Optional<List<String>> all = mayFit ? lines.all(view, query.lines(), room) : Optional.empty();
        List<String> evidence = all.orElseGet(() -> {
            Excerpt excerpt = lines.evidence(view, query.lines());
            return budget.map(own -> own.evidence(frame.withErrors(firstError, null), excerpt::lines))
                    .orElseGet(() -> excerpt.lines(room));
        });
        return evidence.isEmpty()
                ? frame.withErrors(firstError, null)
                : frame.withErrors(
                        firstError,
                        new Snapshot.ErrorBlock(first.map(RunView.Template::id).orElse(0), evidence, all.isEmpty()));
    }

    private static java.util.stream.Stream<RunView.Template> errors(RunView view) {
        return view.templates().stream()
                .filter(RunView.Template::live)
                .filter(template ->
                        template.level().equals("ERROR") || template.level().equals("FATAL"));
    }

    private static String firstText(RunView.Template template) {
        List<String> samples = TemplateForm.samples(template, 1);
        return samples.isEmpty() ? template.text() : samples.get(0);
    }

    private byte[] written(Snapshot frame, RankedTemplates ranked, SnapshotQuery query) {
        Snapshot whole = frame.withMatched(ranked.total());
        return query.budget().isPresent()
                ? new Budget(query.budget().getAsInt(), query.rendering()).cut(whole, ranked, query.limit())
                : query.rendering().render(Budget.limited(whole, ranked, query.limit()));
    }

    private Snapshot frame(
            RunView view, SnapshotQuery query, long now, Mode mode, String cursor, @Nullable String note) {
        long end = query.to() == Long.MAX_VALUE ? now : query.to();
        return new Snapshot(
                Facts.run(view),
                query.to() == Long.MAX_VALUE ? view.asOf().time() : query.to(),
                mode,
                cursor,
                new Snapshot.Window(
                        query.from() == 0 ? null : query.from(),
                        query.to() == Long.MAX_VALUE ? null : query.to(),
                        Trend.of(query.from(), end).step()),
                Facts.accounting(view),
                new Snapshot.Total(0, 0),
                List.of(),
                null,
                null,
                view.signals().stream()
                        .map(signal -> new Snapshot.Signal(
                                signal.kind(),
                                signal.evidence(),
                                signal.at(),
                                signal.template().isPresent()
                                        ? signal.template().getAsInt()
                                        : null))
                        .toList(),
                List.of(),
                List.of(),
                Omitted.NOTHING,
                note,
                false);
    }

    private byte[] unchanged(Cursor next, SnapshotQuery query) {
        if (query.rendering() != Rendering.JSON) {
            return ("unchanged\ncursor: " + next.text() + "\n").getBytes(java.nio.charset.StandardCharsets.UTF_8);
        }
        return new JsonWriter()
                .object()
                .field("cursor", next.text())
                .field("unchanged", true)
                .name("templates")
                .array()
                .endArray()
                .endObject()
                .toBytes();
    }

    private Extent extent(SnapshotQuery query, long now) {
        long end = query.to() == Long.MAX_VALUE ? now : query.to();
        Extent all = Extent.all(Math.min(Trend.of(query.from(), end).start(), query.windowed() ? query.from() : end));
        return query.to() == Long.MAX_VALUE ? all : all.until(query.to());
    }

    private TemplateForm form(RunView view, SnapshotQuery query, long now) {
        Set<Integer> surprising = view.signals().stream()
                .map(RunView.Signal::template)
                .filter(OptionalInt::isPresent)
                .map(OptionalInt::getAsInt)
                .collect(Collectors.toSet());
        long end = query.to() == Long.MAX_VALUE ? now : query.to();
        return new TemplateForm(Trend.of(query.from(), end), query.from(), surprising, others(view));
    }

    /** What a run of no job was seen in says nothing of it. */
    private Fleet others(RunView view) {
        String job = view.facts().job();
        return job == null
                ? new Fleet(view.tenant(), "", List.of())
                : runs.reader().fleet(view.tenant(), job).without(view.run());
    }

    private Cursor first(RunView view, long now) {
        return at(view, now - settings.quietMillis());
    }

    /** Unless all templates were read, the old bound on what goes quiet next still holds: those seen since only move on. */
    private Cursor next(RunView view, Cursor old, boolean all, long now) {
        if (all) {
            return at(view, now - settings.quietMillis());
        }
        long earliest = view.templates().stream()
                .filter(RunView.Template::live)
                .mapToLong(RunView.Template::lastSeen)
                .min()
                .orElse(Long.MAX_VALUE);
        return new Cursor(
                old.run(),
                view.asOf().offset(),
                view.asOf().time(),
                Facts.hash(view),
                old.quietUpTo(),
                Math.min(old.nextQuiet(), earliest));
    }

    private static Cursor at(RunView view, long quietUpTo) {
        long latest = 0;
        long next = Long.MAX_VALUE;
        for (RunView.Template template : view.templates()) {
            if (template.live()) {
                if (template.lastSeen() <= quietUpTo) {
                    latest = Math.max(latest, template.lastSeen());
                } else {
                    next = Math.min(next, template.lastSeen());
                }
            }
        }
        return new Cursor(
                Cursor.hashOf(view.tenant(), view.run()),
                view.asOf().offset(),
                view.asOf().time(),
                Facts.hash(view),
                latest,
                next);
    }
}
