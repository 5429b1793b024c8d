package dev.weir.topology;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.weir.topology.rows.Packer;
import dev.weir.topology.rows.TemplateRow;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** What is known of templates is never told in place of what the rows say. */
class KnownTemplatesTest {
    private static final String[] WORDS = {"ant", "bee", "cat", "dog", "elk", "fox", "gnu", "hen", "jay"};

    @Test
    void aReaderThatKnowsTemplatesSeesWhatOneWithoutMemorySees() {
        try (Driven driven = new Driven(Map.of("weir.retention", "2h"))) {
            Random random = new Random(11);
            long next = 0;
            for (int step = 0; step < 400; step++) {
                String word = WORDS[random.nextInt(WORDS.length)];
                driven.lines(
                        "run",
                        "out",
                        next++,
                        switch (random.nextInt(4)) {
                            case 0 -> "fed the " + word + " with " + random.nextInt(9) + " g";
                            case 1 -> "ERROR the " + word + " has run away";
                            case 2 -> word + " " + WORDS[random.nextInt(WORDS.length)];
                            default -> "counted " + random.nextInt(500) + " visitors";
                        });
                if (random.nextInt(40) == 0) {
                    driven.pass(Duration.ofSeconds(random.nextInt(1_500)));
                }
                if (step == 250) {
                    driven.forget("run");
                    next = 0;
                    driven.lines("run", "out", next++, "begun anew");
                }
                long after =
                        Math.max(0, driven.view("run", Extent.status()).asOf().offset() - 3);
                for (Extent extent : new Extent[] {
                    Extent.all(0),
                    Extent.all(driven.now() - 600_000).withoutSlots(),
                    Extent.all(0).since(after),
                    Extent.all(0).until(driven.now() - 120_000),
                    Extent.all(0).only(1),
                    Extent.status()
                }) {
                    assertEquals(fresh(driven, extent), said(driven.view("run", extent)), "step " + step);
                }
            }
        }
    }

    @Test
    void aRowThatIsTheSameIsNotDecodedAgain() {
        byte[] row = row(1, "fed the <*>", 4);
        KnownTemplate first = KnownTemplate.of(1, row, null, null);

        assertSame(first, KnownTemplate.of(1, row(1, "fed the <*>", 4), null, first));
        assertEquals(
                "fed a <*>",
                KnownTemplate.of(1, row(1, "fed a <*>", 5), null, first).row().text);
    }

    @Test
    void theLeastRecentlyReadRunsAreForgottenFirst() {
        KnownTemplate one = KnownTemplate.of(1, row(1, "fed the <*>", 4), null, null);
        KnownTemplates known = new KnownTemplates(one.bytes() * 2L);
        TreeMap<Integer, KnownTemplate> templates = new TreeMap<>(Map.of(1, one));
        known.keep("a", new KnownTemplates.Run(1, 0, 0, templates));
        known.keep("b", new KnownTemplates.Run(1, 0, 0, templates));
        assertNotNull(known.find("a"));

        known.keep("c", new KnownTemplates.Run(1, 0, 0, templates));

        assertNull(known.find("b"));
        assertNotNull(known.find("a"));
        assertTrue(assertNotNullRun(known.find("c")).isOf(1, 0, 0));
    }

    private static KnownTemplates.Run assertNotNullRun(KnownTemplates.@org.jspecify.annotations.Nullable Run run) {
        if (run == null) {
            throw new AssertionError("not known");
        }
        return run;
    }

    /** Read from the rows alone. */
    private static String fresh(Driven driven, Extent extent) {
        Buckets buckets = Buckets.of(driven.settings);
        RunCopy copy = RunCopy.of(driven.rows, "default/run", extent, buckets, driven.now());
        if (copy == null) {
            throw new AssertionError("no run");
        }
        RunView view =
                new RunViews(buckets, new KnownTemplates(0)).view("default/run", 0, copy, extent, 0, driven.now());
        return said(view);
    }

    private static String said(RunView view) {
        StringBuilder said = new StringBuilder();
        said.append(view.asOf()).append(view.life()).append(view.accounting().counted());
        said.append(' ').append(view.accounting().evicted()).append(' ');
        view.templates()
                .forEach(template -> said.append('\n')
                        .append(template.id())
                        .append(template.text())
                        .append(template.earlierTexts())
                        .append(template.level())
                        .append(' ')
                        .append(template.count())
                        .append(' ')
                        .append(template.events())
                        .append(template.last())
                        .append(template.tallies())
                        .append(template.slots())
                        .append(samples(template))
                        .append(template.mergedInto())
                        .append(template.evicted())
                        .append(template.changedAt()));
        return said.toString();
    }

    private static List<String> samples(RunView.Template template) {
        return template.samples().stream()
                .map(sample -> sample.position() + " " + new String(sample.bytes(), UTF_8))
                .toList();
    }

    private static byte[] row(int id, String text, long stamp) {
        TemplateRow row = new TemplateRow(id);
        row.text(text, stamp, stamp);
        return row.pack(new Packer().at(stamp));
    }
}
