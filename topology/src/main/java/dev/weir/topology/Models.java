package dev.weir.topology;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The models of a partition's runs that were active last. All partitions of a server share a number of bytes; each makes
 * room from its own, the least recently used first, to be rebuilt from its rows should it speak again. Confined to one
 * stream task, but for what is shared.
 */
final class Models {
    private final long most;
    private final AtomicLong allModels;
    private final AtomicLong allBytes;
    private final Map<String, RunModel> byKey = new LinkedHashMap<>(16, 0.75f, true);
    private long bytes;

    /** @param most bytes of all partitions' models */
    Models(long most, Counters counters) {
        this.most = most;
        this.allModels = counters.models;
        this.allBytes = counters.modelBytes;
    }

    @Nullable
    RunModel get(String key) {
        return byKey.get(key);
    }

    /** Keeps a model that has just been used, at the size it has now. */
    void keep(RunModel run, long heapBytes) {
        RunModel before = byKey.put(run.key, run);
        if (before != null) {
            before.isKept = false;
        }
        run.isKept = true;
        grow(before == null ? 1 : 0, heapBytes - (before == null ? 0 : before.heapBytes));
        run.heapBytes = heapBytes;
    }

    void drop(String key) {
        RunModel run = byKey.remove(key);
        if (run != null) {
            run.isKept = false;
            grow(-1, -run.heapBytes);
        }
    }

    private void grow(int models, long moreBytes) {
        bytes += moreBytes;
        allModels.addAndGet(models);
        allBytes.addAndGet(moreBytes);
    }

    /** Makes room; {@code settle} writes what a model holds and its rows do not. The newest one always stays. */
    void trim(Consumer<RunModel> settle) {
        Iterator<RunModel> eldest = byKey.values().iterator();
        while (byKey.size() > 1 && allBytes.get() > most) {
            RunModel run = eldest.next();
            settle.accept(run);
            eldest.remove();
            run.isKept = false;
            grow(-1, -run.heapBytes);
        }
    }

    Iterable<RunModel> all() {
        return byKey.values();
    }

    void clear() {
        grow(-byKey.size(), -bytes);
        byKey.clear();
    }
}
