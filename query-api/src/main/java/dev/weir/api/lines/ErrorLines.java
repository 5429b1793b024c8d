package dev.weir.api.lines;

import dev.weir.api.lines.LineLog.RunRef;
import dev.weir.topology.Position;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * The event that a position lies in: the line itself with what continues it, before and after, of the same source. A
 * continuation is what the eye takes for one: indented, or a stack trace's own words.
 */
final class ErrorLines {
    /** How many records before the position the event's first line is looked for in. */
    private static final int RECORDS_BACK = 32;

    private static final int RECORDS_AFTER = 64;

    private ErrorLines() {}

    static List<String> around(LineLog log, RunRef run, Position position, int most) {
        long from = Math.max(log.begin(run), position.offset() - RECORDS_BACK);
        Deque<Entry> before = new ArrayDeque<>();
        List<String> after = new ArrayList<>();
        String[] source = {""};
        log.scan(run, from, Math.min(log.end(run), position.offset() + RECORDS_AFTER), entry -> {
            if (!entry.isLine()) {
                return true;
            }
            int order = new Position(entry.offset(), entry.index()).compareTo(position);
            if (order <= 0) {
                source[0] = order == 0 ? entry.source() : source[0];
                before.add(entry);
                if (before.size() > most) {
                    before.remove();
                }
                return true;
            }
            if (entry.source().equals(source[0])) {
                after.add(entry.text());
                return after.size() < most && continues(entry.text());
            }
            return true;
        });
        return joined(before, after, source[0]);
    }

    private static List<String> joined(Deque<Entry> before, List<String> after, String source) {
        ArrayDeque<String> event = new ArrayDeque<>();
        boolean more = true;
        while (more && !before.isEmpty()) {
            Entry entry = before.removeLast();
            if (entry.source().equals(source)) {
                event.addFirst(entry.text());
                more = continues(entry.text());
            }
        }
        for (String text : after) {
            if (!continues(text)) {
                break;
            }
            event.addLast(text);
        }
        return List.copyOf(event);
    }

    static boolean continues(String text) {
        return text.isBlank()
                || Character.isWhitespace(text.charAt(0))
                || text.startsWith("Caused by:")
                || text.startsWith("...");
    }
}
