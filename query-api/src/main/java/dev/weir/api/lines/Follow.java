package dev.weir.api.lines;

import dev.weir.api.lines.LineLog.RunRef;
import dev.weir.topology.Position;
import java.io.IOException;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * A run's entries, history first, then live, no gap and none twice: the watcher is registered before the history is read,
 * and the history ends at the very offset where the watcher begins.
 */
final class Follow {
    private static final long IDLE_MILLIS = 5_000;

    private final LineLog log;
    private final LiveHub hub;
    private volatile boolean ended;
    private volatile @Nullable Watcher watcher;

    Follow(LineLog log, LiveHub hub) {
        this.log = log;
        this.hub = hub;
    }

    /** Where entries go. It may block: only this reader's own queue fills then. */
    interface Sink {
        void entry(Entry entry) throws IOException;

        /** Nothing more is waiting; {@code idle} if nothing came for a while, so that a dead client is noticed. */
        void flush(boolean idle) throws IOException;
    }

    /** Where history begins. */
    interface Start {
        void history(long end, Resends resends, LineLog.Visitor each);
    }

    /** History from an offset. */
    Start from(RunRef run, long offset) {
        return (end, resends, each) -> log.scan(run, offset, end, resends, each);
    }

    /** What lies after a position. */
    Start after(RunRef run, Position position) {
        return (end, resends, each) -> log.scan(
                run,
                position.offset(),
                end,
                resends,
                entry -> at(entry).compareTo(position) <= 0 || each.accept(entry));
    }

    /** The last so many entries before a position that the filter lets through. */
    Start before(RunRef run, long begin, Position position, int most, LineFilter filter) {
        return (end, resends, each) -> {
            long last = Math.min(end, position.offset() + 1);
            for (Entry entry : Tail.of(
                    log,
                    run,
                    begin,
                    last,
                    most,
                    entry -> filter.test(entry) && at(entry).compareTo(position) < 0,
                    ended -> {})) {
                if (!each.accept(entry)) {
                    return;
                }
            }
        };
    }

    private static Position at(Entry entry) {
        return new Position(entry.offset(), entry.index());
    }

    /** The last so many entries that the filter lets through. */
    Start tail(RunRef run, long begin, int most, LineFilter filter) {
        return (end, resends, each) -> {
            long[] ended = {-1};
            for (Entry entry : Tail.of(log, run, begin, end, most, filter, offset -> ended[0] = offset)) {
                resends.isNew(entry);
                if (!each.accept(entry)) {
                    return;
                }
            }
            if (ended[0] >= 0) {
                each.accept(Entry.told(Entry.Kind.ENDED, ended[0], 0, "", 0));
            }
        };
    }

    /**
     * Blocks until the run ends, the client leaves, or {@code stopped}.
     *
     * @param knownEnd whether the run has ended as of {@code asOf}; an end after that is seen here
     */
    void run(
            RunRef run, Start start, LineFilter filter, BooleanSupplier stopped, boolean knownEnd, long asOf, Sink sink)
            throws IOException, InterruptedException {
        try (LiveHub.Watching watching = hub.watch(log.partition(run), run)) {
            watcher = watching.watcher();
            if (ended) {
                return;
            }
            Resends resends = new Resends();
            Failed failed = new Failed();
            boolean[] over = {knownEnd};
            start.history(watching.from(), resends, entry -> {
                if (entry.kind() == Entry.Kind.ENDED) {
                    over[0] |= entry.offset() > asOf;
                    return true;
                }
                return !stopped.getAsBoolean() && failed.attempt(sink, filter.test(entry) ? entry : null);
            });
            failed.raise();
            sink.flush(false);
            if (!over[0]) {
                live(watching, resends, filter, stopped, sink);
            }
        }
    }

    /** Ends it now, and not only when the next entry or a moment's idleness lets it look. */
    void end() {
        ended = true;
        Watcher waiting = watcher;
        if (waiting != null) {
            waiting.close();
        }
    }

    private static void live(
            LiveHub.Watching watching, Resends resends, LineFilter filter, BooleanSupplier stopped, Sink sink)
            throws IOException, InterruptedException {
        while (!stopped.getAsBoolean() && !watching.watcher().isClosed()) {
            Entry entry = watching.watcher().poll(IDLE_MILLIS);
            if (entry == null) {
                sink.flush(true);
            } else if (entry.kind() == Entry.Kind.ENDED) {
                sink.entry(entry);
                sink.flush(false);
                return;
            } else if (entry.kind() == Entry.Kind.MISSED || resends.isNew(entry) && filter.test(entry)) {
                sink.entry(entry);
            }
            if (entry != null && watching.watcher().isEmpty()) {
                sink.flush(false);
            }
        }
    }

    /** Keeps the first failure to write, which a visitor cannot throw. */
    private static final class Failed {
        private @Nullable IOException first;

        boolean attempt(Sink sink, @Nullable Entry entry) {
            try {
                if (entry != null) {
                    sink.entry(entry);
                }
                return true;
            } catch (IOException gone) {
                first = gone;
                return false;
            }
        }

        void raise() throws IOException {
            if (first != null) {
                throw first;
            }
        }
    }
}
