package dev.weir.topology;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The models of the runs that were active last, within a number of bytes: the least recently used leaves first, to be
 * rebuilt from its rows should it speak again. Confined to one stream task.
 */
final class Models {
    private final long most;
    private final Map<String, RunModel> byKey = new LinkedHashMap<>(16, 0.75f, true);
    private long bytes;

    Models(long most) {
        this.most = most;
    }

    @Nullable
    RunModel get(String key) {
        return byKey.get(key);
    }

    /** Keeps a model that has just been used, at the size it has now. */
    void keep(RunModel run, long heapBytes) {
        RunModel before = byKey.put(run.key, run);
        bytes += heapBytes - (before == null ? 0 : before.heapBytes);
        run.heapBytes = heapBytes;
    }

    void drop(String key) {
        RunModel run = byKey.remove(key);
        if (run != null) {
            bytes -= run.heapBytes;
        }
    }

    /** Makes room; {@code settle} writes what a model holds and its rows do not. The newest one always stays. */
    void trim(Consumer<RunModel> settle) {
        Iterator<RunModel> eldest = byKey.values().iterator();
        while (bytes > most && byKey.size() > 1) {
            RunModel run = eldest.next();
            settle.accept(run);
            eldest.remove();
            bytes -= run.heapBytes;
        }
    }

    Iterable<RunModel> all() {
        return byKey.values();
    }

    int size() {
        return byKey.size();
    }

    long bytes() {
        return bytes;
    }

    void clear() {
        byKey.clear();
        bytes = 0;
    }
}
