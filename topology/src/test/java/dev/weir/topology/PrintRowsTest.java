package dev.weir.topology;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PrintRowsTest {
    @Test
    void describesEveryKindOfRow() {
        try (Driven driven = new Driven(Map.of())) {
            driven.record("run", LifeCycleTest.started());
            driven.lines("run", "out", 0, "opened port 8080", "opened port 9090");
            driven.pass(Duration.ofMinutes(2));
            driven.lines("run", "out", 2, "opened port 7070");

            List<String> printed = new ArrayList<>();
            try (var rows = driven.rows.all()) {
                rows.forEachRemaining(row -> printed.add(
                        PrintRows.describe(row.key.key(), row.key.window().start(), row.value)));
            }

            for (String part : List.of(
                    "ledger: RUNNING, read 3 = counted 3 +",
                    "facts: job null",
                    "source out: epoch 1, accepted [0, 3)",
                    "tally page 0: 0=2",
                    "tally page 0: 0=1",
                    "totals page until 2026-03-01T12:02:00Z 0: 0=2",
                    "template 0: opened port <*>",
                    "slots of template 0")) {
                assertTrue(printed.stream().anyMatch(line -> line.contains(part)), part + " in " + printed);
            }
            assertTrue(printed.stream().noneMatch(line -> line.contains("does not know")));
        }
    }
}
