package dev.weir.bench.pipeline;

import dev.weir.schemas.LineBatchWriter;
import dev.weir.schemas.LineValues;
import dev.weir.schemas.RunKey;
import dev.weir.topology.WeirStreams;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.IntFunction;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** What a line costs the stream thread as a run grows older, as runs and as templates become many. */
final class Scaling {
    private static final int BATCH = 800;
    private static final int LINES = 2_000_000;
    private static final int AGE = 12_000_000;
    private static final String MODELS = "384MiB";

    private Scaling() {}

    static void all(List<byte[]> corpus) throws IOException {
        for (int templates : new int[] {100, 1_000, 10_000}) {
            byte[][] shapes = shapes(templates);
            Random random = new Random(1);
            double[] upTo = frequencies(templates);
            cost(templates + " templates", 1, line -> shapes[drawn(upTo, random.nextDouble())]);
            cost(templates + " templates, alike", 1, line -> shapes[random.nextInt(shapes.length)]);
        }
        for (int runs : new int[] {1, 100, 1_000}) {
            // The same batches in the same order, whoever says them: only how many runs they are of differs. A batch
            // says fifty lines again and again, so that the models of a thousand runs fit into the heap.
            cost(runs + " runs", runs, line -> corpus.get((line / BATCH % 1_000 * 131 + line % 50) % corpus.size()));
        }
        age(corpus);
    }

    /** The same run, tenth by tenth. */
    private static void age(List<byte[]> corpus) throws IOException {
        try (Rig rig = new Rig(1)) {
            fill(rig, AGE, 1, line -> corpus.get(line % corpus.size()));
            try (WeirStreams weir = rig.weir(Map.of())) {
                StringBuilder course = new StringBuilder();
                long tenth = AGE / 10;
                Rig.mined(weir, tenth, Duration.ofMinutes(5));
                double at = Rig.meter(weir, "weir.lines");
                long cpu = Rig.streamThreadNanos();
                for (int part = 2; part <= 10; part++) {
                    Rig.mined(weir, part * tenth, Duration.ofMinutes(5));
                    double lines = Rig.meter(weir, "weir.lines");
                    long now = Rig.streamThreadNanos();
                    course.append(String.format(" %.3f", (now - cpu) / (lines - at) / 1e3));
                    at = lines;
                    cpu = now;
                }
                System.out.printf("age, each tenth of %d lines from the second:%s us a line%n", AGE, course);
            }
        }
    }

    /**
     * Prints what a line costs the stream thread and what a batch writes, the first half left out for learning and warming
     * up. Events go by the clock, at most one a second a template: on a busy machine they are more to a line.
     */
    private static void cost(String what, int runs, IntFunction<byte[]> text) throws IOException {
        try (Rig rig = new Rig(1)) {
            fill(rig, LINES, runs, text);
            try (WeirStreams weir = rig.weir(Map.of("weir.models.bytes", MODELS, "weir.bytes.per.run", "256MiB"))) {
                Rig.mined(weir, LINES / 2, Duration.ofMinutes(5));
                Map<String, Double> before = meters(weir);
                long cpu = Rig.streamThreadNanos();
                Rig.mined(weir, LINES, Duration.ofMinutes(5));
                double micros = (Rig.streamThreadNanos() - cpu) / 1e3;
                Map<String, Double> after = meters(weir);
                after.replaceAll((name, value) -> value - before.getOrDefault(name, 0.0));
                double lines = after.getOrDefault("weir.lines", 0.0);
                System.out.printf(
                        "%-24s %.3f us of the stream thread a line; %.1f rows and %.0f bytes put a batch; %.1f events a"
                                + " thousand lines%n",
                        what,
                        micros / lines,
                        after.getOrDefault("weir.puts", 0.0) * BATCH / lines,
                        after.getOrDefault("weir.puts.bytes", 0.0) * BATCH / lines,
                        after.getOrDefault("weir.template.events", 0.0) * 1_000 / lines);
            }
        }
    }

    private static Map<String, Double> meters(WeirStreams weir) {
        Map<String, Double> values = new HashMap<>();
        weir.meters().forEach(meter -> values.put(meter.name(), meter.value().getAsDouble()));
        return values;
    }

    private static void fill(Rig rig, int lines, int runs, IntFunction<byte[]> text) {
        String topic = rig.topics.lines();
        LineValues values = rig.values.lineValues(topic);
        LineBatchWriter writer = new LineBatchWriter(256 << 10);
        try (KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", rig.bootstrap(), "linger.ms", 5, "batch.size", 512 << 10),
                new ByteArraySerializer(),
                new ByteArraySerializer())) {
            for (int batch = 0; batch < lines / BATCH; batch++) {
                int run = batch % runs;
                long first = (long) (batch / runs) * BATCH;
                writer.begin("stdout", "stdout", 1, first, System.currentTimeMillis());
                for (int i = 0; i < BATCH; i++) {
                    byte[] line = text.apply(batch * BATCH + i);
                    writer.add(line, 0, line.length, 0);
                }
                producer.send(
                        new ProducerRecord<>(topic, new RunKey("default", "run-" + run).bytes(), values.value(writer)));
            }
        }
    }

    /** Where the share of each template ends, if the n-th most frequent one has an n-th of the first one's lines. */
    private static double[] frequencies(int templates) {
        double[] upTo = new double[templates];
        double sum = 0;
        for (int i = 0; i < templates; i++) {
            sum += 1.0 / (i + 1);
            upTo[i] = sum;
        }
        for (int i = 0; i < templates; i++) {
            upTo[i] /= sum;
        }
        return upTo;
    }

    private static int drawn(double[] upTo, double at) {
        int found = Arrays.binarySearch(upTo, at);
        return Math.min(upTo.length - 1, found < 0 ? -found - 1 : found + 1);
    }

    /** Lines of so many shapes, with a number in each. */
    private static byte[][] shapes(int count) {
        Random random = new Random(7);
        byte[][] lines = new byte[count][];
        for (int i = 0; i < count; i++) {
            StringBuilder line = new StringBuilder("2026-03-01 12:00:00 INFO ");
            for (int word = 0; word < 8; word++) {
                for (int letter = 0; letter < 7; letter++) {
                    line.append((char) ('a' + random.nextInt(26)));
                }
                line.append(' ');
            }
            lines[i] = line.append("took ")
                    .append(random.nextInt(1000))
                    .append(" ms")
                    .toString()
                    .getBytes(StandardCharsets.UTF_8);
        }
        return lines;
    }
}
