package dev.weir.compact;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The lines that were chosen, in the order they were written and as they are shown: indentation that all lines of a block
 * have is not written, a long beginning that a line shares with the one above is written once, an ellipsis stands for what
 * was left out.
 */
final class Page {
    /** What a line takes beside its own bytes. */
    static final int FRAME = 3;

    private static final String LEFT_OUT = "…";
    private static final int OF_LEFT_OUT = 3 + FRAME;

    /** A line and, for one of many, what all of its kind have in common. */
    private record Written(Candidate line, @Nullable String kind) {}

    private final int room;
    private final TreeMap<Long, Written> lines = new TreeMap<>();
    private int taken;

    Page(int room) {
        this.room = room;
    }

    boolean full() {
        return taken + FRAME >= room;
    }

    /** Whether there was room for it. */
    boolean add(Candidate line, @Nullable String kind) {
        NavigableMap<Long, Written> around = around(line.position);
        int before = size(around);
        lines.put(line.position, new Written(line, kind));
        int more = size(around) - before;
        if (taken + more > room) {
            lines.remove(line.position);
            return false;
        }
        taken += more;
        return true;
    }

    List<String> lines() {
        return printed(lines);
    }

    /** The blocks that a line at this place may change: those of the lines before and after it. */
    private NavigableMap<Long, Written> around(long position) {
        Long from = lines.lowerKey(position);
        for (Long next = from; next != null && from != null && from - next <= 1; next = lines.lowerKey(from)) {
            from = next;
        }
        Long to = lines.higherKey(position);
        for (Long next = to; next != null && to != null && next - to <= 1; next = lines.higherKey(to)) {
            to = next;
        }
        return lines.subMap(from == null ? 0 : from, true, to == null ? Long.MAX_VALUE : to, true);
    }

    private int size(NavigableMap<Long, Written> some) {
        int size = 0;
        for (String line : printed(some)) {
            size += line.equals(LEFT_OUT) ? OF_LEFT_OUT : bytes(line) + FRAME;
        }
        return size;
    }

    private List<String> printed(NavigableMap<Long, Written> some) {
        List<String> all = new ArrayList<>();
        if (some.isEmpty()) {
            return all;
        }
        Map.Entry<Long, Written> before = lines.lowerEntry(some.firstKey());
        Written above = before == null ? null : before.getValue();
        long at = above == null ? 0 : above.line.position;
        List<Written> block = new ArrayList<>();
        for (Written next : some.values()) {
            if (next.line.position > at + 1) {
                above = print(block, above, all);
                all.add(LEFT_OUT);
            }
            block.add(next);
            at = next.line.position;
        }
        print(block, above, all);
        return all;
    }

    /** Prints the block and empties it; returns its last line. */
    private static @Nullable Written print(List<Written> block, @Nullable Written above, List<String> all) {
        int margin = margin(block);
        Written last = above;
        for (Written next : block) {
            String text = next.line.text();
            int shared = last == null ? 0 : Beginning.shared(last.line, next.line);
            String rest = text.substring(shared > 0 ? shared : margin);
            String fitting = next.line.wrong ? rest : Cut.to(Candidate.CONTEXT, rest);
            all.add(shared > 0 ? "<*>" + fitting : fitting);
            if (next.kind != null) {
                all.add(next.kind.startsWith(text.substring(0, margin)) ? next.kind.substring(margin) : next.kind);
            }
            last = next;
        }
        block.clear();
        return last;
    }

    /** White space that every line of the block begins with. */
    private static int margin(List<Written> block) {
        if (block.isEmpty()) {
            return 0;
        }
        String first = block.get(0).line.text();
        int margin = 0;
        while (margin < first.length() && (first.charAt(margin) == ' ' || first.charAt(margin) == '\t')) {
            margin++;
        }
        for (Written next : block) {
            String text = next.line.text();
            int same = 0;
            while (same < margin && same < text.length() && text.charAt(same) == first.charAt(same)) {
                same++;
            }
            margin = same;
        }
        return margin;
    }

    private static int bytes(String line) {
        return line.getBytes(StandardCharsets.UTF_8).length;
    }
}
