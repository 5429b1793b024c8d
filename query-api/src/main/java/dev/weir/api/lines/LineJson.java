package dev.weir.api.lines;

import dev.weir.snapshot.JsonWriter;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Locale;

/** An entry as a line of NDJSON. */
final class LineJson {
    private LineJson() {}

    static void write(JsonWriter json, Entry entry) {
        json.object();
        fields(json, entry);
        json.endObject();
    }

    static void fields(JsonWriter json, Entry entry) {
        if (entry.kind() == Entry.Kind.MISSED || entry.kind() == Entry.Kind.ENDED) {
            json.field("marker", entry.kind().name().toLowerCase(Locale.ROOT)).field("reason", entry.reason());
            json.field("count", entry.count());
            return;
        }
        json.field("position", entry.offset() + "." + entry.index());
        json.time("arrived", entry.arrived()).time("read", entry.read());
        json.field("source", entry.source()).field("stream", entry.stream()).field("seq", entry.seq());
        if (!entry.isLine()) {
            json.field("marker", entry.kind().name().toLowerCase(Locale.ROOT)).field("reason", entry.reason());
            json.field("count", entry.count());
            return;
        }
        json.field("text", entry.text());
        if (!isText(entry.bytes())) {
            json.field("bytes", Base64.getEncoder().encodeToString(entry.bytes()));
        }
        if (entry.part() > 0) {
            json.field("part", entry.part()).field("last", entry.last());
        }
        if (!entry.newline()) {
            json.field("newline", false);
        }
    }

    /** What is not UTF-8 is given as bytes, too: its text is only readable. */
    private static boolean isText(byte[] bytes) {
        try {
            StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes));
            return true;
        } catch (CharacterCodingException notText) {
            return false;
        }
    }
}
