package dev.weir.mcp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class FitTest {
    @Test
    void leavesAnAnswerThatFitsAsItIs() {
        Map<String, Object> answer = answer(3, "short");

        Fit.within(answer, 1_500, 100, List.of("templates"));

        assertEquals(3, Json.children(answer, "templates").size());
        assertEquals(false, answer.get("truncated"));
        assertFalse(answer.containsKey("omitted"));
    }

    @Test
    void countsTheLinesOfTheTemplatesThatLeave() {
        Map<String, Object> answer = answer(500, "some text of a template");

        Fit.within(answer, 300, 100, List.of("templates"));

        int left = Json.children(answer, "templates").size();
        assertTrue(Json.bytes(answer).length <= 1_100, () -> Json.text(answer));
        assertTrue(left > 5, () -> Json.text(answer));
        assertEquals(500 - left, Json.number(Json.child(answer, "omitted"), "templates"));
        assertEquals(2L * (500 - left), Json.number(Json.child(answer, "omitted"), "lines"));
        assertEquals(true, answer.get("truncated"));
    }

    @Test
    void cutsLongTextsBeforeItDropsAny() {
        Map<String, Object> answer = answer(3, "x".repeat(1_900));

        Fit.within(answer, 400, 100, List.of("templates"));

        assertEquals(3, Json.children(answer, "templates").size());
        assertTrue(Json.bytes(answer).length <= 1_500, () -> Json.text(answer));
    }

    private static Map<String, Object> answer(int templates, String text) {
        List<Object> list = new ArrayList<>();
        for (int i = 0; i < templates; i++) {
            list.add(new LinkedHashMap<>(Map.of("id", i, "count", 2, "untrustedText", text)));
        }
        return new LinkedHashMap<>(Map.of("run", "r", "templates", list));
    }
}
