package dev.weir.snapshot;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.weir.snapshot.Snapshot.ErrorBlock;
import dev.weir.snapshot.Snapshot.FirstError;
import dev.weir.snapshot.Snapshot.Signal;
import dev.weir.snapshot.Snapshot.Template;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Log text is hostile: whatever it holds, it stays within its field, its line, its fence and its budget. */
class RenderingFuzzTest {

    @FuzzTest(maxDuration = "5m")
    void jsonStaysJson(FuzzedDataProvider data) {
        Snapshot snapshot = snapshot(data);

        String json = new String(Rendering.JSON.render(snapshot), StandardCharsets.UTF_8);

        JsonText.check(json);
        assertTrue(json.chars().noneMatch(c -> c < 0x20), "A control character in the JSON");
    }

    @FuzzTest(maxDuration = "5m")
    void textStaysOnItsLine(FuzzedDataProvider data) {
        List<String> hostile = hostile(data);
        Snapshot tame = withTexts(hostile.stream().map(any -> "x").toList());
        Snapshot snapshot = withTexts(hostile);

        String text = new String(Rendering.TEXT.render(snapshot), StandardCharsets.UTF_8);

        String tameText = new String(Rendering.TEXT.render(tame), StandardCharsets.UTF_8);
        assertEquals(tameText.lines().count(), text.lines().count(), "Lines");
        assertTrue(text.chars().noneMatch(c -> c < 0x20 && c != '\n' && c != '\t' || c == 0x7f), "A control character");
    }

    @FuzzTest(maxDuration = "5m")
    void markdownKeepsItsFences(FuzzedDataProvider data) {
        Snapshot snapshot = snapshot(data);

        List<String> lines = new String(Rendering.MARKDOWN.render(snapshot), StandardCharsets.UTF_8)
                .lines()
                .toList();

        int open = 0;
        int headings = 0;
        for (String line : lines) {
            int ticks = line.length() - line.replaceFirst("^`+", "").length();
            if (open == 0 && ticks >= 3) {
                open = ticks;
            } else if (open > 0
                    && ticks >= open
                    && ticks == line.stripTrailing().length()) {
                open = 0;
            } else if (open == 0 && line.equals("Last error:")) {
                headings++;
            }
        }
        assertEquals(0, open, "A fence is left open");
        assertEquals(1, headings, "Headings of the last error");
    }

    @FuzzTest(maxDuration = "5m")
    void everyFormatKeepsItsBudget(FuzzedDataProvider data) {
        int tokens = data.consumeInt(300, 3000);
        Rendering rendering = data.pickValue(new Rendering[] {Rendering.JSON, Rendering.TEXT, Rendering.MARKDOWN});
        Snapshot snapshot = snapshot(data);

        byte[] cut = new Budget(tokens, rendering).cut(snapshot, snapshot.templates(), 50);

        assertTrue(cut.length <= tokens * Budget.BYTES_PER_TOKEN, cut.length + " bytes for " + tokens + " tokens");
    }

    private static Snapshot snapshot(FuzzedDataProvider data) {
        return withTexts(hostile(data));
    }

    private static List<String> hostile(FuzzedDataProvider data) {
        List<String> texts = new ArrayList<>();
        while (data.remainingBytes() > 0 && texts.size() < 30) {
            StringBuilder text = new StringBuilder();
            int parts = data.consumeInt(1, 4);
            for (int i = 0; i < parts; i++) {
                text.append(data.consumeBoolean() ? data.pickValue(NASTY) : data.consumeString(40));
            }
            texts.add(text.toString());
        }
        texts.add("last");
        return texts;
    }

    private static final String[] NASTY = {
        "```",
        "`",
        "|",
        "\n",
        "\r\n",
        "\u001b[2J",
        "\u202e",
        "\u200b",
        "\ud83d",
        "\udc00",
        "\ud83d\ude00",
        "</script>",
        "\\",
        "\"",
        "\u0000",
        "\u2028",
        "\ufeff",
        "\udb40\udc41",
        "<!--",
        "[x](http://x)",
        "Last error:",
        "\u0085",
        "~~~",
        "%s%n",
        "\t"
    };

    private static Snapshot withTexts(List<String> texts) {
        List<Template> templates = new ArrayList<>();
        for (int i = 0; i < texts.size(); i++) {
            templates.add(Snapshots.template(i, i % 3 == 0 ? "ERROR" : "INFO", i + 1, texts.get(i)));
        }
        Snapshot plain = Snapshots.of("run-1", templates);
        return plain.withErrors(new FirstError(0, 1, texts.get(0)), new ErrorBlock(0, texts, false))
                .withSides(List.of(new Signal("stall", texts.get(0), 1, null)), texts);
    }
}
