package dev.weir.snapshot;

import dev.weir.snapshot.Snapshot.Accounting;
import dev.weir.snapshot.Snapshot.Change;
import dev.weir.snapshot.Snapshot.Mode;
import dev.weir.snapshot.Snapshot.Omitted;
import dev.weir.snapshot.Snapshot.Run;
import dev.weir.snapshot.Snapshot.Template;
import dev.weir.snapshot.Snapshot.Total;
import dev.weir.snapshot.Snapshot.Window;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Snapshots to print and to cut. */
final class Snapshots {
    private static final long NOON = 1_767_268_800_000L;

    private Snapshots() {}

    static Template template(int id, String level, long count, String text) {
        return new Template(
                id,
                String.format("%016x", 7L * id),
                text,
                level,
                count,
                count,
                0,
                NOON,
                NOON + 60_000,
                List.of("stdout"),
                List.of(1L, 2L, 3L),
                List.of("sample of " + text),
                List.of(),
                Change.NONE,
                null,
                null,
                null,
                null,
                false);
    }

    static List<Template> many(int number) {
        List<Template> templates = new ArrayList<>();
        for (int id = 1; id <= number; id++) {
            String level = id % 50 == 0 ? "ERROR" : "INFO";
            templates.add(template(id, level, 2L * id, "request " + id + " from <ip> took <duration>"));
        }
        templates.sort(Snapshot.Sort.RANK.order());
        return templates;
    }

    static Snapshot of(String run, List<Template> templates) {
        long lines = templates.stream().mapToLong(Template::count).sum();
        return new Snapshot(
                new Run(
                        run,
                        "failed",
                        "build",
                        "The nightly build",
                        "shell",
                        "host-1",
                        "main",
                        Map.of("k", "v"),
                        NOON,
                        NOON + 61_000,
                        61_000L,
                        NOON + 61_000,
                        3,
                        null),
                NOON + 61_000,
                Mode.TEMPLATES,
                "AQIDBAUGBwg",
                Window.WHOLE_RUN,
                new Accounting(lines, lines, 0, 0, 0, 0, 0, 0, 0, 0),
                new Total(templates.size(), lines),
                templates,
                null,
                null,
                List.of(),
                List.of(),
                List.of(),
                Omitted.NOTHING,
                null,
                false);
    }
}
