package dev.weir.topology;

import dev.weir.drain.Level;
import dev.weir.schemas.TemplateEvent;
import dev.weir.schemas.TemplateEventKind;
import dev.weir.topology.rows.TemplateRow;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/** Template events: always the template's full state, so that a compacted topic loses nothing. */
final class TemplateEvents {
    private static final Level[] LEVELS = Level.values();

    private TemplateEvents() {}

    static TemplateEvent of(RunModel run, TemplateRow row, TemplateEventKind kind, @Nullable String previousText) {
        Group group = Group.of(run, row);
        int slash = run.key.indexOf('/');
        return TemplateEvent.newBuilder()
                .setTenant(run.key.substring(0, slash))
                .setRun(run.key.substring(slash + 1))
                .setTemplate(row.id)
                .setKind(kind)
                .setText(row.text)
                .setPreviousText(previousText)
                .setMergedInto(row.fate == TemplateRow.MERGED ? row.mergedInto : null)
                .setFingerprint(fingerprint(row.fingerprint))
                .setLevel(level(row.level))
                .setCount(group.lines)
                .setEvents(group.events)
                .setFirstSeen(Instant.ofEpochMilli(group.firstTime))
                .setLastSeen(Instant.ofEpochMilli(group.lastTime))
                .setStreams(row.streams)
                .setSample(ByteBuffer.wrap(
                        row.samples().isEmpty()
                                ? new byte[0]
                                : row.samples().get(0).bytes()))
                .setJob(run.facts.job)
                .setNovel(row.novel == 0 ? null : row.novel == 2)
                .setAsOf(run.ledger.offset)
                .build();
    }

    static String level(int ordinal) {
        Level level = LEVELS[ordinal];
        return level == Level.UNKNOWN ? "NONE" : level.name();
    }

    static String fingerprint(long fingerprint) {
        return HexFormat.of().toHexDigits(fingerprint);
    }

    /** A template with all that were merged into it. */
    private record Group(long lines, long events, long firstTime, long lastTime) {
        static Group of(RunModel run, TemplateRow row) {
            var mined = row.fate == TemplateRow.EVICTED ? null : run.miner.template(row.id);
            if (mined == null) {
                return new Group(0, 0, row.firstTime, row.changedTime);
            }
            return new Group(
                    mined.totalCount(),
                    mined.totalEvents(),
                    row.firstTime,
                    Math.max(row.firstTime, run.lastTime(row.id)));
        }
    }
}
