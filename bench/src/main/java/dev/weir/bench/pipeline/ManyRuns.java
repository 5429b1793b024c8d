package dev.weir.bench.pipeline;

import dev.weir.schemas.LineBatchWriter;
import dev.weir.schemas.LineValues;
import dev.weir.schemas.RunKey;
import dev.weir.topology.Extent;
import dev.weir.topology.WeirStreams;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Many runs live at once, each with a line of its own a second: the opposite of one hot run. */
final class ManyRuns {
    private static final int PARTITIONS = 4;
    private static final String MODELS = "384MiB";
    /** Of lines, in each run. */
    private static final int KINDS = 20;

    private ManyRuns() {}

    static void live(List<byte[]> corpus, int runs, int seconds) throws IOException, InterruptedException {
        try (Rig rig = new Rig(PARTITIONS)) {
            try (WeirStreams weir = rig.weir(Map.of("weir.models.bytes", MODELS, "weir.runs.per.tenant", "100000"))) {
                Thread producer = new Thread(() -> produce(rig, corpus, runs, seconds), "many-runs");
                producer.start();
                Rig.mined(weir, runs, Duration.ofMinutes(3));
                measure(weir, runs, (long) runs * KINDS, producer, "while every line is of a kind new to its run");
                measure(weir, runs, Long.MAX_VALUE, producer, "from then on");
                producer.join();
                System.gc();
                Runtime runtime = Runtime.getRuntime();
                System.out.printf(
                        "    %.0f models, %.0f rebuilt; heap %d MiB used, RocksDB %.0f MiB%n",
                        Rig.meter(weir, "weir.models"),
                        Rig.meter(weir, "weir.rebuilds"),
                        (runtime.totalMemory() - runtime.freeMemory()) >> 20,
                        Rig.meter(weir, "weir.rocksdb.used") / (1 << 20));
            }
            System.out.printf(
                    "    %d bytes of state a run on disk%n", rig.diskBytes(rig.directory.resolve("weir")) / runs);
        }
    }

    /** Looks at a run every ten milliseconds until so many lines are mined, or no more come. */
    private static void measure(WeirStreams weir, int runs, long lines, Thread producer, String when) {
        long cpu = Rig.streamThreadNanos();
        double before = Rig.meter(weir, "weir.lines");
        double puts = Rig.meter(weir, "weir.puts");
        double events = Rig.meter(weir, "weir.template.events");
        long[] nanos = new long[100_000];
        int asked = 0;
        double most = 0;
        Random random = new Random(3);
        while (producer.isAlive() && asked < nanos.length && Rig.meter(weir, "weir.lines") < lines) {
            String run = "run-" + random.nextInt(runs);
            long began = System.nanoTime();
            weir.reader().run("default", run, Extent.all(0));
            nanos[asked++] = System.nanoTime() - began;
            most = Math.max(most, Rig.meter(weir, "weir.pending"));
            Rig.pause(10);
        }
        double mined = Rig.meter(weir, "weir.lines") - before;
        System.out.printf(
                "%d runs, a line a second each, %s: snapshot p50 %.1f ms, p99 %.1f ms of %d; %.1f us of the stream"
                        + " thread a line, %.1f rows put and %.2f events; at most %.0f records waiting%n",
                runs,
                when,
                Rig.percentile(nanos, asked, 0.5),
                Rig.percentile(nanos, asked, 0.99),
                asked,
                (Rig.streamThreadNanos() - cpu) / 1e3 / mined,
                (Rig.meter(weir, "weir.puts") - puts) / mined,
                (Rig.meter(weir, "weir.template.events") - events) / mined,
                most);
    }

    private static void produce(Rig rig, List<byte[]> corpus, int runs, int seconds) {
        String topic = rig.topics.lines();
        LineValues values = rig.values.lineValues(topic);
        LineBatchWriter writer = new LineBatchWriter(4096);
        byte[][] keys = new byte[runs][];
        for (int run = 0; run < runs; run++) {
            keys[run] = new RunKey("default", "run-" + run).bytes();
        }
        try (KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", rig.bootstrap(), "linger.ms", 5, "batch.size", 128 << 10),
                new ByteArraySerializer(),
                new ByteArraySerializer())) {
            long began = System.nanoTime();
            for (long sent = 0; sent < (long) runs * seconds; sent++) {
                int run = (int) (sent % runs);
                long round = sent / runs;
                // Kinds of line of its own choice.
                byte[] line = corpus.get((int) ((run * 131L + round % KINDS) % corpus.size()));
                writer.begin("stdout", "stdout", 1, round, System.currentTimeMillis());
                writer.add(line, 0, line.length, 0);
                producer.send(new ProducerRecord<>(topic, keys[run], values.value(writer)));
                long wait = began + sent * 1_000_000_000L / runs - System.nanoTime();
                if (wait > 1_000_000) {
                    Rig.pause(wait / 1_000_000);
                }
            }
        }
    }
}
