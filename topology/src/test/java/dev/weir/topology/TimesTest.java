package dev.weir.topology;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.weir.topology.rows.RowKey;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.internals.WindowKeySchema;
import org.junit.jupiter.api.Test;

class TimesTest {
    private static final long NOW = 1_790_000_000_000L;

    @Test
    void readingOneRunsRowsStopsBeforeTheNextRuns() {
        Bytes end = new WindowKeySchema()
                .upperRange(RowKey.of(RowKey.TEMPLATE, "default/run-1", Integer.MAX_VALUE), Times.LAST);

        Bytes own = RowKey.of(RowKey.TEMPLATE, "default/run-1", Integer.MAX_VALUE);
        Bytes next = RowKey.of(RowKey.TEMPLATE, "default/run-10", 0);
        assertTrue(stored(own).compareTo(end) <= 0, "its own last row");
        assertTrue(stored(next).compareTo(end) > 0, "the next run's first row");
    }

    private static Bytes stored(Bytes key) {
        return WindowKeySchema.toStoreKeyBinary(key, NOW, 0);
    }
}
