package dev.weir.drain;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What of one word, or of a date, is a value by its looks alone. */
class WordsTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "ssh2 | ssh2",
                "en0 | en0",
                "eth12 | eth12",
                "cn142 | <*>",
                "0x1f | <*>",
                "16K | <*>",
                "3com | <*>",
                "v2.1 | <*>",
                "v12.x | <*>.x",
                "V3 | V3",
                "blk_-42000 | <*>",
                "blk_-42 | <*>",
                "b-k_-42000 | b-<*>",
                "blk_x-42000 | blk_x-<*>",
                "blk-_42000 | blk-<*>",
                "task_17 | <*>",
                "task_x1 | task_x1",
                "x_12_y | <*>",
                "abc123def | <*>",
                "deadbe | deadbe",
                "bad123 | <*>",
                "abcd1x | abcd1x",
                "a1b2c3d | <*>",
                "model_a12 | model_a12",
                "web-bd9d8 | web-<*>",
                "web-a1b2c | web-<*>",
                "web-abcde | web-abcde",
                "web-a1bcdefghi9 | web-a1bcdefghi9",
                "web-5d8f7c9b6d-rpmft | web-<*>",
                "web-5d8f7c9b6d-apple | web-<*>-apple",
                "ServerSocketChannel12Impl | ServerSocketChannel12Impl",
                "aB3dE6gH9jK2mN5p | <*>",
                "aB3dE6gH9jK2mN5p. | <*>.",
            })
    void wordsWithDigits(String word, String expected) {
        assertEquals(expected, mined(word));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "10.0.0.1 | <*>",
                "10.0.0.1:80 | <*>",
                "a.b.example:443 | <*>",
                "a.b.example:443x | a.b.example:<*>",
                "main.go:12 | <*>",
                "main.go:12, | main.go:<*>,",
                "main.go:123456 | main.go:<*>",
                "Main.java:12 | Main.java:<*>",
                "db-primary:5432 | <*>",
                "db-primary:543 | db-primary:<*>",
                "db1:5432 | <*>",
                "db1:543 | db1:<*>",
                "fe80::1 | <*>",
                "fe80::1%eth0 | <*>",
                "fe80::1/64 | <*>",
                "2001:db8:0:0:8:800:200c:417a | <*>",
                "00:1a:2b:3c:4d:5e | <*>",
                "face::cafe | face::cafe",
                "fe80::1x | fe80::<*>",
                "0000:b6:1f.3 | <*>",
                "0000:b6:1f.3a | <*>:b6:<*>",
            })
    void addresses(String word, String expected) {
        assertEquals(expected, mined(word));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Tue Mar 03 07:07:00 2026 | <*>",
                "Tue, 03 Mar 2026 07:07:00 GMT | <*>",
                "Mar 03 2026 07:07 PM | <*>",
                "March 3, 2026 | <*>",
                "3 Mar 2026 | <*>",
                "12 Monday 2026 | <*>",
                "May 3 4 5 | <*>",
                "May 12 | May <*>",
                "1 May | <*> May",
                "Friday 13 May | Friday <*> May",
                "Mon Tue Wed | Mon Tue Wed",
                "7 8 Xmas 9 | <*> <*> Xmas <*>",
            })
    void dates(String words, String expected) {
        assertEquals(expected, mined(words));
    }

    private static String mined(String words) {
        Miner miner = new Miner(MinerSettings.DEFAULTS.withHeader(false));
        byte[] b = Corpus.bytes("saw " + words + " here");
        String text = miner.template(miner.mine(miner.source("stdout"), b, 0, b.length, 0, 0))
                .text();
        return text.substring("saw ".length(), text.length() - " here".length());
    }
}
