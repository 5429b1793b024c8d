package dev.weir.drain;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class MouldTest {
    private final Workbench bench = new Workbench(MinerSettings.DEFAULTS);
    private final Lexed lexed = bench.lexed;
    private final Lexer lexer = bench.lexer;

    static List<Corpus> corpora() {
        return Corpus.own();
    }

    @ParameterizedTest
    @MethodSource("corpora")
    void aLineThatFitsHasTheShapeAndTheValuesThatTheLexerFinds(Corpus corpus) {
        Random random = new Random(1);
        for (byte[] line : corpus.lines()) {
            if (line.length > 200) {
                continue;
            }
            Mould mould = mould(line);
            assertTrue(fits(mould, line), () -> text(line));
            for (int i = 0; i < 20; i++) {
                check(mould, line, Changed.line(line, random, line.length));
            }
        }
    }

    @Test
    void otherValuesFitAndOtherWordsDoNot() {
        Mould mould = mould("Received block blk_-1608999687919862906 of size 91178 from /10.250.10.6:50010");

        assertTrue(fits(mould, "Received block blk_4242 of size 7 from /10.251.39.179:8020"));
        assertFalse(fits(mould, "Received block blk_4242 of size 7 into /10.251.39.179:8020"));
        assertFalse(fits(mould, "Received block blk_4242 of size 7 from /10.251.39.179:8020 again"));
        assertFalse(fits(mould, "Received block blk_4242 of size 7"));
        assertFalse(fits(mould, "Received block blk_4242 of size seven from /10.251.39.179:8020"));
    }

    @Test
    void anEqualsSignCountsAcrossWhiteSpace() {
        Mould mould = mould("const size = job.payload.length;");

        assertTrue(fits(mould, "const size = web.request.body;"));
        assertEquals(1, lexed.values);
    }

    @Test
    void aLineOfHundredsOfWordsGetsNone() {
        byte[] line = Corpus.bytes("7 words ".repeat(100));
        shape(line);

        assertNull(Mould.of(entry(), 0, padded(line), 0, line.length, lexer, lexed));
    }

    @Test
    void aMinerFindsTheSameTemplatesWhereverALineEndsInItsBuffer() {
        Miner miner = new Miner();
        Miner.Source source = miner.source("s");
        for (int i = 0; i < 100; i++) {
            byte[] line = Corpus.bytes("worker " + i + " took " + i * 37 + " ms for " + i + " jobs");
            byte[] b = i % 3 == 0 ? line : padded(line);
            assertEquals(0, miner.mine(source, b, 0, line.length, i, 0));
        }

        assertEquals(3, miner.template(0).slots().size());
        assertEquals(100, miner.template(0).slots().get(1).count());
        assertEquals(99 * 37, miner.template(0).slots().get(1).max());
    }

    @Test
    void aMouldThatLinesOnlySeemToFitBecomesWorthless() {
        Mould mould = mould("took 17 ms or so");
        for (int i = 0; i < 1000; i++) {
            fits(mould, "took 17 ms or more");
        }

        assertTrue(mould.worthless());
    }

    @FuzzTest(maxDuration = "5m")
    void aLineThatFitsIsLexedAlike(byte[] input) {
        List<byte[]> lines = new ArrayList<>();
        for (String line : new String(input, StandardCharsets.ISO_8859_1).split("\n")) {
            if (line.length() <= 64) {
                lines.add(line.getBytes(StandardCharsets.ISO_8859_1));
            }
        }
        for (byte[] line : lines.subList(0, Math.min(8, lines.size()))) {
            Mould mould = mould(line);
            lines.forEach(other -> check(mould, line, other));
        }
    }

    private void check(Mould mould, byte[] line, byte[] other) {
        if (!fits(mould, other)) {
            return;
        }
        int[] from = Arrays.copyOf(lexed.valueStart, lexed.values);
        int[] to = Arrays.copyOf(lexed.valueEnd, lexed.values);
        long shape = shape(line);

        assertEquals(shape, shape(other), () -> text(line) + " and " + text(other));
        assertEquals(from.length, lexed.values, () -> text(other));
        for (int i = 0; i < from.length; i++) {
            assertEquals(lexed.valueStart[i], from[i], () -> text(other));
            assertEquals(lexed.valueEnd[i], to[i], () -> text(other));
        }
    }

    private long shape(byte[] line) {
        lexer.lex(padded(line), 0, line.length, false, null);
        return lexer.shape;
    }

    private Mould mould(String line) {
        return mould(Corpus.bytes(line));
    }

    private Mould mould(byte[] line) {
        shape(line);
        return Objects.requireNonNull(Mould.of(entry(), 0, padded(line), 0, line.length, lexer, lexed));
    }

    private static Shapes.Entry entry() {
        Template template = new Template(0, 0, Level.UNKNOWN, new Token[0]);
        return new Shapes.Entry(template, null, 0, Event.Kind.NONE, Level.UNKNOWN);
    }

    private boolean fits(Mould mould, String line) {
        return fits(mould, Corpus.bytes(line));
    }

    private boolean fits(Mould mould, byte[] line) {
        return mould.fits(padded(line), 0, line.length, lexer, lexed);
    }

    /** With room behind the line, as lines in a batch have. */
    private static byte[] padded(byte[] line) {
        byte[] padded = Arrays.copyOf(line, line.length + 16);
        Arrays.fill(padded, line.length, padded.length, (byte) '7');
        return padded;
    }

    private static String text(byte[] line) {
        return new String(line, StandardCharsets.ISO_8859_1);
    }
}
