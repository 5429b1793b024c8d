package dev.weir.bench.codec;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.weir.schemas.Line;
import dev.weir.schemas.LineBatch;
import dev.weir.schemas.LineBatchReader;
import dev.weir.schemas.LineBatchWriter;
import dev.weir.schemas.RunRecord;
import dev.weir.schemas.ValueSerdes;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serializer;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Lines of 138 bytes on average, 200 or 800 a batch, as in the pipeline's other benchmarks. Every benchmark touches every
 * line, and counts lines: {@code -prof gc} then says bytes allocated a line.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class LineBatchBenchmark {
    private static final int LINES = 800;

    private final ValueSerdes serdes = ValueSerdes.own(Map.of("schema.registry.url", "mock://bench"));
    private final LineBatchReader reader = serdes.lineReader("weir.lines");
    private final LineBatchWriter writer = new LineBatchWriter(1 << 10);
    private final Deserializer<RunRecord> objects = serdes.deserializer(RunRecord.class);
    private final Serializer<RunRecord> serializer = serdes.serializer(RunRecord.class);

    /** How many batches the 800 lines come in. */
    @Param({"1", "4"})
    int batches = 1;

    private byte[][] lines = new byte[0][];
    private byte[][] values = new byte[0][];
    private RunRecord[] records = new RunRecord[0];

    @Setup(Level.Trial)
    public void makeLines() {
        Random random = new Random(1);
        lines = new byte[LINES][];
        for (int i = 0; i < LINES; i++) {
            StringBuilder line = new StringBuilder("2026-01-01 12:00:00.000 INFO worker-");
            line.append(random.nextInt(64))
                    .append(" took ")
                    .append(random.nextInt(10_000))
                    .append(" ms for ");
            int length = 38 + random.nextInt(200);
            while (line.length() < length) {
                line.append("/path").append(random.nextInt(10));
            }
            lines[i] = line.toString().getBytes(UTF_8);
        }
        values = new byte[batches][];
        records = new RunRecord[batches];
        for (int batch = 0; batch < batches; batch++) {
            values[batch] = serdes.lineValues("weir.lines").value(write(batch));
            records[batch] = writer.toRecord();
        }
    }

    private LineBatchWriter write(int batch) {
        int each = LINES / batches;
        writer.begin("stdout", "stdout", 1, (long) batch * each, 1_700_000_000_000L);
        for (int i = batch * each; i < (batch + 1) * each; i++) {
            writer.add(lines[i], 0, lines[i].length, i);
        }
        return writer;
    }

    @Benchmark
    @OperationsPerInvocation(LINES)
    public int encode() {
        int bytes = 0;
        for (int batch = 0; batch < batches; batch++) {
            bytes += write(batch).framed(1).length;
        }
        return bytes;
    }

    @Benchmark
    @OperationsPerInvocation(LINES)
    public int decode() {
        int sum = 0;
        for (byte[] value : values) {
            reader.read(value);
            byte[] buffer = reader.buffer();
            for (int i = 0; i < reader.size(); i++) {
                sum += buffer[reader.offset(i)] + reader.length(i) + reader.offsetMillis(i) + reader.part(i);
            }
        }
        return sum;
    }

    /** The usual way, an object a line. */
    @Benchmark
    @OperationsPerInvocation(LINES)
    public int decodeToObjects() {
        int sum = 0;
        for (byte[] value : values) {
            LineBatch batch = (LineBatch) Objects.requireNonNull(objects.deserialize("weir.lines", value))
                    .getBody();
            for (Line line : batch.getLines()) {
                sum += line.getText().get(0) + line.getText().remaining() + line.getOffsetMillis() + line.getPart();
            }
        }
        return sum;
    }

    /** The usual way, from objects that are there already. */
    @Benchmark
    @OperationsPerInvocation(LINES)
    public int encodeFromObjects() {
        int bytes = 0;
        for (RunRecord record : records) {
            bytes += Objects.requireNonNull(serializer.serialize("weir.lines", record)).length;
        }
        return bytes;
    }
}
