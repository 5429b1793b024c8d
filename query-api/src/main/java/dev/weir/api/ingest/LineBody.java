package dev.weir.api.ingest;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.weir.api.http.Problem;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.util.Base64;

/** A posted body, line by line: text, or NDJSON whose objects hold text or bytes, and maybe a time. */
final class LineBody {
    private static final ObjectMapper JSON = new ObjectMapper();

    private LineBody() {}

    interface Each {
        /** @param time when it was read, in milliseconds; -1 if nobody says */
        void line(byte[] bytes, long time, boolean newline) throws IOException;
    }

    static void text(InputStream in, Each each) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream(256);
        byte[] buffer = new byte[64 << 10];
        for (int got = in.read(buffer); got >= 0; got = in.read(buffer)) {
            int start = 0;
            for (int i = 0; i < got; i++) {
                if (buffer[i] == '\n') {
                    line.write(buffer, start, i - start);
                    each.line(line.toByteArray(), -1, true);
                    line.reset();
                    start = i + 1;
                }
            }
            line.write(buffer, start, got - start);
        }
        if (line.size() > 0) {
            each.line(line.toByteArray(), -1, false);
        }
    }

    static void ndjson(InputStream in, Each each) throws IOException {
        int[] number = {0};
        text(in, (bytes, time, newline) -> {
            number[0]++;
            if (!new String(bytes, StandardCharsets.UTF_8).isBlank()) {
                object(bytes, number[0], each);
            }
        });
    }

    private static void object(byte[] bytes, int number, Each each) throws IOException {
        JsonNode line;
        try {
            line = JSON.readTree(bytes);
        } catch (JsonProcessingException malformed) {
            throw bad(number, "is not JSON");
        }
        JsonNode text = line.get("text");
        JsonNode base64 = line.get("bytes");
        byte[] content;
        if (base64 != null && base64.isTextual()) {
            try {
                content = Base64.getDecoder().decode(base64.asText());
            } catch (IllegalArgumentException malformed) {
                throw bad(number, "has bytes that are not base64");
            }
        } else if (text != null && text.isTextual()) {
            content = text.asText().getBytes(StandardCharsets.UTF_8);
        } else {
            throw bad(number, "has neither text nor bytes");
        }
        each.line(content, time(line.get("time"), number), line.path("newline").asBoolean(true));
    }

    private static long time(JsonNode time, int number) {
        if (time == null || time.isNull()) {
            return -1;
        }
        if (time.isIntegralNumber() && time.canConvertToLong() && time.asLong() >= 0) {
            return time.asLong();
        }
        try {
            return OffsetDateTime.parse(time.asText()).toInstant().toEpochMilli();
        } catch (DateTimeException unreadable) {
            throw bad(number, "has a time that is neither ISO-8601 nor epoch milliseconds");
        }
    }

    private static Problem bad(int number, String what) {
        return new Problem(
                400,
                "bad-line",
                "Line " + number + " of the body " + what
                        + ": send objects such as {\"text\":\"…\",\"time\":\"2026-01-31T12:00:00Z\"}, one a line");
    }
}
