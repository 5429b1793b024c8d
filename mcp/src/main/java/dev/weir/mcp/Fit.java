package dev.weir.mcp;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Holds an answer to its budget: long texts are cut first, then lists lose their ends, in the order given. What leaves is
 * counted in {@code omitted}, and the lines of templates that leave with it, so that counts still add up.
 */
final class Fit {
    static final int DEFAULT_BUDGET = 1_500;
    static final int BYTES_PER_TOKEN = 4;
    private static final int FIRST_CUT = 300;
    private static final int LAST_CUT = 60;

    private final Map<String, Object> answer;
    private final int most;

    private Fit(Map<String, Object> answer, int most) {
        this.answer = answer;
        this.most = most;
    }

    /**
     * @param answer changed in place
     * @param spent bytes that the budget must hold besides
     * @param lists names of lists that may lose items, the least important first; {@code a.b} is b within a
     */
    static Map<String, Object> within(Map<String, Object> answer, int budget, int spent, List<String> lists) {
        new Fit(answer, budget * BYTES_PER_TOKEN - spent).cut(lists);
        return answer;
    }

    private void cut(List<String> lists) {
        answer.put("truncated", left());
        if (!left()) {
            answer.remove("omitted");
        }
        if (answer.get("hints") instanceof List<?> hints && hints.isEmpty()) {
            answer.remove("hints");
        }
        if (fits()) {
            return;
        }
        shorten(answer, FIRST_CUT);
        for (String name : lists) {
            if (fits()) {
                return;
            }
            answer.put("truncated", true);
            drop(name);
        }
        if (!fits()) {
            shorten(answer, LAST_CUT);
        }
        // Counts of zero are not worth their room where room is what lacks.
        for (String detail : List.of("hints", "counts", "signals", "untrustedTitle", "untrustedJob", "firstError")) {
            if (!fits()) {
                answer.remove(detail);
            }
        }
    }

    private boolean left() {
        return Json.child(answer, "omitted").values().stream()
                .anyMatch(value -> value instanceof Number number && number.longValue() > 0);
    }

    private boolean fits() {
        return Json.bytes(answer).length <= most;
    }

    private void drop(String path) {
        int dot = path.indexOf('.');
        Map<String, Object> holder = dot < 0 ? answer : Json.child(answer, path.substring(0, dot));
        String name = path.substring(dot + 1);
        if (!(holder.get(name) instanceof List<?> list) || list.isEmpty()) {
            return;
        }
        Map<String, Object> before = new LinkedHashMap<>(Json.child(answer, "omitted"));
        int keep = 0;
        int tooMany = list.size();
        while (keep + 1 < tooMany) {
            int middle = (keep + tooMany) / 2;
            keepFirst(holder, name, list, middle, before);
            if (fits()) {
                keep = middle;
            } else {
                tooMany = middle;
            }
        }
        keepFirst(holder, name, list, keep, before);
    }

    private void keepFirst(
            Map<String, Object> holder, String name, List<?> list, int keep, Map<String, Object> omittedBefore) {
        holder.put(name, new ArrayList<>(list.subList(0, keep)));
        Map<String, Object> omitted = new LinkedHashMap<>(omittedBefore);
        String what = what(name);
        omitted.put(what, Json.number(omitted, what) + list.size() - keep);
        if (what.equals("templates")) {
            long lines = list.subList(keep, list.size()).stream()
                    .mapToLong(item -> Json.number(Json.child(Map.of("item", item), "item"), "count"))
                    .sum();
            omitted.put("lines", Json.number(omitted, "lines") + lines);
        }
        omitted.put("why", "budget");
        answer.put("omitted", omitted);
    }

    private static String what(String name) {
        String plain = name.startsWith("untrusted") ? name.substring("untrusted".length()) : name;
        String word = Character.toLowerCase(plain.charAt(0)) + plain.substring(1);
        // Lines shown beside the templates are not lines that the counts lack.
        return word.equals("tail") || word.equals("lines") ? "rawLines" : word;
    }

    /** Cuts every text of a run to so many characters. */
    private static void shorten(Map<String, Object> object, int most) {
        object.replaceAll((name, value) -> shorter(name, value, most));
    }

    private static Object shorter(String name, Object value, int most) {
        if (value instanceof String text) {
            return name.startsWith("untrusted") ? CleanText.of(text, most) : text;
        }
        if (value instanceof List<?> list) {
            List<Object> items = new ArrayList<>(list.size());
            list.forEach(item -> items.add(shorter(name, item, most)));
            return items;
        }
        if (value instanceof Map<?, ?>) {
            Map<String, Object> copy = new LinkedHashMap<>(Json.child(Map.of(name, value), name));
            shorten(copy, most);
            return copy;
        }
        return value;
    }
}
