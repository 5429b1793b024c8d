package dev.weir.api;

import dev.weir.schemas.RunState;
import dev.weir.topology.Accounting;
import dev.weir.topology.Position;
import dev.weir.topology.RunView;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/** Runs as the stores would show them. */
public final class Views {
    public static final long NOON = 1_767_268_800_000L;

    private Views() {}

    public static RunView run(String tenant, String run, long offset, RunState state, RunView.Template... templates) {
        long counted = 0;
        for (RunView.Template template : templates) {
            counted += template.live() ? template.count() : 0;
        }
        long time = NOON + offset * 1_000;
        return new RunView(
                tenant,
                run,
                new RunView.AsOf(0, offset, time, offset, 0),
                new RunView.LifeCycle(
                        state,
                        time,
                        NOON,
                        time,
                        time,
                        time,
                        OptionalLong.of(NOON),
                        OptionalLong.empty(),
                        "",
                        state == RunState.FAILED ? OptionalInt.of(3) : OptionalInt.empty(),
                        Optional.empty(),
                        1,
                        0),
                new RunView.Facts(
                        List.of("make", "all"),
                        null,
                        "build",
                        "shell",
                        "host-1",
                        "me",
                        "/src",
                        null,
                        "main",
                        null,
                        null,
                        Map.of("team", "a"),
                        "auto",
                        Map.of(),
                        OptionalLong.empty()),
                new Accounting(counted, counted, Map.of(), 0, Map.of(), 0, 0, 0, OptionalLong.of(0), 0),
                templates.length,
                List.of(),
                List.of(),
                List.of(templates));
    }

    /** Seen first and last at these offsets; a second passes from one offset to the next. */
    public static RunView.Template template(int id, String level, long count, String text, long first, long last) {
        long lastSeen = NOON + last * 1_000;
        return new RunView.Template(
                id,
                0x1234L + id,
                text,
                List.of(),
                level,
                level.equals("ERROR") ? "error" : "rest",
                count,
                count,
                count,
                NOON + first * 1_000,
                NOON + first * 1_000,
                new Position(first, 0),
                lastSeen,
                new Position(last, 0),
                List.of(level.equals("ERROR") ? "stderr" : "stdout"),
                List.of(new RunView.Tally(lastSeen / 60_000 * 60_000, count, count, new Position(last, 0))),
                List.of(new RunView.Sample(
                        new Position(first, 0),
                        ("sample of " + text).getBytes(java.nio.charset.StandardCharsets.UTF_8))),
                List.of(),
                id,
                OptionalInt.empty(),
                false,
                first,
                false,
                Optional.empty());
    }

    public static RunView.Template generalised(RunView.Template old, String text, long offset) {
        return new RunView.Template(
                old.id(),
                old.fingerprint() + 1,
                text,
                List.of(new RunView.TextVersion(offset, NOON + offset * 1_000, old.text())),
                old.level(),
                old.lane(),
                old.count() + 1,
                old.events() + 1,
                old.own() + 1,
                old.firstSeen(),
                old.firstEventTime(),
                old.first(),
                NOON + offset * 1_000,
                new Position(offset, 0),
                old.streams(),
                old.tallies(),
                old.samples(),
                old.slots(),
                old.order(),
                OptionalInt.empty(),
                false,
                offset,
                false,
                Optional.empty());
    }

    public static RunView.Template merged(RunView.Template old, int into, long offset) {
        return new RunView.Template(
                old.id(),
                old.fingerprint(),
                old.text(),
                List.of(),
                old.level(),
                old.lane(),
                0,
                0,
                old.own(),
                old.firstSeen(),
                old.firstEventTime(),
                old.first(),
                old.lastSeen(),
                old.last(),
                old.streams(),
                List.of(),
                List.of(),
                List.of(),
                old.order(),
                OptionalInt.of(into),
                false,
                offset,
                false,
                Optional.empty());
    }
}
