package dev.weir.cli.ship;

import java.util.List;

/**
 * Writes the {@code RunRecord} values that are not lines, in Confluent's framing: a zero byte, the schema's id, Avro binary. By hand, like {@link dev.weir.schemas.LineBatchWriter}, because a run
 * that ends after a quarter of a second cannot afford to load a schema parser; a test holds every field to the generated
 * classes.
 *
 * <p>Single-threaded.
 */
final class RecordEncoder {
    private static final int STARTED = 0;
    private static final int BATCH = 1;
    private static final int ENDED = 2;
    private static final int HEARTBEAT = 3;

    private final int schemaId;
    private final AvroBuffer record = new AvroBuffer(1 << 12);

    RecordEncoder(int schemaId) {
        this.schemaId = schemaId;
    }

    byte[] started(Origin origin, long epoch) {
        begin(STARTED);
        record.number(origin.startedAt());
        record.number(epoch);
        record.strings(origin.command());
        record.optional(origin.title());
        record.optional(origin.job());
        record.string(origin.provider());
        record.optional(origin.host());
        record.optional(origin.user());
        record.optional(origin.directory());
        record.optional(origin.gitCommit());
        record.optional(origin.gitBranch());
        record.optional(origin.ciJob());
        record.optional(origin.ciUrl());
        record.strings(origin.labels());
        record.string(origin.format());
        record.number(0); // no masks: they are applied here, at the edge
        return record.copy();
    }

    byte[] heartbeat(long sentAt, long epoch, List<Position> positions) {
        begin(HEARTBEAT);
        record.number(sentAt);
        record.number(epoch);
        positions(positions);
        return record.copy();
    }

    byte[] ended(Ending ending, long epoch, List<Position> positions) {
        begin(ENDED);
        record.number(ending.at());
        record.number(epoch);
        record.string(ending.reason());
        Integer exitCode = ending.exitCode();
        record.number(exitCode == null ? 0 : 1);
        if (exitCode != null) {
            record.number(exitCode);
        }
        record.optional(ending.signal());
        positions(positions);
        return record.copy();
    }

    byte[] marker(Position first, long epoch, long baseTime, Marker marker) {
        begin(BATCH);
        record.string(first.source());
        record.string(first.stream());
        record.number(epoch);
        record.number(first.nextSeq());
        record.number(baseTime);
        record.number(0); // no lines
        record.number(1);
        record.number(marker.dropped() ? 0 : 1);
        record.number(marker.count());
        record.number(marker.bytes());
        record.string(marker.reason());
        return record.copy();
    }

    private void begin(int branch) {
        record.clear();
        record.raw(0);
        for (int shift = 24; shift >= 0; shift -= 8) {
            record.raw(schemaId >>> shift);
        }
        record.number(branch);
    }

    private void positions(List<Position> positions) {
        if (!positions.isEmpty()) {
            record.number(positions.size());
            for (Position position : positions) {
                record.string(position.source());
                record.string(position.stream());
                record.number(position.nextSeq());
                record.strings(position.labels());
            }
        }
        record.number(0);
    }
}
