package dev.weir.api.lines;

import dev.weir.api.http.Streams;
import dev.weir.api.lines.LineLog.RunRef;
import dev.weir.api.runs.LineEvents;
import dev.weir.api.runs.RawLines;
import dev.weir.api.runs.Waiting;
import dev.weir.compact.Excerpt;
import dev.weir.schemas.LineBatchReader;
import dev.weir.snapshot.JsonWriter;
import dev.weir.topology.Position;
import dev.weir.topology.RunReader;
import dev.weir.topology.RunView;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What the rest of the server wants of raw lines. */
public final class LineService implements RawLines, LineEvents, Waiting.LineMatches, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(LineService.class);
    private static final long MOST_READ = 16L << 20;

    private final LineLog log;
    private final LiveHub hub;
    private final Streams streams;
    private final Duration patience;
    private final Runnable close;

    LineService(LineLog log, LiveHub hub, Streams streams, Duration patience, Runnable close) {
        this.patience = patience;
        this.streams = streams;
        this.log = log;
        this.hub = hub;
        this.close = close;
    }

    /**
     * Over a topic.
     *
     * @param kafka settings of the clients
     * @param readers makes what decodes values, one for each thread
     * @param patience how long one request may look for lines without finding any
     */
    public static LineService over(
            Map<String, String> kafka,
            String topic,
            int partitions,
            int atOnce,
            Supplier<LineBatchReader> readers,
            Duration patience,
            Streams streams) {
        KafkaLineLog log = new KafkaLineLog(kafka, topic, partitions, readers, atOnce);
        LiveHub hub = new LiveHub(kafka, topic, readers);
        return new LineService(log, hub, streams, patience, () -> {
            hub.close();
            log.close();
        });
    }

    LineLog log() {
        return log;
    }

    /** The log, for one request that looks for lines in it. */
    Search search() {
        return new Search(log, patience);
    }

    /** Partitions whose live end is being read: one reader each, however many watch. */
    public int liveReaders() {
        return hub.consumers();
    }

    Follow follow() {
        return new Follow(log, hub);
    }

    /** History only, through a log of the request's own. */
    Follow through(LineLog own) {
        return new Follow(own, hub);
    }

    /** First offset at which the run can have a line: what lies before is another run of the same name, forgotten. */
    @Override
    public long begin(RunView view) {
        return Math.max(
                log.begin(new RunRef(view.tenant(), view.run())), view.asOf().birth());
    }

    @Override
    public Optional<List<String>> all(RunView view, Wanted wanted, int mostBytes) {
        RunRef run = new RunRef(view.tenant(), view.run());
        LineFilter filter = new LineFilter(wanted.matching(), wanted.stream(), wanted.levels());
        List<String> all = new ArrayList<>();
        long[] sums = {0, 0};
        // A run of few lines may lie scattered among those of others: reading all of them must not cost more than they
        // say.
        boolean read = log.scan(run, from(view, wanted), to(view, wanted), new Resends(), MOST_READ, entry -> {
            if (entry.isLine()) {
                sums[1] += entry.part() > 1 ? 0 : 1;
            }
            if (entry.isLine() && filter.test(entry)) {
                all.add(entry.text());
                sums[0] += entry.bytes().length + 1;
            }
            return sums[0] <= mostBytes;
        });
        boolean whole = read
                && sums[0] <= mostBytes
                && (wanted.from() > 0
                        || wanted.to() < Long.MAX_VALUE
                        || sums[1] >= view.accounting().counted());
        return whole ? Optional.of(all) : Optional.empty();
    }

    @Override
    public Optional<Map<String, long[]>> volume(RunView view, long from, long step, int steps, int mostBytes) {
        RunRef run = new RunRef(view.tenant(), view.run());
        LineFilter filter = new LineFilter(Optional.empty(), Optional.empty(), Set.of());
        boolean whole = from <= view.life().firstActivity();
        long begin = whole ? begin(view) : Math.max(begin(view), log.at(run, from));
        Map<String, long[]> levels = new TreeMap<>();
        long[] sum = {0};
        boolean read = log.scan(run, begin, view.asOf().offset() + 1, new Resends(), mostBytes, entry -> {
            if (entry.isLine() && entry.part() <= 1) {
                String level = filter.level(entry);
                long at = (entry.arrived() - from) / step;
                if (at >= 0 && at < steps) {
                    levels.computeIfAbsent(level, fresh -> new long[steps])[(int) at]++;
                }
                sum[0]++;
            }
            return true;
        });
        return read && (!whole || sum[0] >= view.accounting().counted()) ? Optional.of(levels) : Optional.empty();
    }

    private long from(RunView view, Wanted wanted) {
        RunRef run = new RunRef(view.tenant(), view.run());
        return wanted.from() > 0 ? Math.max(begin(view), log.at(run, wanted.from())) : begin(view);
    }

    private long to(RunView view, Wanted wanted) {
        return wanted.to() < Long.MAX_VALUE
                ? log.at(new RunRef(view.tenant(), view.run()), wanted.to())
                : view.asOf().offset() + 1;
    }

    @Override
    public Excerpt evidence(RunView view, Wanted wanted) {
        LineFilter onStream = new LineFilter(Optional.empty(), wanted.stream(), Set.of());
        return new Evidence(log, new RunRef(view.tenant(), view.run()), onStream)
                .of(view, from(view, wanted), to(view, wanted));
    }

    @Override
    public List<String> tail(RunView view, Wanted wanted, int most) {
        RunRef run = new RunRef(view.tenant(), view.run());
        LineFilter filter = new LineFilter(wanted.matching(), wanted.stream(), wanted.levels());
        return Tail.of(
                        search(),
                        run,
                        from(view, wanted),
                        to(view, wanted),
                        most,
                        entry -> entry.isLine() && filter.test(entry),
                        ended -> {})
                .stream()
                .map(Entry::text)
                .toList();
    }

    @Override
    public RunReader.Watch watch(String tenant, String run, long after, Predicate<String> pattern, Runnable found) {
        AtomicBoolean ended = new AtomicBoolean();
        LineFilter matching = new LineFilter(Optional.of(pattern), Optional.empty(), Set.of());
        Follow.Sink sink = new Follow.Sink() {
            @Override
            public void entry(Entry entry) {
                if (entry.isLine()) {
                    ended.set(true);
                    found.run();
                }
            }

            @Override
            public void flush(boolean idle) {}
        };
        return follow(new RunRef(tenant, run), new Position(after, Integer.MAX_VALUE), matching, ended, sink);
    }

    @Override
    public RunReader.Watch follow(String tenant, String run, Position after, Set<String> levels, LineEvents.Each each) {
        LineFilter filter = new LineFilter(Optional.empty(), Optional.empty(), levels);
        Follow.Sink sink = new Follow.Sink() {
            @Override
            public void entry(Entry entry) throws IOException {
                if (entry.kind() != Entry.Kind.ENDED) {
                    JsonWriter json = new JsonWriter();
                    LineJson.write(json, entry);
                    each.line(new Position(entry.offset(), entry.index()), json.toBytes());
                }
            }

            @Override
            public void flush(boolean idle) throws IOException {
                each.flush();
            }
        };
        return follow(new RunRef(tenant, run), after, filter, new AtomicBoolean(), sink);
    }

    /** On a thread of its own, until it is closed or the run's end comes by. */
    private RunReader.Watch follow(
            RunRef run, Position after, LineFilter filter, AtomicBoolean ended, Follow.Sink sink) {
        Follow follow = follow();
        streams.start(() -> {
            try {
                follow.run(run, follow.after(run, after), filter, ended::get, false, Long.MAX_VALUE, sink);
            } catch (IOException | InterruptedException over) {
                LOG.debug("Lines of {} are followed no more", run.run(), over);
            }
        });
        return () -> {
            ended.set(true);
            follow.end();
        };
    }

    @Override
    public void close() {
        close.run();
    }
}
