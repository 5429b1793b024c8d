package dev.weir.bench.pipeline;

import dev.weir.schemas.ValueSerdes;
import dev.weir.topology.Extent;
import dev.weir.topology.RocksMemory;
import dev.weir.topology.WeirStreams;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.Topology;

/**
 * One stream thread, one partition, the real miner, real lines, Avro through the registry serde, exactly once, the broker
 * on the same cores: {@code bench/pipeline --corpus DIRECTORY [--seconds N] [--lines N]}. The yardsticks run in the same
 * run: compare ratios, not machines.
 */
public final class Pipeline {
    private static final long PAUSE = Duration.ofMillis(50).toNanos();
    /** What is compiled and learnt before anything is measured, by every contender. */
    private static final Duration LEAD = Duration.ofSeconds(5);

    private final Rig rig;
    private final Duration most;

    private Pipeline(Rig rig, Duration most) {
        this.rig = rig;
        this.most = most;
    }

    public static void main(String[] arguments) throws IOException, InterruptedException {
        Map<String, String> options = new HashMap<>(Map.of(
                "--seconds",
                "60",
                "--lines",
                "80000000",
                "--corpus",
                "",
                "--only",
                "filled",
                "--runs",
                "10000",
                "--megabytes",
                "1024"));
        for (int i = 0; i + 1 < arguments.length; i += 2) {
            if (options.put(arguments[i], arguments[i + 1]) == null) {
                System.err.println("Unknown option " + arguments[i] + ": use " + options.keySet());
                System.exit(2);
            }
        }
        int seconds = Integer.parseInt(option(options, "--seconds"));
        String only = option(options, "--only");
        if (only.equals("restore")) {
            Restoring.measure(Integer.parseInt(option(options, "--megabytes")));
            System.exit(0);
        }
        List<byte[]> corpus = Corpus.mixed(Path.of(option(options, "--corpus")));
        switch (only) {
            case "filled" -> {
                try (Rig rig = new Rig(1)) {
                    new Pipeline(rig, Duration.ofSeconds(seconds))
                            .run(corpus, Long.parseLong(option(options, "--lines")));
                }
            }
            case "live" -> Live.flatOut(corpus, seconds);
            case "latency" -> Live.latency(corpus, seconds, 100_000);
            case "runs" -> ManyRuns.live(corpus, Integer.parseInt(option(options, "--runs")), seconds);
            case "scaling" -> Scaling.all(corpus);
            default -> {
                System.err.println("--only is '" + only + "': use filled, live, latency, runs, scaling or restore");
                System.exit(2);
            }
        }
        System.exit(0);
    }

    private static String option(Map<String, String> options, String name) {
        return options.getOrDefault(name, "");
    }

    private void run(List<byte[]> corpus, long lines) {
        long began = System.nanoTime();
        String topic = rig.topics.lines();
        try (Filler filler = new Filler(rig.bootstrap(), topic, rig.values.lineValues(topic), corpus)) {
            filler.sendWhile(() -> filler.lines() < lines);
            double seconds = (System.nanoTime() - began) / 1e9;
            System.out.printf(
                    "filled: %d lines, %.1f bytes a line, %.2f M lines/s%n",
                    filler.lines(), (double) filler.bytes() / filler.lines(), filler.lines() / seconds / 1e6);
            double weir = weir("filled topic", lines);
            double put = yardstick("a put a line", Yardsticks::aPutALine, lines);
            double small = yardstick("a small put a line", Yardsticks::aSmallPutALine, lines);
            double aggregate = yardstick("aggregate()", Yardsticks::aggregate, lines);
            System.out.printf(
                    "weir is %.1f times a put a line, %.1f times one of a tally alone, %.0f times aggregate()%n",
                    weir / put, weir / small, weir / aggregate);
        }
    }

    private interface Build {
        Topology build(String topic, ValueSerdes values, LongAdder lines);
    }

