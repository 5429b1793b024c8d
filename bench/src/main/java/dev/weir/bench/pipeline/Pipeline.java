package dev.weir.bench.pipeline;

import dev.weir.embedded.BrokerOptions;
import dev.weir.embedded.BrokerProcess;
import dev.weir.embedded.RegistryProcess;
import dev.weir.schemas.TopicAdmin;
import dev.weir.schemas.TopicSettings;
import dev.weir.schemas.Topics;
import dev.weir.schemas.ValueSerdes;
import dev.weir.settings.Settings;
import dev.weir.topology.Extent;
import dev.weir.topology.Meter;
import dev.weir.topology.TopologySettings;
import dev.weir.topology.WeirStreams;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.lang.management.ThreadMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.Topology;

/**
 * One stream thread, one partition, the real miner, real lines, Avro through the registry serde, exactly once, the broker
 * on the same cores: {@code bench/pipeline --corpus DIRECTORY [--seconds N] [--lines N]}. Both yardsticks run in the same
 * run: compare ratios, not machines.
 */
public final class Pipeline {
    private static final String COMMIT = "100ms";
    private static final long PAUSE = Duration.ofMillis(50).toNanos();

    private final String bootstrap;
    private final Map<String, String> kafka;
    private final Path directory;
    private final Duration most;
    private final ValueSerdes values;
    private final Topics topics = Topics.withPrefix("weir");

    private Pipeline(String bootstrap, String registry, Path directory, Duration most) {
        this.bootstrap = bootstrap;
        this.kafka = Map.of("bootstrap.servers", bootstrap, "schema.registry.url", registry);
        this.directory = directory;
        this.most = most;
        this.values = ValueSerdes.own(kafka);
    }

    public static void main(String[] arguments) throws IOException, InterruptedException {
        Map<String, String> options = new HashMap<>(Map.of("--seconds", "60", "--lines", "60000000", "--corpus", ""));
        for (int i = 0; i + 1 < arguments.length; i += 2) {
            options.put(arguments[i], arguments[i + 1]);
        }
        List<byte[]> corpus = Corpus.mixed(Path.of(option(options, "--corpus")));
        Path directory = Files.createTempDirectory("weir-pipeline");
        try (BrokerProcess broker = BrokerProcess.start(BrokerOptions.in(directory.resolve("kafka")));
                RegistryProcess registry = RegistryProcess.start(directory.resolve("registry"), 0)) {
            Pipeline pipeline = new Pipeline(
                    broker.bootstrapServers(),
                    registry.url(),
                    directory,
                    Duration.ofSeconds(Long.parseLong(option(options, "--seconds"))));
            pipeline.run(corpus, Long.parseLong(option(options, "--lines")));
        }
        System.exit(0);
    }

    private static String option(Map<String, String> options, String name) {
        return options.getOrDefault(name, "");
    }

    private void run(List<byte[]> corpus, long lines) throws IOException {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrap))) {
            new TopicAdmin(admin, Duration.ofSeconds(30))
                    .ensure(TopicSettings.from(new Settings(
                            Map.of("weir.topic.partitions", "1", "weir.topic.lines.retention.bytes", "0B"))));
        }
        long began = System.nanoTime();
        try (Filler filler = new Filler(bootstrap, topics.lines(), values.lineValues(topics.lines()), corpus)) {
            filler.sendWhile(() -> filler.lines() < lines);
            double seconds = (System.nanoTime() - began) / 1e9;
            System.out.printf(
                    "filled: %d lines, %.1f bytes a line, %.2f M lines/s%n",
                    filler.lines(), (double) filler.bytes() / filler.lines(), filler.lines() / seconds / 1e6);
            double weir = weir("filled topic", lines);
            double put = yardstick("a put a line", Yardsticks::aPutALine, lines);
            double aggregate = yardstick("aggregate()", Yardsticks::aggregate, lines);
            System.out.printf(
                    "weir is %.1f times a put a line, %.0f times aggregate()%n", weir / put, weir / aggregate);
        }
    }

    private interface Build {
        Topology build(String topic, ValueSerdes values, LongAdder lines);
    }

    private double weir(String name, long lines) {
        Settings settings = new Settings(Map.of("weir.commit.interval", COMMIT));
        TopologySettings topology =
                TopologySettings.read(settings, directory.resolve("weir"), "127.0.0.1", 9001, kafka);
        settings.check();
        try (WeirStreams weir = WeirStreams.start(topology, topics, values)) {
            Meter mined = meter(weir, "weir.lines");
            double rate = measure("weir, " + name, () -> (long) mined.value().getAsDouble(), lines);
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

    private static Meter meter(WeirStreams weir, String name) {
        return weir.meters().stream()
                .filter(meter -> meter.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private double yardstick(String name, Build build, long lines) {
        LongAdder counted = new LongAdder();
        Map<String, Object> properties = new HashMap<>(kafka);
        properties.put(StreamsConfig.APPLICATION_ID_CONFIG, "yardstick-" + name.replaceAll("[^a-z]", ""));
        properties.put(
                StreamsConfig.STATE_DIR_CONFIG, directory.resolve("yardsticks").toString());
        properties.put(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, StreamsConfig.EXACTLY_ONCE_V2);
        properties.put(StreamsConfig.COMMIT_INTERVAL_MS_CONFIG, 100);
        properties.put(StreamsConfig.STATESTORE_CACHE_MAX_BYTES_CONFIG, 0);
        properties.put(StreamsConfig.producerPrefix("batch.size"), 128 << 10);
        properties.put(StreamsConfig.producerPrefix("linger.ms"), 20);
        try (KafkaStreams streams =
                new KafkaStreams(build.build(topics.lines(), values, counted), new StreamsConfig(properties))) {
            streams.start();
            return measure(name, counted::sum, lines);
        }
    }

    /** Lines a second from a second after the first line was seen, until all were or time is up. */
    private double measure(String name, LongSupplier counted, long lines) {
        while (counted.getAsLong() == 0) {
            LockSupport.parkNanos(PAUSE);
        }
        LockSupport.parkNanos(Duration.ofSeconds(1).toNanos());
        long began = System.nanoTime();
        long before = counted.getAsLong();
        long last = before;
        long cpuBefore = streamThreadNanos();
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
        double busy = (streamThreadNanos() - cpuBefore) / 1e9;
        System.out.printf(
                "%-22s %.4f M lines/s over %.0f s; %.4f M lines a second of the stream thread's own time (%.0f %% of it);"
                        + " each ten seconds:%s%n",
                name, rate / 1e6, seconds, done / busy / 1e6, 100 * busy / seconds, course);
        return rate;
    }

    /** Processor time of the stream threads: what stays comparable when the machine has other things to do. */
    private static long streamThreadNanos() {
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        long nanos = 0;
        for (ThreadInfo thread : threads.getThreadInfo(threads.getAllThreadIds())) {
            if (thread != null
                    && thread.getThreadName().contains("StreamThread-")
                    && !thread.getThreadName().contains("producer")) {
                nanos += Math.max(0, threads.getThreadCpuTime(thread.getThreadId()));
            }
        }
        return nanos;
    }
}
