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

    /** The source seen last, and the end of the interval it went on in: mostly the next entry follows there. */
    private String last = "";

    private TreeMap<Long, Long> lastIntervals = new TreeMap<>();
    private long lastFrom;
    private long lastEnd = -1;
    private boolean open;

    /** Whether an entry is new; notes it. */
    boolean isNew(Entry entry) {
        return entry.seq() < 0 || isNew(entry.source(), entry.seq(), entry.count());
    }

    private boolean isNew(String source, long seq, long count) {
        long end = seq + Math.max(1, count);
        boolean same = source.equals(last);
        if (same && seq == lastEnd && open) {
            lastEnd = end;
            return true;
        }
        settle();
        TreeMap<Long, Long> intervals = same ? lastIntervals : shown.computeIfAbsent(source, key -> new TreeMap<>());
        last = source;
        lastIntervals = intervals;
        lastEnd = -1;
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
        // Only behind the last interval nothing stands in the way of what follows.
        open = joined == null && intervals.lastKey() == from;
        lastFrom = from;
        lastEnd = end;
        return true;
    }

    /** Writes down how far the interval seen last has grown. */
    private void settle() {
        if (lastEnd >= 0 && open) {
            lastIntervals.put(lastFrom, lastEnd);
        }
    }
}
