package dev.weir.bench.tokens;

import dev.weir.drain.Level;
import dev.weir.drain.Miner;
import dev.weir.drain.Template;
import dev.weir.snapshot.Budget;
import dev.weir.snapshot.Rendering;
import dev.weir.snapshot.Snapshot;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A run that somebody looks at again and again while it goes on: once reading all there is so far, and once asking, as a
 * cursor does, for the templates that are new, grown or changed since the last look.
 */
final class Watch {
    static final int LOOKS = 10;

    /** Tokens of all looks together. */
    record Cost(long rereads, long byCursor) {}

    private Watch() {}

    static Cost cost(Recording recording, int budget) {
        Miner miner = new Miner();
        Miner.Source source = miner.source("stdout");
        int size = recording.lines().size();
        long rereads = 0;
        long byCursor = 0;
        long soFar = 0;
        int next = 0;
        for (int look = 1; look <= LOOKS; look++) {
            int cursor = next;
            for (int end = (int) ((long) size * look / LOOKS); next < end; next++) {
                byte[] line = recording.lines().get(next);
                miner.mine(source, line, 0, line.length, next, 0);
                soFar += line.length + 1;
            }
            rereads += Tokens.tokens(soFar);
            byCursor += Tokens.tokens(Math.min(delta(miner, cursor, next, budget), rawSince(recording, cursor, next)));
        }
        return new Cost(rereads, byCursor);
    }

    private static long rawSince(Recording recording, int cursor, int next) {
        long bytes = 0;
        for (int i = cursor; i < next; i++) {
            bytes += recording.lines().get(i).length + 1L;
        }
        return Math.max(bytes, 1);
    }

    private static long delta(Miner miner, int cursor, int next, int budget) {
        List<Snapshot.Template> changed = new ArrayList<>();
        for (Template t : miner.templates()) {
            if (last(t) >= cursor) {
                changed.add(form(t, t.firstOffset() >= cursor ? Snapshot.Change.NEW : Snapshot.Change.GROWN));
            }
        }
        changed.sort(Snapshot.Sort.RANK.order());
        Snapshot whole = new Snapshot(
                new Snapshot.Run(
                        "watched", "running", null, null, null, null, null, Map.of(), null, null, null, null, null,
                        null),
                0,
                Snapshot.Mode.DELTA,
                "AQAAAAAAAAAAAAAAAA",
                Snapshot.Window.WHOLE_RUN,
                new Snapshot.Accounting(next, next, 0, 0, 0, 0, 0, 0, 0, 0),
                new Snapshot.Total(changed.size(), next),
                List.of(),
                null,
                null,
                List.of(),
                List.of(),
                List.of(),
                Snapshot.Omitted.NOTHING,
                null,
                false);
        return new Budget(budget, Rendering.TEXT).cut(whole, changed, 200).length;
    }

    private static long last(Template t) {
        return Math.max(t.lastOffset(), t.changedOffset());
    }

    private static Snapshot.Template form(Template t, Snapshot.Change change) {
        return new Snapshot.Template(
                t.id(),
                Long.toHexString(t.fingerprint()),
                t.text(),
                t.level() == Level.UNKNOWN ? "NONE" : t.level().name(),
                t.totalCount(),
                t.totalEvents(),
                0,
                0,
                0,
                List.of("stdout"),
                List.of(),
                change == Snapshot.Change.NEW ? List.of(new String(t.sample(), StandardCharsets.UTF_8)) : List.of(),
                List.of(),
                change,
                null,
                null,
                null,
                null,
                false);
    }
}
