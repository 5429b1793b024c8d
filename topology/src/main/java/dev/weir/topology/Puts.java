package dev.weir.topology;

import dev.weir.topology.rows.Packer;
import dev.weir.topology.rows.RowKey;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.WindowStore;
import org.jspecify.annotations.Nullable;

/**
 * The rows of one batch, gathered while it is being worked out and put together at its end: so an exception before
 * leaves nothing half done, and the run's lock is held for the puts alone. Confined to one stream task.
 */
final class Puts {
    /** A row; null takes it away. */
    private record Put(Bytes key, byte @Nullable [] row, long window) {}

    private final List<Put> gathered = new ArrayList<>();
    private final Packer packer = new Packer();
    private long bytes;

    /** Starts gathering rows that reflect the record at this offset. */
    Puts at(long offset) {
        gathered.clear();
        bytes = 0;
        packer.at(offset);
        return this;
    }

    Packer packer() {
        return packer;
    }

    void add(Bytes key, byte[] row, long window) {
        gathered.add(new Put(key, row, window));
    }

    void remove(Bytes key, long window) {
        gathered.add(new Put(key, null, window));
    }

    /** Whether any of it is what {@link KnownTemplates} keeps. */
    boolean hasTemplates() {
        for (Put put : gathered) {
            if (RowKey.isOfTemplate(put.key)) {
                return true;
            }
        }
        return false;
    }

    int size() {
        return gathered.size();
    }

    /** Bytes put since the start, keys not included. */
    long bytes() {
        return bytes;
    }

    void putAll(WindowStore<Bytes, byte[]> store) {
        for (Put put : gathered) {
            store.put(put.key, put.row, put.window);
            bytes += put.row == null ? 0 : put.row.length;
        }
    }
}
