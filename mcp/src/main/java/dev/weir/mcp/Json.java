package dev.weir.mcp;

import io.modelcontextprotocol.json.McpJsonDefaults;
import io.modelcontextprotocol.json.TypeRef;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/** JSON as maps, lists, texts, numbers and truth values, by the mapper that the protocol uses. */
final class Json {
    private static final TypeRef<Map<String, Object>> OBJECT = new TypeRef<>() {};

    private Json() {}

    static Map<String, Object> object(String text) {
        try {
            return McpJsonDefaults.getMapper().readValue(text, OBJECT);
        } catch (IOException | RuntimeException notJson) {
            throw new ToolProblem("the server's answer is not JSON: is something between weir and its server?");
        }
    }

    static byte[] bytes(Object value) {
        try {
            return McpJsonDefaults.getMapper().writeValueAsBytes(value);
        } catch (IOException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    static String text(Object value) {
        return new String(bytes(value), java.nio.charset.StandardCharsets.UTF_8);
    }

    /** A field that is an object; an empty one where it is not. */
    @SuppressWarnings("unchecked")
    static Map<String, Object> child(Map<String, Object> object, String name) {
        return object.get(name) instanceof Map<?, ?> child ? (Map<String, Object>) child : Map.of();
    }

    /** A field that is a list of objects; an empty one where it is not. */
    @SuppressWarnings("unchecked")
    static List<Map<String, Object>> children(Map<String, Object> object, String name) {
        return object.get(name) instanceof List<?> list && list.stream().allMatch(Map.class::isInstance)
                ? (List<Map<String, Object>>) list
                : List.of();
    }

    static String string(Map<String, Object> object, String name) {
        return object.get(name) instanceof String text ? text : "";
    }

    static long number(Map<String, Object> object, String name) {
        return object.get(name) instanceof Number number ? number.longValue() : 0;
    }
}