    private double weir(String name, long lines) {
        try (WeirStreams weir = rig.weir(Map.of())) {
            double rate = measure("weir, " + name, () -> (long) Rig.meter(weir, "weir.lines"), lines);
            weir.meters()
                    .forEach(meter -> System.out.printf(
                            "    %-26s %.0f %s%n", meter.name(), meter.value().getAsDouble(), meter.unit()));
            weir.reader()
                    .run("default", "bench", Extent.all(0).withoutSlots())
                    .fold(
                            run -> {
                                System.out.printf("    %d templates, %s%n", run.templateCount(), run.accounting());
                                return run;
                            },
                            () -> null,
                            elsewhere -> null,
                            restoring -> null);
            return rate;
        }
    }

    private double yardstick(String name, Build build, long lines) {
        LongAdder counted = new LongAdder();
        Map<String, Object> properties = new HashMap<>(rig.kafka);
        properties.put(StreamsConfig.APPLICATION_ID_CONFIG, "yardstick-" + name.replaceAll("[^a-z]", ""));
        properties.put(
                StreamsConfig.STATE_DIR_CONFIG,
                rig.directory.resolve("yardsticks").toString());
        properties.put(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, StreamsConfig.EXACTLY_ONCE_V2);
        properties.put(StreamsConfig.COMMIT_INTERVAL_MS_CONFIG, 100);
        properties.put(StreamsConfig.STATESTORE_CACHE_MAX_BYTES_CONFIG, 0);
        properties.put(StreamsConfig.ROCKSDB_CONFIG_SETTER_CLASS_CONFIG, RocksMemory.class);
        properties.put("weir.rocksdb.bytes", Long.toString(128 << 20));
        properties.put(StreamsConfig.BUFFERED_RECORDS_PER_PARTITION_CONFIG, 64);
        properties.put(StreamsConfig.mainConsumerPrefix("max.poll.records"), 128);
        properties.put(StreamsConfig.mainConsumerPrefix("fetch.max.bytes"), 16 << 20);
        properties.put(StreamsConfig.mainConsumerPrefix("max.partition.fetch.bytes"), 4 << 20);
        properties.put(StreamsConfig.consumerPrefix("receive.buffer.bytes"), -1);
        properties.put(StreamsConfig.producerPrefix("batch.size"), 128 << 10);
        properties.put(StreamsConfig.producerPrefix("linger.ms"), 20);
        try (KafkaStreams streams =
                new KafkaStreams(build.build(rig.topics.lines(), rig.values, counted), new StreamsConfig(properties))) {
            streams.start();
            return measure(name, counted::sum, lines);
        }
    }

    /** Lines a second from some seconds after the first line was seen, until all were or time is up. */
    private double measure(String name, LongSupplier counted, long lines) {
        while (counted.getAsLong() == 0) {
            LockSupport.parkNanos(PAUSE);
        }
        long until = System.nanoTime() + LEAD.toNanos();
        while (System.nanoTime() < until) {
            LockSupport.parkNanos(PAUSE);
        }
        long began = System.nanoTime();
        long before = counted.getAsLong();
        long last = before;
        long cpuBefore = Rig.streamThreadNanos();
        long lastAt = began;
        StringBuilder course = new StringBuilder();
        while (counted.getAsLong() < lines && System.nanoTime() - began < most.toNanos()) {
            LockSupport.parkNanos(PAUSE);
            long now = System.nanoTime();
            if (now - lastAt > Duration.ofSeconds(10).toNanos()) {
                long sofar = counted.getAsLong();
                course.append(String.format(" %.3f", (sofar - last) * 1e3 / (now - lastAt)));
                last = sofar;
                lastAt = now;
            }
        }
        double seconds = (System.nanoTime() - began) / 1e9;
        long done = counted.getAsLong() - before;
        double rate = done / seconds;
        double busy = (Rig.streamThreadNanos() - cpuBefore) / 1e9;
        System.out.printf(
                "%-22s %.4f M lines/s over %.0f s; %.4f M lines a second of the stream thread's own time (%.0f %% of it);"
                        + " each ten seconds:%s%n",
                name, rate / 1e6, seconds, done / busy / 1e6, 100 * busy / seconds, course);
        return rate;
    }
}
