package dev.weir.mcp;

import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Raw lines as the tools give them: where a line is, when it came, what it says. */
final class Lines {
    private Lines() {}

    static Map<String, Object> brief(Map<String, Object> given) {
        Map<String, Object> clean = Untrusted.object(given);
        Map<String, Object> brief = new LinkedHashMap<>();
        for (String name : List.of("position", "arrived", "marker", "count", "untrustedText", "untrustedReason")) {
            Object value = clean.get(name);
            if (value != null) {
                brief.put(name, value);
            }
        }
        for (String side : List.of("before", "after")) {
            List<String> texts = Json.children(given, side).stream()
                    .map(line -> CleanText.of(Json.string(line, "text"), Untrusted.LONGEST))
                    .toList();
            if (!texts.isEmpty()) {
                brief.put(Untrusted.named(side), texts);
            }
        }
        return brief;
    }

    /** When a line arrived, in milliseconds; 0 if it does not say. */
    static long arrived(Map<String, Object> line) {
        try {
            return Instant.parse(Json.string(line, "arrived")).toEpochMilli();
        } catch (DateTimeParseException unsaid) {
            return 0;
        }
    }
}
