package dev.weir.bench.faults;

import java.util.Map;
import java.util.TreeMap;

/** What a server says of a run: lines by the text of their template, and its books. */
record Counts(Map<String, Long> byTemplate, long read, long counted, long duplicates, boolean addsUp) {
    /** Lines too few and lines too many, template by template, against what should be there. */
    Difference against(Map<String, Long> expected) {
        long lost = 0;
        long twice = 0;
        Map<String, Long> all = new TreeMap<>(expected);
        byTemplate.keySet().forEach(text -> all.putIfAbsent(text, 0L));
        for (Map.Entry<String, Long> one : all.entrySet()) {
            long more = byTemplate.getOrDefault(one.getKey(), 0L) - one.getValue();
            lost += Math.max(0, -more);
            twice += Math.max(0, more);
        }
        return new Difference(lost, twice);
    }

    record Difference(long lost, long twice) {
        Difference plus(Difference other) {
            return new Difference(lost + other.lost, twice + other.twice);
        }
    }
}
