package dev.weir.topology;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.weir.schemas.RunState;
import dev.weir.schemas.RunStatus;
import dev.weir.topology.rows.Layout;
import dev.weir.topology.rows.RowKey;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RowsTest {
    private static final int STAMP = 8;

    @Test
    void ofAnotherLayoutAreRefusedWhenTheTaskStarts() {
        try (Driven driven = new Driven(Map.of())) {
            driven.lines("run", "out", 0, "one");
            byte[] row = driven.newestRow(RowKey.of(RowKey.LEDGER, "default/run"));
            byte[] older = row.clone();
            older[STAMP] = 1;
            byte[] cut = Arrays.copyOf(row, STAMP + 3);

            for (byte[] foreign : List.of(older, cut, new byte[] {1, 2, 3})) {
                driven.rows.put(RowKey.of(RowKey.LEDGER, "default/run"), foreign, driven.now());
                RunRows rows = new RunRows(driven.rows, Buckets.of(driven.settings), (facts, ledger) -> {
                    throw new AssertionError("A miner was made");
                });

                Layout.Foreign refused = assertThrows(Layout.Foreign.class, () -> rows.ledgers((key, ledger) -> {}));

                assertTrue(String.valueOf(refused.getMessage()).contains("this weir needs " + Layout.CURRENT));
            }
        }
    }

    @Test
    void areCountedWithTheirBytes() {
        try (Driven driven = new Driven(Map.of())) {
            driven.lines("run", "out", 0, "one", "two");

            Map<String, Double> meters = new java.util.TreeMap<>();
            driven.shared
                    .counters()
                    .meters()
                    .forEach(meter -> meters.put(meter.name(), meter.value().getAsDouble()));

            assertEquals(5, meters.get("weir.puts"));
            assertTrue(meters.getOrDefault("weir.puts.bytes", 0.0) > 100, meters.toString());
            assertEquals(2, meters.get("weir.batch.lines"));
            assertEquals(1, meters.get("weir.batches"));
        }
    }

    static RunStatus status() {
        return RunStatus.newBuilder()
                .setTenant("default")
                .setRun("run")
                .setStatus(RunState.RUNNING)
                .setLastActivity(Instant.EPOCH)
                .setRead(0)
                .setCounted(0)
                .setDropped(0)
                .setEvicted(0)
                .setRejected(0)
                .setTemplates(0)
                .setAsOf(0)
                .build();
    }
}
