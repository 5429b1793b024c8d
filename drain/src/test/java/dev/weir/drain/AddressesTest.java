package dev.weir.drain;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Each case tells how much of a text an address takes; -1 is none. */
class AddressesTest {
    @ParameterizedTest
    @CsvSource({
        "a.b.example:443, 15",
        "a.b.example:443 x, 15",
        "a.b.example:443x, -1",
        "A.b.example:443, 15",
        "main.go:12, 10",
        "main.go:12345, 13",
        "main.go:123456, -1",
        "'main.go:12,', -1",
        "Main.java:12, -1",
        "maiN.java:12, -1",
        "main:12, -1",
        "a..b.c:12, -1",
    })
    void hostsWithPorts(String text, int end) {
        byte[] b = Corpus.bytes(text);

        assertEquals(end, Addresses.hostAndPort(b, 0, text.indexOf(':'), b.length));
    }

    @ParameterizedTest
    @CsvSource({"8, -1", "80, 2", "65535, 5", "655350, -1", "'80 ', 2", "80a, -1", "80:, -1", "80., 2", "80/, -1"})
    void ports(String text, int end) {
        assertEquals(end, Addresses.port(Corpus.bytes(text), 0, text.length()));
    }

    @ParameterizedTest
    @CsvSource({
        "00:1a:2b:3c:4d:5e, 17",
        "aa:bb:cc:dd:ee, 14",
        "aa:bb:cc:dd, -1",
        "00:1a:2b:3c:4d:5e7, -1",
        "00:1a:2b:3c:4d:5ex, -1",
        "12:34:56, -1",
        "fe80::1, 7",
        "fe80::, -1",
        "fe80:: x, -1",
        "fe80::1::2, 7",
        "fe80::1x, -1",
        "face::cafe, -1",
        "fe80::1%eth0 x, 12",
        "fe80::1%, 7",
        "fe80::1/64 x, 10",
        "fe80::1.8080, 12",
        "fe80::1/x, 7",
        "2001:db8:0:0:8:800:200c:417a, 28",
        "1:2:3:4:5:6:7, 13",
        "1:2:3:4:5:6, -1",
        "0000:b6:1f.3, 12",
        "0000:b6:1f.3 x, 12",
        "0000:b6:1f.3a, -1",
        "0000:b6:1f.x, -1",
        "0000:b6:1f:3, -1",
        "000g:b6:1f.3, -1",
        "0000:b6:1f., -1",
    })
    void colons(String text, int end) {
        assertEquals(end, Addresses.colons(Corpus.bytes(text), 0, text.length()));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "x/a b | 3",
                "x/a\" | 3",
                "x/a'b | 3",
                "x/a)b | 3",
                "x/a]b | 3",
                "x/a}b | 3",
                "x/a>b | 3",
                "x/a<b | 3",
                "x/a,b | 5",
                "x/a, b | 3",
                "x/a,; | 3",
                "x/a; | 3",
                "x/a. | 3",
                "x/a:., | 3",
                "x/\u00e4b | 5",
                "... | 0",
            })
    void theReachOfAUrl(String text, int end) {
        byte[] b = text.getBytes(java.nio.charset.StandardCharsets.UTF_8);

        assertEquals(end, Addresses.reach(b, 0, b.length, false));
    }

    @Test
    void aPathOfWindowsEndsAtItsComma() {
        assertEquals(4, Addresses.reach(Corpus.bytes("C:\\a,b"), 0, 6, true));
        assertEquals(4, Addresses.reach(Corpus.bytes("C:\\a;b"), 0, 6, true));
    }

    @Test
    void aUuidIsWrongWithAnyWrongByte() {
        byte[] uuid = Corpus.bytes("3f2504e0-4f89-11d3-9a0c-0305e82c3301");
        assertTrue(Addresses.uuid(uuid, 0));

        for (int i = 0; i < uuid.length; i++) {
            byte[] wrong = uuid.clone();
            wrong[i] = (byte) (uuid[i] == '-' ? '0' : 'g');
            assertFalse(Addresses.uuid(wrong, 0), "byte " + i);
        }
    }

    @ParameterizedTest
    @CsvSource({"a.b.c, 2", ".a.b, 1", "a.b., 1", "a..b.c, 0", "abc, 0"})
    void dotsInsideAName(String text, int dots) {
        assertEquals(dots, Addresses.dots(Corpus.bytes(text), 0, text.length()));
    }
}
