package dev.weir.topology;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The templates of runs that were read lately. Most batches change counts only, so most readings find here what they
 * would have to read and decode again. A run's rows are known by the number of times that rows like them were written on
 * its stripe of {@link RunLocks}: the same number, the same rows. Safe for any number of threads.
 */
final class KnownTemplates {
    private static final int SHARE_OF_HEAP = 32;

    private final long most;
    private final Map<String, Run> byKey = new LinkedHashMap<>(16, 0.75f, true);
    private long bytes;

    KnownTemplates() {
        this(Runtime.getRuntime().maxMemory() / SHARE_OF_HEAP);
    }

    /** @param most bytes of rows whose decoded form is kept */
    KnownTemplates(long most) {
        this.most = most;
    }

    /**
     * All templates of one run.
     *
     * @param version how often such rows had been written when these were read
     * @param birth the run's first record: another run of the same name has other rows
     * @param bucket the time they were read in: with the next bucket old rows may leave
     */
    record Run(long version, long birth, long bucket, TreeMap<Integer, KnownTemplate> templates) {
        boolean isOf(long version, long birth, long bucket) {
            return this.version == version && this.birth == birth && this.bucket == bucket;
        }

        long bytes() {
            long sum = 0;
            for (KnownTemplate template : templates.values()) {
                sum += template.bytes();
            }
            return sum;
        }
    }

    synchronized @Nullable Run find(String key) {
        return byKey.get(key);
    }

    synchronized void keep(String key, Run run) {
        Run before = byKey.remove(key);
        bytes -= before == null ? 0 : before.bytes();
        long more = run.bytes();
        if (more > most) {
            return;
        }
        byKey.put(key, run);
        bytes += more;
        while (bytes > most) {
            Map.Entry<String, Run> eldest = byKey.entrySet().iterator().next();
            bytes -= eldest.getValue().bytes();
            byKey.remove(eldest.getKey());
        }
    }
}
