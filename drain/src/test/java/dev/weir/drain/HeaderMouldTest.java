package dev.weir.drain;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A header that remembers the lines before says of each line what one says that has seen none. */
class HeaderMouldTest {
    private static final long AROUND = 1_700_000_000_000L;
    private static final int ROUNDS = 20;

    private final Header remembering = new Header();
    private final Learner known = new Learner();
    private final Learner expected = new Learner();

    static List<Corpus> corpora() {
        return Corpus.all();
    }

    @ParameterizedTest
    @MethodSource("corpora")
    void linesOfAllDataAndLinesLikeThemAreCutAlike(Corpus corpus) {
        Random random = new Random(2);
        List<byte[]> lines = corpus.lines();
        for (byte[] line : lines) {
            check(line);
        }
        for (byte[] line : lines.subList(0, Math.min(400, lines.size()))) {
            for (int i = 0; i < ROUNDS; i++) {
                check(line);
                check(Changed.line(line, random, 96));
                check(spliced(line, lines.get(random.nextInt(lines.size())), random));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20})
    void headersOfAllSortsAreCutAlike(int seed) {
        Random random = new Random(seed);
        Headings headings = new Headings(random);
        List<byte[]> lines =
                Stream.generate(headings::line).limit(8).map(Corpus::bytes).toList();
        for (int i = 0; i < 4000; i++) {
            byte[] line = lines.get(random.nextInt(lines.size()));
            byte[] other =
                    random.nextBoolean() ? lines.get(random.nextInt(lines.size())) : Corpus.bytes(headings.line());
            check(line);
            check(Changed.line(line, random, 64));
            check(spliced(line, other, random));
        }
    }

    @Test
    void aZoneOfTheSameLengthMayMakeAnotherHeader() {
        check(Corpus.bytes("<13>10.30 00:31:49 GMT sshd[97776]: session opened"));
        check(Corpus.bytes("<13>10.30 00:31:50 UTC sshd[97776]: session opened"));
        check(Corpus.bytes("<13>10.30 00:31:51 GMT sshd[97776]: session opened"));
    }

    @Test
    void theTimeOfDayIsReadFromEachLine() {
        for (int i = 0; i < 3; i++) {
            String line = "2024-05-01 12:00:0" + i + ",25" + i + " INFO  [main] com.acme.Boot - started";
            byte[] b = padded(Corpus.bytes(line));
            remembering.cut(known, b, 0, line.length(), AROUND);

            assertEquals(1_714_564_800_250L + i * 1001, remembering.time);
        }
    }

    @Test
    void aDateWithoutYearIsOfTheNearestYearWheneverItIsRead() {
        String line = "Jun 14 15:16:01 combo sshd[19939]: session opened";
        for (long years = 0; years < 8; years++) {
            check(Corpus.bytes(line), AROUND + years * 180L * 86_400_000L);
        }
        check(Corpus.bytes(line), Miner.NO_TIME);
        check(Corpus.bytes(line), AROUND);
    }

    @Test
    void whatLooksLikeAnotherTimestampInOneLineOnlyIsReadThere() {
        for (String rest : List.of(
                "203615 081109 a",
                "999999 999999 a",
                "2024 a",
                "2024-99-99 a",
                "2024-01-01 a",
                "12 Mars a",
                "12 Mar 2024 10:00:00 a",
                "9999999999 a",
                "1999999999 a",
                "[99:99:99] a",
                "[10:10:10] a")) {
            check(Corpus.bytes("081109 203615 " + rest + " word"));
            check(Corpus.bytes("2024-01-01 10:00:00 " + rest + " word"));
            check(Corpus.bytes("Jun  9 06:06:20 " + rest + " word"));
        }
    }

    @Test
    void aHeaderSeenBeforeIsKnownAgain() {
        Timestamp timestamp = new Timestamp();
        Field field = new Field();
        HeaderMoulds moulds = new HeaderMoulds(field);
        Origin origin = new Origin();
        HeaderTime times = new HeaderTime(timestamp, field, new FrameworkHeader(origin, field), origin);
        byte[] b = padded(Corpus.bytes("2024-05-01T12:00:00.123Z INFO started and well"));
        int end = times.find(b, 0, b.length, AROUND);
        moulds.remember(b, 0, b.length, times, Level.UNKNOWN, origin);
        byte[] other = padded(Corpus.bytes("2024-05-01T17:31:59.789Z WARN stopped and gone"));

        StampMould mould = moulds.stamp(other, 0, other.length, new TimeOfDay(), AROUND);

        assertTrue(mould != null);
        assertEquals(end, moulds.end);
        assertEquals(1_714_584_719_789L, mould.time);
    }

    @FuzzTest(maxDuration = "5m")
    void linesAreCutAlike(byte[] input) {
        List<byte[]> lines = new ArrayList<>();
        for (String line : new String(input, StandardCharsets.ISO_8859_1).split("\n")) {
            lines.add(line.getBytes(StandardCharsets.ISO_8859_1));
        }
        lines.forEach(this::check);
        lines.forEach(this::check);
    }

    private void check(byte[] line) {
        check(line, AROUND);
    }

    private void check(byte[] line, long around) {
        byte[] b = padded(line);
        Header fresh = new Header();
        int message = fresh.cut(expected, b, 0, line.length, around);

        assertEquals(message, remembering.cut(known, b, 0, line.length, around), () -> text(line));
        assertEquals(fresh.level, remembering.level, () -> text(line));
        assertEquals(fresh.time, remembering.time, () -> text(line));
        assertEquals(fresh.found, remembering.found, () -> text(line));
        assertArrayEquals(origins(fresh.origin), origins(remembering.origin), () -> text(line));
        assertArrayEquals(
                new int[] {expected.lines, expected.tagged, expected.pipes},
                new int[] {known.lines, known.tagged, known.pipes},
                () -> text(line));
    }

    private static int[] origins(Origin origin) {
        int[] all = new int[3 * origin.count];
        for (int i = 0; i < origin.count; i++) {
            all[3 * i] = origin.kind[i];
            all[3 * i + 1] = origin.from[i];
            all[3 * i + 2] = origin.to[i];
        }
        return all;
    }

    /** The start of one line and the end of another. */
    private static byte[] spliced(byte[] line, byte[] other, Random random) {
        int at = Math.min(Math.min(line.length, other.length), random.nextInt(80));
        byte[] both = Arrays.copyOf(line, other.length);
        System.arraycopy(other, at, both, at, other.length - at);
        return both;
    }

    private static byte[] padded(byte[] line) {
        byte[] padded = Arrays.copyOf(line, line.length + 256);
        Arrays.fill(padded, line.length, padded.length, (byte) '7');
        return padded;
    }

    private static String text(byte[] line) {
        return new String(line, StandardCharsets.ISO_8859_1);
    }
}
