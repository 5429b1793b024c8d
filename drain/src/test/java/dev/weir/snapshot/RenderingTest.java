package dev.weir.snapshot;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.weir.snapshot.Snapshot.Template;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class RenderingTest {

    @Test
    void aTemplateTakesTheBytesThatItsSizeSays() {
        List<Template> two = List.of(
                Snapshots.template(1, "INFO", 3, "a <*> ü \u001b[31m"), Snapshots.template(2, "NONE", 4, "b|`c`"));
        Snapshot none = Snapshots.of("run-1", two).withTemplates(List.of(), Snapshot.Omitted.NOTHING);
        Snapshot one = none.withTemplates(two.subList(0, 1), Snapshot.Omitted.NOTHING);
        Snapshot both = none.withTemplates(two, Snapshot.Omitted.NOTHING);

        for (Rendering rendering : List.of(Rendering.JSON, Rendering.TEXT, Rendering.MARKDOWN)) {
            int grown = rendering.render(both).length - rendering.render(one).length;

            assertEquals(rendering.sizeOf(two.get(1)), grown, rendering.contentType());
        }
    }

    @Test
    void printsTheIdentityAndTheTemplates() {
        List<Template> templates = List.of(
                Snapshots.template(2, "ERROR", 1, "ERROR disk full on <*>").withShareOf(4),
                Snapshots.template(1, "NONE", 3, "worker <*> started").withShareOf(4));

        String text = new String(Rendering.TEXT.render(Snapshots.of("run-1", templates)), StandardCharsets.UTF_8);

        assertEquals("""
                run-1: failed (exit 3), job build, 1 min 1 s, as of 2026-01-01T12:01:01.000Z
                read 4 = counted 4 + dropped 0 + evicted 0 + rejected 0
                    COUNT  SHARE  LEVEL  TEMPLATE
                        1  25.0%  ERROR  #2 ERROR disk full on <*>
                                         e.g. sample of ERROR disk full on <*>
                        3  75.0%  -      #1 worker <*> started
                                         e.g. sample of worker <*> started
                cursor: AQIDBAUGBwg
                """, text);
    }

    @Test
    void saysAFirstErrorOnce() {
        Snapshot snapshot = Snapshots.of("run-1", List.of())
                .withErrors(new Snapshot.FirstError(2, 1, "disk full"), null)
                .withSides(
                        List.of(
                                new Snapshot.Signal("first-error", "disk full", 1, 2),
                                new Snapshot.Signal("stall", "no line for 5 min", 1, null)),
                        List.of());

        for (Rendering rendering : List.of(Rendering.TEXT, Rendering.MARKDOWN)) {
            String shown = new String(rendering.render(snapshot), StandardCharsets.UTF_8);

            assertEquals(1, shown.split("disk full", -1).length - 1, shown);
            assertTrue(shown.contains("stall"), shown);
        }
    }

    @Test
    void noFormatLetsControlBytesThrough() {
        List<Template> hostile = List.of(Snapshots.template(1, "INFO", 1, "a\u001b]0;x\u0007\u202e\u009b\r\nb"));

        for (Rendering rendering : List.of(Rendering.JSON, Rendering.TEXT, Rendering.MARKDOWN)) {
            String shown = new String(rendering.render(Snapshots.of("run-1", hostile)), StandardCharsets.UTF_8);

            assertFalse(shown.matches("(?s).*[\\x00-\\x09\\x0b-\\x1f\\x7f-\\x9f].*"), rendering.contentType());
        }
    }

    @Test
    void noLineLeavesItsFence() {
        Snapshot raw = Snapshots.of("run-1", List.of()).asRaw(List.of("```", "# not a heading"));

        String page = new String(Rendering.MARKDOWN.render(raw), StandardCharsets.UTF_8);

        assertTrue(page.contains("````\n```\n# not a heading\n````\n"), page);
    }

    @Test
    void jsonEscapesLoneSurrogatesAndKeepsPairs() {
        String json =
                new String(new JsonWriter().value("\ud83d\ude00 \ud83d \"\\").toBytes(), StandardCharsets.UTF_8);

        assertEquals("\"😀 \\ud83d \\\"\\\\\"", json);
    }
}
