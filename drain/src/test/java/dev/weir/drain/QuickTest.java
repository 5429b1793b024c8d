package dev.weir.drain;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class QuickTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "blk_-4200071",
                "blk_123",
                "task1138",
                "a000",
                "x_-999",
                "abcdefgh123",
                "attempt_12345678901234567890"
            })
    void aNameWithANumberIsOneValue(String word) {
        assertEquals(word.length(), named(word));
        assertEquals(word.length(), named(word + " and more"));
        assertEquals(word.length(), named(word + ", and more"));
        assertEquals(-1, named(word + ":80"));
        assertEquals(-1, named(word + ".log"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"ssh2", "en10", "blk_", "blk_-", "blk_-12", "blk--123", "blk-123", "word", "blk_x123"})
    void otherWordsTakeACloserLook(String word) {
        assertEquals(-1, named(word + " and more"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/10.251.42.84:50010", "/10.251.42.84", "/7", "/1.2:3", "/12:34"})
    void anAddressBehindASlashIsOneValue(String word) {
        assertEquals(word.length(), address(word));
        assertEquals(word.length(), address(word + " and more"));
        assertEquals(word.length(), address(word + ")"));
        assertEquals(-1, address(word + "x"));
        assertEquals(-1, address(word + ":8" + "x"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "//", "/.5", "/10.", "/10.1.", "/10:", "/10:x", "/10:1:2", "/usr", "/10/11"})
    void otherPathsTakeACloserLook(String word) {
        assertEquals(-1, address(word + " and more"));
    }

    @Test
    void looksNoFurtherThanItMay() {
        byte[] b = Corpus.bytes("blk_123456789 /10.251.42.84:50010 and more");

        assertEquals(9, Quick.named(b, 0, 9));
        assertEquals(-1, Quick.named(b, 0, 6));
        assertEquals(19, Quick.address(b, 14, 19));
        assertEquals(30, Quick.address(b, 14, 30));
    }

    /** Whatever is quickly found to be a value is one value to those who look closer, and as long. */
    @Test
    void saysWhatACloserLookSays() {
        Random random = new Random(3);
        String bytes = "ab_-./:0123 ,";
        for (int n = 0; n < 200_000; n++) {
            byte[] b = new byte[24];
            for (int i = 0; i < b.length; i++) {
                b[i] = (byte) bytes.charAt(random.nextInt(bytes.length()));
            }
            boolean slash = b[0] == '/';
            int quick = slash ? Quick.address(b, 0, 16) : Bytes.letter(b[0]) ? Quick.named(b, 0, 16) : -1;
            if (quick >= 0) {
                assertEquals(quick, closer(b, 16), () -> Bytes.latin1(b, 0, 16));
            }
        }
    }

    private static int closer(byte[] b, int to) {
        Lexed lexed = new Lexed(16, new Hash(0));
        lexed.clear(false);
        int flags = 0;
        int e = 0;
        while (e < to && Bytes.classOf(b[e]) < Bytes.END) {
            flags |= Bytes.classOf(b[e++]);
        }
        int end = new Words(lexed).bearing(b, 0, e, to, flags);
        return lexed.values == 1 && lexed.seen == 1 && lexed.valueEnd[0] == end ? end : -1;
    }

    private static int named(String text) {
        byte[] b = Corpus.bytes(text + " ".repeat(8));
        return Quick.named(b, 0, text.length());
    }

    private static int address(String text) {
        byte[] b = Corpus.bytes(text);
        return Quick.address(b, 0, b.length);
    }
}
