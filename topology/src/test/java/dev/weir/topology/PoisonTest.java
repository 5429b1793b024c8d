package dev.weir.topology;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.weir.schemas.DeadLetter;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.header.Headers;
import org.junit.jupiter.api.Test;

class PoisonTest {
    @Test
    void buriesWhatIsUnreadableWithReasonAndPositionAndGoesOn() {
        try (Driven driven = new Driven(Map.of())) {
            byte[] good = driven.framed("out", 0, List.of("one".getBytes(StandardCharsets.UTF_8)));
            byte[] cut = Arrays.copyOf(good, good.length - 3);
            byte[] foreign = good.clone();
            foreign[0] = 'x';
            byte[] unknownSchema = good.clone();
            unknownSchema[4] = 99;
            for (byte[] value : List.of(cut, foreign, unknownSchema, new byte[0])) {
                driven.raw("default/run", value);
            }
            driven.raw("default/run", good);

            RunView run = driven.view("run");

            assertEquals(4, run.accounting().undecodable());
            assertEquals(1, run.accounting().counted());
            assertTrue(run.accounting().addsUp());
            var letters = driven.deadLetters();
            assertEquals(4, letters.size());
            assertEquals("undecodable", header(letters.get(1).headers(), DeadLetter.REASON));
            assertEquals("1", header(letters.get(1).headers(), DeadLetter.OFFSET));
            assertEquals("weir.lines", header(letters.get(1).headers(), DeadLetter.TOPIC));
            assertTrue(header(letters.get(1).headers(), DeadLetter.DETAIL).contains("0x78"));
            assertEquals(foreign.length, letters.get(1).value().length);
        }
    }

    @Test
    void buriesARecordOnAnotherPartitionThanItsKeys() {
        try (Driven driven = new Driven(Map.of(), 2)) {
            for (int run = 0; run < 8; run++) {
                driven.lines("run-" + run, "out", 0, "one");
            }

            var letters = driven.deadLetters();

            assertTrue(letters.size() > 0 && letters.size() < 8, letters.size() + " were refused");
            for (var letter : letters) {
                assertEquals("partition", header(letter.headers(), DeadLetter.REASON));
                assertTrue(header(letter.headers(), DeadLetter.DETAIL).contains("murmur2_random"));
            }
            assertEquals(8 - letters.size(), driven.shared.counters().batches.sum());
        }
    }

    @Test
    void refusesEntriesThatAreTooLongAndCountsTheRestOfTheirBatch() {
        try (Driven driven = new Driven(Map.of())) {
            driven.raw("default/run", driven.framed("out", 0, List.of(new byte[Batches.LONGEST_ENTRY + 1], new byte[] {
                'a'
            })));

            RunView run = driven.view("run");

            assertEquals(2, run.accounting().read());
            assertEquals(1, run.accounting().counted());
            assertEquals(
                    Map.of("entry longer than 256 KiB", 1L), run.accounting().rejected());
            var letters = driven.deadLetters();
            assertEquals(1, letters.size());
            assertEquals("too-long", header(letters.get(0).headers(), DeadLetter.REASON));
            assertEquals("0", header(letters.get(0).headers(), DeadLetter.OFFSET));
        }
    }

    @Test
    void neverReachesIntoAnotherTenantByAName() {
        try (Driven driven = new Driven(Map.of())) {
            for (String key : List.of("default", "/run", "default/", "default/a/b", "default/ü", "de fault/run", "")) {
                driven.raw(key, new byte[] {0});
            }

            assertEquals(7, driven.deadLetters().size());
            assertEquals(
                    List.of(), driven.reader.runs("default", Long.MAX_VALUE, 10).runs());
        }
    }

    private static String header(Headers headers, String name) {
        return new String(headers.lastHeader(name).value(), StandardCharsets.UTF_8);
    }
}
