package dev.weir.bench.pipeline;

import dev.weir.schemas.LineBatchWriter;
import dev.weir.schemas.LineValues;
import dev.weir.schemas.RunKey;
import dev.weir.topology.WeirStreams;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Random;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** How long a server that lost its disk reads its state back from the changelogs. */
final class Restoring {
    private static final int PARTITIONS = 4;
    private static final int TEMPLATES = 1_000;
    private static final int BATCH = 250;

    private Restoring() {}

    /** @param megabytes of state on disk before it is lost */
    static void measure(int megabytes) throws IOException {
        try (Rig rig = new Rig(PARTITIONS)) {
            Path state = rig.directory.resolve("weir");
            long bytes;
            double rows;
            try (WeirStreams weir = rig.weir(Map.of("weir.runs.per.tenant", "100000"))) {
                int runs = 0;
                long lines = 0;
                while (rig.diskBytes(state) < (long) megabytes << 20) {
                    for (int i = 0; i < 20; i++) {
                        lines += fill(rig, runs++);
                    }
                    Rig.mined(weir, lines, Duration.ofMinutes(5));
                }
                rows = Rig.meter(weir, "weir.puts");
                System.out.printf("filled: %d runs of %d templates, %.0f rows put%n", runs, TEMPLATES, rows);
            }
            bytes = rig.diskBytes(state);
            Rig.delete(state);
            long began = System.nanoTime();
            try (WeirStreams weir = rig.weir(Map.of("weir.runs.per.tenant", "100000"))) {
                while (!weir.ready() || weir.reader().placement().here().size() < PARTITIONS) {
                    Rig.pause(20);
                }
                double seconds = (System.nanoTime() - began) / 1e9;
                System.out.printf(
                        "restored %d MiB of state (%.0f rows) in %.1f s, %.0f MiB/s; one thread, %d partitions%n",
                        bytes >> 20, Rig.meter(weir, "weir.restored"), seconds, (bytes >> 20) / seconds, PARTITIONS);
            }
        }
    }

    private static long fill(Rig rig, int run) {
        String topic = rig.topics.lines();
        LineValues values = rig.values.lineValues(topic);
        LineBatchWriter writer = new LineBatchWriter(256 << 10);
        Random random = new Random(run);
        try (KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", rig.bootstrap(), "linger.ms", 5),
                new ByteArraySerializer(),
                new ByteArraySerializer())) {
            for (int batch = 0; batch < TEMPLATES / BATCH; batch++) {
                writer.begin("stdout", "stdout", 1, (long) batch * BATCH, System.currentTimeMillis());
                for (int i = 0; i < BATCH; i++) {
                    byte[] text = shape(random).getBytes(StandardCharsets.UTF_8);
                    writer.add(text, 0, text.length, 0);
                }
                producer.send(
                        new ProducerRecord<>(topic, new RunKey("default", "run-" + run).bytes(), values.value(writer)));
            }
        }
        return TEMPLATES;
    }

    private static String shape(Random random) {
        StringBuilder line = new StringBuilder();
        for (int word = 0; word < 10; word++) {
            for (int letter = 0; letter < 8; letter++) {
                line.append((char) ('a' + random.nextInt(26)));
            }
            line.append(' ');
        }
        return line.append(random.nextInt(1000)).toString();
    }
}
