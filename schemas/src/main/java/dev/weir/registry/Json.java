package dev.weir.registry;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** The top-level strings and numbers of a registry's answer: all that there is to know of one. */
record Json(Map<String, String> fields) {

    Optional<String> text(String name) {
        return Optional.ofNullable(fields.get(name));
    }

    Optional<Integer> number(String name) {
        try {
            return text(name).map(Integer::valueOf);
        } catch (NumberFormatException notANumber) {
            return Optional.empty();
        }
    }

    /** An error may come as a page of HTML from something in between: it has no fields then. */
    static Json parse(byte[] body, boolean mustBeJson) throws IOException {
        Map<String, String> fields = new HashMap<>();
        try (JsonParser parser = RegistryHttp.JSON.createParser(body)) {
            if (parser.nextToken() == JsonToken.START_OBJECT) {
                while (parser.nextToken() == JsonToken.FIELD_NAME) {
                    String name = parser.currentName();
                    JsonToken value = parser.nextToken();
                    if (value.isScalarValue() && value != JsonToken.VALUE_NULL) {
                        fields.put(name, parser.getText());
                    } else {
                        parser.skipChildren();
                    }
                }
            }
        } catch (IOException notJson) {
            if (mustBeJson) {
                throw new IOException("what answers is no schema registry: its answer is not JSON", notJson);
            }
        }
        return new Json(fields);
    }

    static String object(String name, String value) {
        StringWriter out = new StringWriter(value.length() + 64);
        try (JsonGenerator json = RegistryHttp.JSON.createGenerator(out)) {
            json.writeStartObject();
            json.writeStringField(name, value);
            json.writeEndObject();
        } catch (IOException inMemory) {
            throw new UncheckedIOException(inMemory);
        }
        return out.toString();
    }
}
