package dev.weir.topology;

import dev.weir.schemas.RunState;
import dev.weir.topology.rows.Ledger;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The little that the clock needs to know of every run of a partition, in heap or not: read once from the ledgers when
 * a task starts. Confined to one stream task.
 */
final class RunIndex {
    /** What a run's ledger said last. */
    static final class Entry {
        final String key;
        RunState state = RunState.UNKNOWN;
        long lastActivity;
        long lastLine;
        long startedAt;
        long beats;
        long longestPause;
        /** When it was last silent beyond its rhythm, so that this is said once a silence. */
        long stalledAt;

        Entry(String key) {
            this.key = key;
        }

        boolean open() {
            return state != RunState.COMPLETED && state != RunState.FAILED && state != RunState.CANCELLED;
        }
    }

    private final Map<String, Entry> entries = new HashMap<>();
    private final Map<String, Integer> perTenant = new HashMap<>();

    void note(String key, Ledger ledger) {
        Entry entry = entries.computeIfAbsent(key, fresh -> {
            perTenant.merge(tenant(fresh), 1, Integer::sum);
            return new Entry(fresh);
        });
        entry.state = ledger.state;
        entry.lastActivity = ledger.lastActivity;
        entry.lastLine = ledger.lastLine;
        entry.startedAt = ledger.startedAt;
        entry.beats = ledger.beats;
        entry.longestPause = ledger.longestPause;
    }

    void remove(String key) {
        if (entries.remove(key) != null) {
            perTenant.merge(tenant(key), -1, Integer::sum);
        }
    }

    @Nullable
    Entry get(String key) {
        return entries.get(key);
    }

    int runs(String tenant) {
        return perTenant.getOrDefault(tenant, 0);
    }

    /** The run of a tenant that has been idle for longest. Seldom asked: only when a tenant is full. */
    Optional<Entry> idlest(String tenant) {
        return entries.values().stream()
                .filter(entry -> tenant(entry.key).equals(tenant))
                .min(Comparator.comparingLong(entry -> entry.lastActivity));
    }

    void forEach(Consumer<Entry> visitor) {
        entries.values().forEach(visitor);
    }

    static String tenant(String key) {
        return key.substring(0, key.indexOf('/'));
    }
}
