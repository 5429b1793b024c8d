package dev.weir.api.runs;

import dev.weir.api.http.Call;
import dev.weir.api.http.Streams;
import dev.weir.snapshot.JsonWriter;
import dev.weir.topology.Extent;
import dev.weir.topology.RunReader;
import dev.weir.topology.RunView;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * {@code GET …/wait}: registers, evaluates, then sleeps, so that nothing slips between; every change of the run wakes it
 * to evaluate again. It may look up to a few seconds late only where the clock alone decides.
 */
public final class Waiting {
    private static final long LONGEST_SLEEP = 2_000;
    private static final long MOST_OFTEN = 20;
    private static final long CATCH_UP_MILLIS = 3_000;
    private static final long NANOS = 1_000_000;

    private final RunLookup runs;
    private final Snapshots snapshots;
    private final LineMatches lines;
    private final LongSupplier clock;
    private final BooleanSupplier stopped;

    public Waiting(
            RunLookup runs, Snapshots snapshots, LineMatches lines, LongSupplier clock, BooleanSupplier stopped) {
        this.runs = runs;
        this.snapshots = snapshots;
        this.lines = lines;
        this.clock = clock;
        this.stopped = stopped;
    }

    /** Looks for lines while a wait sleeps. */
    public interface LineMatches {
        /** Calls {@code found} once a line after the offset passes; until closed. */
        RunReader.Watch watch(
                String tenant, String run, long after, java.util.function.Predicate<String> pattern, Runnable found);
    }

    /** Where a wait began: what was there before is no news. */
    record Start(long offset, String cursor) {}

    /** Why a wait is over, if it is. */
    private Optional<String> reason(RunView view, List<Until> until, Start start, AtomicReference<String> matched) {
        if (matched.get() != null) {
            return Optional.of(matched.get());
        }
        long now = clock.getAsLong();
        for (Until one : until) {
            if (one.holds(view, start.offset(), now)) {
                return Optional.of(one.name());
            }
            if (one instanceof Until.Exit && view.life().state() == dev.weir.schemas.RunState.LOST) {
                return Optional.of("lost");
            }
        }
        return Optional.empty();
    }

    Start start(String tenant, String run, Optional<String> cursor) {
        if (cursor.isPresent()) {
            Optional<Cursor> given = Cursor.parse(cursor.get());
            if (given.isEmpty()) {
                throw dev.weir.api.http.Problem.badParameter(
                        "cursor", cursor.get(), "use one that a snapshot or wait gave, unchanged, or none");
            }
            return new Start(given.get().offset(), cursor.get());
        }
        return snapshots.start(tenant, run, clock.getAsLong());
    }

    /** The answer to a cursor that is ahead of the run's rows, once they have caught up; everything if they do not. */
    byte[] caughtUp(String tenant, String run, SnapshotQuery query, Snapshots from) throws InterruptedException {
        Semaphore changed = new Semaphore(0);
        long deadline = System.nanoTime() + CATCH_UP_MILLIS * NANOS;
        try (Watches watches = new Watches()) {
            watches.add(runs.reader().watch(tenant, run, changed::release));
            while (System.nanoTime() < deadline && !stopped.getAsBoolean()) {
                try {
                    return from.answerOrAhead(tenant, run, query, clock.getAsLong());
                } catch (Snapshots.Ahead notYet) {
                    if (changed.tryAcquire(MOST_OFTEN, TimeUnit.MILLISECONDS)) {
                        changed.drainPermits();
                    }
                }
            }
            return from.answer(tenant, run, query, clock.getAsLong());
        }
    }

    void answer(Call call, String run, List<Until> until, Start start, long timeoutMillis, SnapshotQuery query)
            throws InterruptedException {
        String tenant = call.tenant();
        Semaphore changed = new Semaphore(0);
        AtomicReference<String> matched = new AtomicReference<>();
        // By the clock that nobody sets: a wait must end even if the time of day stands still.
        long deadline = System.nanoTime() + timeoutMillis * NANOS;
        try (Watches watches = new Watches()) {
            watches.add(runs.reader().watch(tenant, run, changed::release));
            for (Until one : until) {
                if (one instanceof Until.Match match) {
                    watches.add(lines.watch(tenant, run, start.offset(), match.pattern(), () -> {
                        matched.compareAndSet(null, match.name());
                        changed.release();
                    }));
                }
            }
            while (true) {
                RunView view = runs.find(tenant, run, extent(until, start));
                Optional<String> reason = reason(view, until, start, matched);
                long left = (deadline - System.nanoTime()) / NANOS;
                if (reason.isPresent()) {
                    write(call, run, view, reason.get(), snapshots.answer(tenant, run, query, clock.getAsLong()), null);
                    return;
                }
                if (stopped.getAsBoolean()) {
                    throw Streams.stopping().of(run);
                }
                if (left <= 0) {
                    timeout(call, run, until, start, matched, query);
                    return;
                }
                sleep(changed, view, until, left);
            }
        }
    }

    /** What changed since the wait began; a count may have been reached before. */
    private Extent extent(List<Until> until, Start start) {
        Extent all = Extent.all(clock.getAsLong()).withoutSlots();
        return until.stream().anyMatch(Until.Count.class::isInstance) ? all : all.since(start.offset());
    }

    /** At most fifty looks a second at a busy run: a change is seen within that, and counts arrive in bursts. */
    private void sleep(Semaphore changed, RunView view, List<Until> until, long left) throws InterruptedException {
        long now = clock.getAsLong();
        long due = until.stream().mapToLong(one -> one.dueIn(view, now)).min().orElse(Long.MAX_VALUE);
        long most = Math.max(1, Math.min(Math.min(left, due), LONGEST_SLEEP));
        if (changed.tryAcquire(most, TimeUnit.MILLISECONDS)) {
            if (most > MOST_OFTEN) {
                TimeUnit.MILLISECONDS.sleep(MOST_OFTEN);
            }
            changed.drainPermits();
        }
    }

    /**
     * Whoever waits again goes on from the cursor given here, so nothing may lie between the last look and that cursor: the look
     * comes after it. Lines are looked for aside, and may be behind: then the next wait begins where this one did.
     */
    private void timeout(
            Call call,
            String run,
            List<Until> until,
            Start start,
            AtomicReference<String> matched,
            SnapshotQuery query) {
        byte[] snapshot = snapshots.answer(call.tenant(), run, query, clock.getAsLong());
        RunView view = runs.find(call.tenant(), run, extent(until, start));
        String reason = reason(view, until, start, matched).orElse("timeout");
        boolean linesMayBeBehind = until.stream().anyMatch(Until.Match.class::isInstance);
        write(call, run, view, reason, snapshot, linesMayBeBehind ? start.cursor() : null);
    }

    private static void write(
            Call call, String run, RunView view, String reason, byte[] snapshot, @Nullable String cursor) {
        JsonWriter json = new JsonWriter().object().field("run", run).field("reason", reason);
        json.field("status", Facts.status(view));
        view.life().exitCode().ifPresent(code -> json.field("exitCode", code));
        view.life().signal().ifPresent(signal -> json.field("signal", signal));
        json.field("cursor", cursor != null ? cursor : Snapshots.cursorIn(snapshot));
        json.name("snapshot").json(snapshot);
        call.json(json.endObject());
    }

    private static final class Watches implements AutoCloseable {
        private final List<RunReader.Watch> all = new java.util.ArrayList<>();

        void add(RunReader.Watch watch) {
            all.add(watch);
        }

        @Override
        public void close() {
            all.forEach(RunReader.Watch::close);
        }
    }
}
