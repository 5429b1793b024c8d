package dev.weir.schemas;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.weir.registry.WireException;
import dev.weir.registry.WireFormat;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.apache.kafka.common.serialization.Deserializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LineBatchCodecTest {
    private static final int ID = 0x01020304;
    private static final Schema OURS = RunRecord.getClassSchema();

    private final LineBatchReader reader = new LineBatchReader(id -> OURS);

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void readsWhatAvroWritesWhetherInOneBlockOrInMany(boolean inBlocks) {
        for (int seed = 0; seed < 500; seed++) {
            LineBatch batch = RandomBatch.of(new Random(seed));

            LineBatchReader.Body body = reader.read(RandomBatch.framed(ID, new RunRecord(batch), OURS, inBlocks));

            assertEquals(LineBatchReader.Body.LINE_BATCH, body);
            assertEquals(batch, read(), "seed " + seed);
        }
    }

    @Test
    void writesWhatAvroReads() {
        LineBatchWriter writer = new LineBatchWriter(64);
        for (int seed = 0; seed < 500; seed++) {
            LineBatch batch = RandomBatch.of(new Random(seed));
            batch = LineBatch.newBuilder(batch).setMarker(null).build();

            write(batch, writer);

            assertEquals(batch, writer.toRecord().getBody(), "seed " + seed);
            assertArrayEquals(
                    RandomBatch.framed(ID, new RunRecord(batch), OURS, false), writer.framed(ID), "seed " + seed);
            assertTrue(writer.bytes() >= writer.framed(ID).length);
        }
    }

    @Test
    void refusesADamagedRecordOrReadsItAsAvroDoes() {
        int refused = 0;
        for (int seed = 0; seed < 20_000; seed++) {
            Random random = new Random(seed);
            byte[] value = RandomBatch.framed(ID, new RunRecord(RandomBatch.of(new Random(seed % 40))), OURS, false);
            byte[] damaged = random.nextBoolean() ? Arrays.copyOf(value, random.nextInt(value.length)) : value.clone();
            if (damaged.length > WireFormat.HEADER) {
                damaged[WireFormat.HEADER + random.nextInt(Math.min(60, damaged.length - WireFormat.HEADER))] =
                        (byte) random.nextInt();
            }
            try {
                if (reader.read(damaged) == LineBatchReader.Body.LINE_BATCH) {
                    LineBatch asAvro = (LineBatch)
                            RunRecordLayout.decode(damaged, WireFormat.HEADER).getBody();
                    assertEquals(asAvro, read(), "seed " + seed);
                }
            } catch (WireException said) {
                refused++;
                assertTrue(said.poison(), said.getMessage());
                assertEquals(0, reader.size());
                assertNull(reader.marker());
            }
        }
        assertTrue(refused > 5_000, "most damage is noticed: " + refused);
    }

    @Test
    void allocatesNothingForLengthsThatAreNotThere() {
        byte[] claims = claiming(Integer.MAX_VALUE);

        assertEquals(
                "The value is damaged or breaks its topic's contract: it claims more than 4000000 items",
                assertThrows(WireException.MalformedPayload.class, () -> reader.read(claims))
                        .getMessage());
        assertEquals(
                "The value is cut off: it claims 3999999 more lines, 12 bytes before its end",
                assertThrows(WireException.TruncatedPayload.class, () -> reader.read(claiming(3_999_999)))
                        .getMessage());
    }

    @Test
    void readsWhatAnOlderProducerWroteThatKnewLess() {
        Schema older = Schemas.without(
                OURS, Map.of("LineBatch", List.of("stream", "marker"), "Line", List.of("part", "last")));
        LineBatch batch = LineBatch.newBuilder()
                .setSource("stdout")
                .setEpoch(3)
                .setFirstSeq(7)
                .setBaseTime(Instant.ofEpochMilli(1000))
                .setLines(List.of(new Line(5, ByteBuffer.wrap("ü".getBytes(UTF_8)), 0, true, false)))
                .build();
        byte[] written = RandomBatch.framed(2, Schemas.convert(new RunRecord(batch), older), older, false);

        new LineBatchReader(id -> older).read(written);
        LineBatchReader both = new LineBatchReader(id -> id == 2 ? older : OURS);
        both.read(RandomBatch.framed(ID, new RunRecord(batch), OURS, false));
        both.read(written);

        assertEquals(batch, read(both));
    }

    @Test
    void readsWhatAnotherDeserializerUnderstands() {
        LineBatch batch = RandomBatch.of(new Random(4));
        Deserializer<RunRecord> foreign = (topic, bytes) -> new RunRecord(batch);

        LineBatchReader through = LineBatchReader.through(foreign, "weir.lines");

        assertEquals(LineBatchReader.Body.LINE_BATCH, through.read(new byte[] {42}));
        assertEquals(batch, read(through));
    }

    @Test
    void refusesAnotherKindOfRecordByName() {
        Schema other =
                SchemaBuilder.record("Other").fields().requiredString("a").endRecord();
        LineBatchReader strangers = new LineBatchReader(id -> other);

        String said = assertThrows(
                        WireException.UnreadableSchema.class, () -> strangers.read(new byte[] {0, 0, 0, 0, 9, 0}))
                .getMessage();

        assertEquals(
                "The value's schema (id 9) cannot be read as what belongs here (Other is not dev.weir.schemas.RunRecord):"
                        + " another kind of record is in the topic, or its producer is too new",
                said);
    }

    /** Written by kafkajs and @kafkajs/confluent-schema-registry, which know nothing of weir. */
    @Test
    void readsAndWritesTheBytesOfAnotherLanguage() {
        byte[] javascript = HexFormat.of()
                .parseHex("0000000005020c7374646f7574000200e6b3de9ebf6802002a"
                        + "68656c6c6f2066726f6d204a6176615363726970740001010000");
        byte[] text = "hello from JavaScript".getBytes(UTF_8);

        LineBatchReader.Body body = reader.read(javascript);

        assertEquals(LineBatchReader.Body.LINE_BATCH, body);
        assertEquals("stdout", reader.source());
        assertEquals(1_795_194_342_643L, reader.baseTime());
        assertArrayEquals(text, reader.text(0));
        LineBatchWriter writer = new LineBatchWriter(64);
        writer.begin("stdout", "", 1, 0, 1_795_194_342_643L);
        writer.add(text, 0, text.length, 0);
        assertArrayEquals(javascript, writer.framed(5));
    }

    @Test
    void readsTheOtherBodiesAsRecords() {
        RunEnded ended = RunEnded.newBuilder()
                .setEndedAt(Instant.ofEpochMilli(5))
                .setEpoch(1)
                .setExitCode(3)
                .setSources(List.of(new SourcePosition("stdout", "", 9L, Map.of())))
                .build();

        LineBatchReader.Body body = reader.read(RandomBatch.framed(ID, new RunRecord(ended), OURS, false));

        assertEquals(LineBatchReader.Body.RUN_ENDED, body);
        assertEquals(ended, reader.ended());
        assertThrows(IllegalStateException.class, reader::heartbeat);
    }

    @Test
    void refusesWhatBreaksTheContract() {
        assertRefused(valid().setSource(""), "it names no source");
        assertRefused(valid().setSource("s".repeat(256)), "its source has 256 bytes, more than 255");
        assertRefused(valid().setFirstSeq(-1), "its first sequence number is -1");
        assertRefused(valid().setFirstSeq(Long.MAX_VALUE), "its first sequence number is 9223372036854775807");
        assertRefused(
                valid().setMarker(new Marker(MarkerKind.GAP, 1L, -1L, "rotated")), "it has both lines and a marker");
        assertRefused(
                valid().setLines(List.of()).setMarker(new Marker(MarkerKind.GAP, -1L, -1L, "rotated")),
                "its marker counts -1");
        assertRefused(
                valid().setLines(List.of(new Line(0, ByteBuffer.allocate(0), 0, false, true))),
                "line 0 is part 0 and not the last");
        assertRefused(
                valid().setBaseTime(Instant.ofEpochMilli(Long.MAX_VALUE)),
                "its time is 9223372036854775807 ms from 1970");
    }

    private void assertRefused(LineBatch.Builder batch, String why) {
        byte[] value = RandomBatch.framed(ID, new RunRecord(batch.build()), OURS, false);

        String said = assertThrows(WireException.MalformedPayload.class, () -> reader.read(value))
                .getMessage();

        assertEquals("The value is damaged or breaks its topic's contract: " + why, said);
        assertEquals(0, reader.size());
    }

    private static LineBatch.Builder valid() {
        return LineBatch.newBuilder()
                .setSource("stdout")
                .setEpoch(1)
                .setFirstSeq(0)
                .setBaseTime(Instant.EPOCH)
                .setLines(List.of(new Line(0, ByteBuffer.wrap("line".getBytes(UTF_8)), 0, true, true)));
    }

    /** A batch whose array of lines claims that many and has next to none. */
    private static byte[] claiming(int lines) {
        byte[] value = new byte[40];
        WireFormat.putHeader(value, ID);
        int at = WireFormat.HEADER;
        value[at++] = 2; // LineBatch
        value[at++] = 2; // a source of one byte
        value[at++] = 's';
        at += 4; // no stream, epoch, firstSeq, baseTime
        for (long zigzag = (long) lines << 1; ; zigzag >>>= 7) {
            value[at++] = (byte) (zigzag > 0x7F ? zigzag & 0x7F | 0x80 : zigzag);
            if (zigzag <= 0x7F) {
                return Arrays.copyOf(value, at + 12);
            }
        }
    }

    private LineBatch read() {
        return read(reader);
    }

    private static LineBatch read(LineBatchReader reader) {
        List<Line> lines = new ArrayList<>();
        for (int i = 0; i < reader.size(); i++) {
            lines.add(new Line(
                    reader.offsetMillis(i),
                    ByteBuffer.wrap(reader.text(i)),
                    reader.part(i),
                    reader.last(i),
                    reader.newline(i)));
        }
        return LineBatch.newBuilder()
                .setSource(reader.source())
                .setStream(reader.givenStream())
                .setEpoch(reader.epoch())
                .setFirstSeq(reader.firstSeq())
                .setBaseTime(Instant.ofEpochMilli(reader.baseTime()))
                .setLines(lines)
                .setMarker(reader.marker())
                .build();
    }

    private static void write(LineBatch batch, LineBatchWriter writer) {
        writer.begin(
                batch.getSource(),
                batch.getStream(),
                batch.getEpoch(),
                batch.getFirstSeq(),
                batch.getBaseTime().toEpochMilli());
        for (Line line : batch.getLines()) {
            byte[] text = line.getText().array();
            writer.add(text, 0, text.length, line.getOffsetMillis(), line.getPart(), line.getLast(), line.getNewline());
        }
    }
}
