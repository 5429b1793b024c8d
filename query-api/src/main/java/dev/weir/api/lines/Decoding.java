package dev.weir.api.lines;

import dev.weir.registry.WireException;
import dev.weir.schemas.Forget;
import dev.weir.schemas.LineBatchReader;
import dev.weir.schemas.LineBatchReader.Body;
import dev.weir.schemas.Marker;
import dev.weir.schemas.MarkerKind;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Takes records of weir.lines apart into entries. Confined to one thread, as its reader is. */
final class Decoding {
    private final LineBatchReader reader;

    Decoding(LineBatchReader reader) {
        this.reader = reader;
    }

    /** Shows a record's entries; whether to go on. A record that cannot be read is the topology's to report. */
    boolean entries(ConsumerRecord<byte[], byte[]> record, LineLog.Visitor each) {
        if (record.value() == null) {
            return !Forget.isIn(record.headers())
                    || each.accept(Entry.told(Entry.Kind.ENDED, record.offset(), record.timestamp(), "forgotten", 0));
        }
        Body body;
        try {
            body = reader.read(record.value());
        } catch (WireException unreadable) {
            if (unreadable.poison()) {
                return true;
            }
            throw unreadable;
        }
        if (body == Body.RUN_ENDED) {
            Integer code = reader.ended().getExitCode();
            String reason = code == null ? reader.ended().getReason() : "exit " + code;
            return each.accept(Entry.told(Entry.Kind.ENDED, record.offset(), record.timestamp(), reason, 0));
        }
        if (body != Body.LINE_BATCH) {
            return true;
        }
        if (reader.marker() != null) {
            return each.accept(marker(record, reader.marker()));
        }
        for (int i = 0; i < reader.size(); i++) {
            if (!each.accept(line(record, i))) {
                return false;
            }
        }
        return true;
    }

    private Entry line(ConsumerRecord<byte[], byte[]> record, int i) {
        return new Entry(
                Entry.Kind.LINE,
                record.offset(),
                i,
                record.timestamp(),
                reader.baseTime() + reader.offsetMillis(i),
                reader.source(),
                stream(),
                reader.firstSeq() + i,
                reader.text(i),
                reader.part(i),
                reader.last(i),
                reader.newline(i),
                "",
                1);
    }

    private Entry marker(ConsumerRecord<byte[], byte[]> record, Marker marker) {
        Entry.Kind kind = marker.getKind() == MarkerKind.DROPPED ? Entry.Kind.DROPPED : Entry.Kind.GAP;
        return new Entry(
                kind,
                record.offset(),
                0,
                record.timestamp(),
                reader.baseTime(),
                reader.source(),
                stream(),
                reader.firstSeq(),
                new byte[0],
                0,
                true,
                true,
                marker.getReason(),
                marker.getCount());
    }

    private String stream() {
        return reader.stream().isEmpty() ? reader.source() : reader.stream();
    }
}
