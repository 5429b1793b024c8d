package dev.weir.bench.pipeline;

import dev.weir.embedded.BrokerOptions;
import dev.weir.embedded.BrokerProcess;
import dev.weir.embedded.RegistryProcess;
import dev.weir.schemas.TopicAdmin;
import dev.weir.schemas.TopicSettings;
import dev.weir.schemas.Topics;
import dev.weir.schemas.ValueSerdes;
import dev.weir.settings.Settings;
import dev.weir.topology.TopologySettings;
import dev.weir.topology.WeirStreams;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.lang.management.ThreadMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;

/** A broker and a registry of one's own, and weirs upon them; all gone at the end. */
final class Rig implements AutoCloseable {
    final Topics topics = Topics.withPrefix("weir");
    final Path directory;
    final Map<String, String> kafka;
    final ValueSerdes values;
    private final BrokerProcess broker;
    private final RegistryProcess registry;

    Rig(int partitions) throws IOException {
        directory = Files.createTempDirectory("weir-pipeline");
        broker = BrokerProcess.start(BrokerOptions.in(directory.resolve("kafka")));
        registry = RegistryProcess.start(directory.resolve("registry"), 0);
        kafka = Map.of("bootstrap.servers", broker.bootstrapServers(), "schema.registry.url", registry.url());
        values = ValueSerdes.own(kafka);
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrap()))) {
            new TopicAdmin(admin, Duration.ofSeconds(30))
                    .ensure(TopicSettings.from(new Settings(Map.of(
                            "weir.topic.partitions",
                            Integer.toString(partitions),
                            "weir.topic.lines.retention.bytes",
                            "0B"))));
        }
    }

    String bootstrap() {
        return broker.bootstrapServers();
    }

    /** A weir of one stream thread, with these settings beside the defaults. */
    WeirStreams weir(Map<String, String> given) {
        Map<String, String> all = new HashMap<>(Map.of("weir.commit.interval", "100ms"));
        all.putAll(given);
        Settings settings = new Settings(all);
        TopologySettings topology =
                TopologySettings.read(settings, directory.resolve("weir"), "127.0.0.1", 9001, kafka);
        settings.check();
        return WeirStreams.start(topology, topics, values);
    }

    static double meter(WeirStreams weir, String name) {
        return weir.meters().stream()
                .filter(meter -> meter.name().equals(name))
                .findFirst()
                .orElseThrow()
                .value()
                .getAsDouble();
    }

    /** Waits until so many lines have been mined, or fails after the time given. */
    static void mined(WeirStreams weir, long lines, Duration most) {
        long deadline = System.nanoTime() + most.toNanos();
        while (meter(weir, "weir.lines") < lines) {
            if (System.nanoTime() > deadline) {
                throw new IllegalStateException(
                        "Only " + (long) meter(weir, "weir.lines") + " of " + lines + " lines within " + most);
            }
            pause(20);
        }
    }

    /** Processor time of the stream threads: what stays comparable when the machine has other things to do. */
    static long streamThreadNanos() {
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

    static double percentile(long[] nanos, int count, double share) {
        long[] sorted = Arrays.copyOf(nanos, count);
        Arrays.sort(sorted);
        return count == 0 ? Double.NaN : sorted[(int) Math.min(count - 1, Math.floor(share * count))] / 1e6;
    }

    static void pause(long millis) {
        LockSupport.parkNanos(millis * 1_000_000);
    }

    long diskBytes(Path below) throws IOException {
        if (!Files.exists(below)) {
            return 0;
        }
        try (Stream<Path> files = Files.walk(below)) {
            long bytes = 0;
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                bytes += Files.size(file);
            }
            return bytes;
        }
    }

    static void delete(Path below) throws IOException {
        if (Files.exists(below)) {
            try (Stream<Path> files = Files.walk(below)) {
                for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.deleteIfExists(file);
                }
            }
        }
    }

    @Override
    public void close() throws IOException {
        registry.close();
        broker.close();
        delete(directory);
    }
}
