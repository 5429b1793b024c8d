package dev.weir.api.lines;

import dev.weir.api.http.Problem;
import java.time.Duration;

/**
 * A log that is looked through for one request, for so long at most without finding anything. A filter that nothing passes
 * would read a day's lines otherwise, and hold a reader of Kafka meanwhile.
 */
final class Search implements LineLog {
    private final LineLog log;
    private final Duration most;
    private volatile long since = System.nanoTime();

    Search(LineLog log, Duration most) {
        this.log = log;
        this.most = most;
    }

    /** Something was found and went out: from here on it counts anew. */
    void found() {
        since = System.nanoTime();
    }

    @Override
    public boolean scan(RunRef run, long from, long end, Resends resends, long mostBytes, Visitor each) {
        return log.scan(run, from, end, resends, mostBytes, new Visitor() {
            @Override
            public boolean accept(Entry entry) {
                return each.accept(entry);
            }

            @Override
            public void between() {
                each.between();
                if (System.nanoTime() - since > most.toNanos()) {
                    throw tooCostly(run);
                }
            }
        });
    }

    private Problem tooCostly(RunRef run) {
        return new Problem(
                        422,
                        "query-too-costly",
                        "Looked for lines for " + most.toMillis()
                                + " ms and did not find what was asked for: narrow with from and to, ask for fewer lines, filter by"
                                + " less, or raise WEIR_QUERY_TIME")
                .of(run.run());
    }

    @Override
    public int partition(RunRef run) {
        return log.partition(run);
    }

    @Override
    public long begin(RunRef run) {
        return log.begin(run);
    }

    @Override
    public long end(RunRef run) {
        return log.end(run);
    }

    @Override
    public long at(RunRef run, long millis) {
        return log.at(run, millis);
    }
}
