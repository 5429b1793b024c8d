package dev.weir.mcp;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * An answer of the API with everything that a run may have written moved into fields named {@code untrusted…} and cleaned.
 * It is so for every text that is not known to be weir's own, so that a field which the API gains tomorrow is untrusted,
 * too.
 */
final class Untrusted {
    static final int LONGEST = 2_000;
    private static final Set<String> OURS = Set.of(
            "id",
            "run",
            "status",
            "signal",
            "mode",
            "level",
            "change",
            "kind",
            "type",
            "at",
            "asOf",
            "startedAt",
            "endedAt",
            "lastActivity",
            "firstSeen",
            "lastSeen",
            "arrived",
            "from",
            "to",
            "cursor",
            "note",
            "why",
            "marker",
            "position",
            "first");
    /** What weir writes in such fields; no sentence fits. */
    private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9._:+~-]{0,400}");
    /** Objects whose very names are a run's: reasons of filters, labels. */
    private static final Set<String> NAMED_BY_RUNS = Set.of("labels", "droppedBy", "rejectedBy");

    private Untrusted() {}

    static Map<String, Object> object(Map<String, Object> given) {
        Map<String, Object> clean = new LinkedHashMap<>();
        given.forEach((name, value) -> put(clean, name, value));
        return clean;
    }

    /** The name that a text of a run goes by: {@code text} is {@code untrustedText}. */
    static String named(String name) {
        return "untrusted" + Character.toUpperCase(name.charAt(0)) + name.substring(1);
    }

    private static void put(Map<String, Object> clean, String name, Object value) {
        if (NAMED_BY_RUNS.contains(name)) {
            List<String> pairs = new ArrayList<>();
            new TreeMap<>(Json.child(Map.of(name, value), name))
                    .forEach((key, one) -> pairs.add(CleanText.of(key + "=" + one, LONGEST)));
            if (!pairs.isEmpty()) {
                clean.put(named(name), pairs);
            }
        } else if (value instanceof String text) {
            if (OURS.contains(name) && PLAIN.matcher(text).matches()) {
                clean.put(name, text);
            } else {
                clean.put(named(name), CleanText.of(text, LONGEST));
            }
        } else if (value instanceof List<?> list) {
            boolean texts = list.stream().anyMatch(String.class::isInstance);
            clean.put(
                    texts ? named(name) : name,
                    list.stream().map(Untrusted::item).toList());
        } else if (value instanceof Map<?, ?>) {
            clean.put(name, object(Json.child(Map.of(name, value), name)));
        } else if (value instanceof Number || value instanceof Boolean) {
            clean.put(name, value);
        }
    }

    private static Object item(Object item) {
        if (item instanceof Map<?, ?>) {
            return object(Json.child(Map.of("item", item), "item"));
        }
        return item instanceof Number || item instanceof Boolean ? item : CleanText.of(String.valueOf(item), LONGEST);
    }
}
