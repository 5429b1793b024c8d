package dev.weir.api.lines;

import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

/**
 * Knows entries that were shown already: a producer that lost an acknowledgement sends them again, and the topic holds
 * both. What lies before the first number seen of a source is older than what is being read, so it is a resend as well.
 */
final class Resends {
    private final Map<String, TreeMap<Long, Long>> shown = new HashMap<>();

    /** Whether an entry is new; notes it. */
    boolean isNew(Entry entry) {
        return entry.seq() < 0 || isNew(entry.source(), entry.seq(), entry.count());
    }

    private boolean isNew(String source, long seq, long count) {
        TreeMap<Long, Long> intervals = shown.computeIfAbsent(source, key -> new TreeMap<>());
        long end = seq + Math.max(1, count);
        if (!intervals.isEmpty() && seq < intervals.firstKey()) {
            return false;
        }
        Map.Entry<Long, Long> before = intervals.floorEntry(seq);
        if (before != null && before.getValue() > seq) {
            return false;
        }
        long from = before != null && before.getValue() == seq ? before.getKey() : seq;
        Long joined = intervals.remove(end);
        intervals.put(from, joined == null ? end : joined);
        return true;
    }
}
