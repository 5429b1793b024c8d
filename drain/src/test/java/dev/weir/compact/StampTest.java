package dev.weir.compact;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class StampTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "2026-11-27T10:00:00.1234567Z     at Shop.sum(Shop.java:7)|'    at Shop.sum(Shop.java:7)'",
                "2026-11-27T10:00:00Z done|done",
                "2026-11-27 10:00:00,123 done|done",
                "2026/11/27 10:00:00 done|done",
                "2026-11-27T10:00:00.123+01:00 done|done",
                "2026-11-27T10:00:00-0500 done|done",
                "[2026-11-27T10:00:00.123Z] done|done",
                "[10:00:00] done|done",
                "10:00:00.123 done|done",
            })
    void whatIsSaidBeginsBehindTheTimeAndOneBlank(String line, String said) {
        assertEquals(said, line.substring(Stamp.length(line)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "2026-11-27",
                "2026-11-27 release",
                "2026-11-27T10:00",
                "[10:00:00 done",
                "10:00:00abc",
                "10:00 done",
                "127.0.0.1 - - [27/Nov/2026:10:00:00 +0000]",
                "[INFO] 10:00:00 done",
                "12:34:56:78 done"
            })
    void anythingElseIsWhatIsSaid(String line) {
        assertEquals(0, Stamp.length(line));
    }

    @ParameterizedTest
    @ValueSource(strings = {"2026-11-27T10:00:00.5Z x", "[10:00:00] x", "10:00:00+0100 x"})
    void readsNothingBehindTheEnd(String line) {
        byte[] bytes = line.getBytes(StandardCharsets.ISO_8859_1);
        for (int to = 0; to < bytes.length; to++) {
            byte[] cut = java.util.Arrays.copyOf(bytes, to);

            assertEquals(Stamp.length(cut, 0, to), Stamp.length(bytes, 0, to));
        }
    }
}
