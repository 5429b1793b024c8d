package dev.weir.drain;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Any bytes whatever as lines. In an ordinary build only the seeds are run; drain's README says how to fuzz for real.
 */
class MinerFuzzTest {
    private static final MinerSettings SMALL = new MinerSettings(
            16,
            8,
            64,
            64,
            2,
            2,
            2,
            true,
            true,
            List.of(),
            List.of(new Declared("declared", "a <*> b")),
            Format.AUTO,
            0);

    @FuzzTest(maxDuration = "5m")
    void lexerTakesAnyBytes(byte[] input) {
        Mined.all(MinerSettings.DEFAULTS.withHeader(false), lines(input)).check();
    }

    /** Tight caps reach the overflow templates, the cut of long lines and the cache's end within a few bytes. */
    @FuzzTest(maxDuration = "5m")
    void tightCapsLoseNoLine(byte[] input) {
        Mined.all(SMALL, lines(input)).check();
    }

    @FuzzTest(maxDuration = "5m")
    void headerLearnerTakesAnyBytes(FuzzedDataProvider data) {
        String head = data.pickValue(HEADS);
        StringBuilder all = new StringBuilder();
        while (data.remainingBytes() > 0 && all.length() < 20_000) {
            if (data.consumeBoolean()) {
                all.append(head);
            } else if (data.consumeBoolean()) {
                all.append(data.pickValue(HEADS));
            }
            all.append(data.consumeString(60)).append('\n');
        }
        Mined.all(MinerSettings.DEFAULTS, lines(all.toString().getBytes(StandardCharsets.ISO_8859_1)))
                .check();
    }

    @FuzzTest(maxDuration = "5m")
    void jsonPathTakesAnyBytes(FuzzedDataProvider data) {
        StringBuilder all = new StringBuilder();
        while (data.remainingBytes() > 0 && all.length() < 20_000) {
            all.append("{\"msg\":\"");
            int parts = data.consumeInt(0, 8);
            for (int i = 0; i < parts; i++) {
                all.append(data.consumeBoolean() ? data.pickValue(JSON) : data.consumeString(12));
            }
            all.append(data.consumeBoolean() ? "\"}\n" : "\n");
        }
        Mined.all(MinerSettings.DEFAULTS, lines(all.toString().getBytes(StandardCharsets.ISO_8859_1)))
                .check();
    }

    private static final String[] HEADS = {
        "2025-03-04 08:15:00,123 INFO [main] org.example.Api - ",
        "2025-03-04T08:15:00.123+01:00  WARN 4711 --- [           main] o.e.Api : ",
        "Mar  4 08:15:00 web-03 sshd[4711]: ",
        "I0304 08:15:00.123456    4711 kubelet.go:2199] ",
        "[2025-03-04 08:15:00] ",
        "08:15:00.123 | DEBUG | ",
        "1741078800.123 ",
        "<13>1 2025-03-04T08:15:00Z host app 1 - - ",
        "127.0.0.1 - - [04/Mar/2025:08:15:00 +0000] ",
        "\u001b[32mINFO\u001b[0m ",
        "[ERROR] ",
        "Traceback (most recent call last):",
        "\tat org.example.Api.run(Api.java:1)",
    };

    private static final String[] JSON = {
        "\",\"",
        "\":",
        "\\u",
        "\\ud83d",
        "\\",
        "{\"a\":",
        "[",
        "]",
        "}",
        "\"level\":\"error\"",
        "\"time\":",
        "1e308",
        "null",
        ","
    };

    private static List<byte[]> lines(byte[] input) {
        return GoldenTest.Lines.of(input);
    }
}
