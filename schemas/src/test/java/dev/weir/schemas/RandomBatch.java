package dev.weir.schemas;

import dev.weir.registry.OwnRecord;
import dev.weir.registry.WireFormat;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.apache.avro.Schema;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificDatumWriter;

/** Batches as nobody would think of them, and Avro's own way of writing them. */
final class RandomBatch {
    private RandomBatch() {}

    static LineBatch of(Random random) {
        List<Line> lines = new ArrayList<>();
        int entries = random.nextInt(random.nextInt(4) == 0 ? 600 : 12);
        for (int i = 0; i < entries; i++) {
            byte[] text = new byte[random.nextInt(random.nextInt(10) == 0 ? 20_000 : 80)];
            random.nextBytes(text);
            int part = random.nextInt(5) == 0 ? random.nextInt(1_000_000) : 0;
            lines.add(new Line(
                    random.nextBoolean() ? random.nextInt(100) : random.nextInt(),
                    ByteBuffer.wrap(text),
                    part,
                    part == 0 || random.nextBoolean(),
                    random.nextBoolean()));
        }
        Marker marker = entries > 0 || random.nextBoolean()
                ? null
                : new Marker(MarkerKind.values()[random.nextInt(2)], random.nextLong() >>> 2, -1L, "overflow");
        return batch(lines, marker, random);
    }

    private static LineBatch batch(List<Line> lines, @org.jspecify.annotations.Nullable Marker marker, Random random) {
        return LineBatch.newBuilder()
                .setSource(List.of("stdout", "stderr", "/var/log/ü.log#3").get(random.nextInt(3)))
                .setStream(List.of("", "stdout", "file").get(random.nextInt(3)))
                .setEpoch(random.nextLong())
                .setFirstSeq(random.nextLong() >>> (2 + random.nextInt(61)))
                .setBaseTime(Instant.ofEpochMilli(random.nextLong() >>> 22))
                .setLines(lines)
                .setMarker(marker)
                .build();
    }

    static byte[] framed(int id, Object record, Schema schema, boolean inBlocks) {
        SpecificData data = OwnRecord.data();
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        byte[] header = new byte[WireFormat.HEADER];
        WireFormat.putHeader(header, id);
        out.writeBytes(header);
        BinaryEncoder encoder = inBlocks
                ? new EncoderFactory().configureBlockSize(64).blockingBinaryEncoder(out, null)
                : EncoderFactory.get().directBinaryEncoder(out, null);
        try {
            new SpecificDatumWriter<>(schema, data).write(record, encoder);
            encoder.flush();
        } catch (IOException inMemory) {
            throw new UncheckedIOException(inMemory);
        }
        return out.toByteArray();
    }
}
