package dev.weir.topology;

import java.util.Map;
import org.apache.kafka.streams.state.RocksDBConfigSetter;
import org.jspecify.annotations.Nullable;
import org.rocksdb.BlockBasedTableConfig;
import org.rocksdb.BloomFilter;
import org.rocksdb.Cache;
import org.rocksdb.LRUCache;
import org.rocksdb.Options;
import org.rocksdb.WriteBufferManager;

/**
 * Bounds the memory of all RocksDB instances of this process together. By default every segment of every store has
 * 50 MB of cache and 48 MB of buffers of its own. Buffers are charged to the cache, so that one number bounds both.
 *
 * <p>Kafka makes one of these for every store, so what they share is static; it lives as long as the process.
 */
public final class RocksMemory implements RocksDBConfigSetter {
    static final String BYTES = "weir.rocksdb.bytes";
    private static final long WRITE_BUFFER = 8L << 20;
    private static final int BLOCK = 8 << 10;

    private static @Nullable Cache cache;
    private static @Nullable WriteBufferManager buffers;

    @Override
    public void setConfig(String storeName, Options options, Map<String, Object> configs) {
        share(options, Long.parseLong(String.valueOf(configs.get(BYTES))));
        options.setWriteBufferSize(WRITE_BUFFER);
        options.setMaxWriteBufferNumber(2);
    }

    private static synchronized void share(Options options, long bytes) {
        Cache shared = cache;
        WriteBufferManager manager = buffers;
        if (shared == null || manager == null) {
            shared = new LRUCache(bytes, -1, false, 0.2);
            manager = new WriteBufferManager(bytes / 2, shared);
            cache = shared;
            buffers = manager;
        }
        options.setWriteBufferManager(manager);
        BlockBasedTableConfig table = (BlockBasedTableConfig) options.tableFormatConfig();
        table.setBlockCache(shared);
        table.setBlockSize(BLOCK);
        table.setFilterPolicy(new BloomFilter(10));
        table.setCacheIndexAndFilterBlocks(true);
        table.setCacheIndexAndFilterBlocksWithHighPriority(true);
        table.setPinL0FilterAndIndexBlocksInCache(true);
        options.setTableFormatConfig(table);
    }

    /** Bytes in the shared cache now, buffers included; 0 before the first store is open. */
    static synchronized long used() {
        return cache == null ? 0 : cache.getUsage();
    }

    @Override
    public void close(String storeName, Options options) {}
}
