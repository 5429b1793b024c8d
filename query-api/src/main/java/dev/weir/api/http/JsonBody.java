package dev.weir.api.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.weir.settings.Quantities;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A request's body as a JSON object whose fields are known; anything else is a problem that says what to send. */
public final class JsonBody {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int MOST_BYTES = 256 << 10;

    private JsonBody() {}

    public static JsonNode object(Call call, Set<String> known) throws IOException {
        byte[] bytes = Body.kept(call, MOST_BYTES);
        if (bytes.length == 0) {
            return JSON.createObjectNode();
        }
        JsonNode body;
        try {
            body = JSON.readTree(bytes);
        } catch (JsonProcessingException malformed) {
            throw new Problem(400, "bad-json", "The body is not JSON: send an object, or nothing");
        }
        if (!body.isObject()) {
            throw new Problem(400, "bad-json", "The body is not a JSON object: send one, or nothing");
        }
        body.fieldNames().forEachRemaining(name -> {
            if (!known.contains(name)) {
                throw new Problem(
                        400,
                        "unknown-field",
                        "There is no field '" + Problem.shown(name) + "' here: known are "
                                + String.join(", ", known.stream().sorted().toList()));
            }
        });
        return body;
    }

    public static Optional<String> text(JsonNode body, String name) {
        JsonNode value = body.get(name);
        if (value == null || value.isNull()) {
            return Optional.empty();
        }
        if (!value.isTextual()) {
            throw Problem.badParameter(name, value.toString(), "use text");
        }
        return Optional.of(value.asText());
    }

    /** A duration as people type it, no longer than {@code most}. */
    public static Optional<Duration> duration(JsonNode body, String name, Duration most) {
        return text(body, name).map(given -> {
            try {
                Duration duration = Quantities.duration(given);
                if (duration.compareTo(most) <= 0) {
                    return duration;
                }
            } catch (IllegalArgumentException | ArithmeticException unreadable) {
                throw Problem.badParameter(name, given, "use a duration such as 60s, 5m, 24h or 7d");
            }
            throw Problem.badParameter(name, given, "use " + most.toSeconds() + "s at most");
        });
    }

    public static Optional<Instant> time(JsonNode body, String name) {
        return text(body, name).map(given -> {
            try {
                return OffsetDateTime.parse(given).toInstant();
            } catch (DateTimeException unreadable) {
                throw Problem.badParameter(name, given, "use a time such as 2026-01-31T12:00:00Z");
            }
        });
    }

    /** A whole number; {@code otherwise} if none is given, which is held to the bounds too. */
    public static long number(JsonNode body, String name, long otherwise, long least, long most) {
        JsonNode given = body.get(name);
        long number = given == null || given.isNull() ? otherwise : given.asLong();
        boolean whole = given == null || given.isNull() || given.isIntegralNumber() && given.canConvertToLong();
        if (!whole || number < least || number > most) {
            throw Problem.badParameter(
                    name, given == null ? "" : given.toString(), "use a whole number from " + least + " to " + most);
        }
        return number;
    }

    public static List<String> texts(JsonNode body, String name) {
        List<String> texts = new ArrayList<>();
        JsonNode values = body.get(name);
        if (values != null) {
            values.forEach(value -> texts.add(value.asText()));
        }
        return texts;
    }

    public static Map<String, String> map(JsonNode body, String name) {
        Map<String, String> map = new HashMap<>();
        JsonNode given = body.get(name);
        if (given != null) {
            if (!given.isObject()) {
                throw Problem.badParameter(name, given.toString(), "use an object of texts");
            }
            given.properties()
                    .forEach(one -> map.put(one.getKey(), one.getValue().asText()));
        }
        return map;
    }
}
