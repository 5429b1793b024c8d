package dev.weir.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** Holds JSON to docs/snapshot.schema.json, by the keywords that it uses; any other is an error of the check. */
final class SchemaCheck {
    private static final List<String> KNOWN = List.of(
            "$schema",
            "$id",
            "$defs",
            "$ref",
            "title",
            "description",
            "oneOf",
            "type",
            "additionalProperties",
            "required",
            "properties",
            "items",
            "maxItems",
            "const",
            "enum",
            "pattern");

    private final JsonNode root;

    private SchemaCheck(JsonNode root) {
        this.root = root;
    }

    static SchemaCheck ofSnapshots() throws IOException {
        Path page = Path.of("../docs/snapshot.schema.json");
        return new SchemaCheck(new ObjectMapper().readTree(Files.readString(page)));
    }

    /** What is wrong; empty if nothing is. */
    List<String> problems(JsonNode value) {
        List<String> problems = new ArrayList<>();
        check("$", value, root, problems);
        return problems;
    }

    private void check(String at, JsonNode value, JsonNode schema, List<String> problems) {
        schema.fieldNames().forEachRemaining(keyword -> {
            if (!KNOWN.contains(keyword)) {
                throw new IllegalStateException("The schema uses " + keyword + ", which this check does not know");
            }
        });
        if (schema.has("$ref")) {
            check(at, value, root.at(schema.get("$ref").asText().substring(1)), problems);
        }
        if (schema.has("oneOf")) {
            long fitting = 0;
            List<String> why = new ArrayList<>();
            for (JsonNode one : schema.get("oneOf")) {
                List<String> misfits = new ArrayList<>();
                check(at, value, one, misfits);
                fitting += misfits.isEmpty() ? 1 : 0;
                why.addAll(misfits);
            }
            if (fitting != 1) {
                problems.addAll(why);
            }
        }
        if (schema.has("type") && !isA(value, schema.get("type").asText())) {
            problems.add(at + " is not of type " + schema.get("type").asText());
        }
        if (schema.has("const") && !schema.get("const").equals(value)) {
            problems.add(at + " is " + value);
        }
        if (schema.has("enum") && !contains(schema.get("enum"), value)) {
            problems.add(at + " is " + value);
        }
        if (schema.has("pattern")
                && !Pattern.compile(schema.get("pattern").asText())
                        .matcher(value.asText())
                        .find()) {
            problems.add(at + " is " + value);
        }
        if (schema.has("maxItems") && value.size() > schema.get("maxItems").asInt()) {
            problems.add(at + " has " + value.size() + " items");
        }
        members(at, value, schema, problems);
    }

    private void members(String at, JsonNode value, JsonNode schema, List<String> problems) {
        if (schema.has("required")) {
            schema.get("required").forEach(name -> {
                if (!value.has(name.asText())) {
                    problems.add(at + " lacks " + name.asText());
                }
            });
        }
        if (schema.has("properties")) {
            value.fieldNames().forEachRemaining(name -> {
                if (schema.get("properties").has(name)) {
                    check(
                            at + "." + name,
                            value.get(name),
                            schema.get("properties").get(name),
                            problems);
                } else if (schema.has("additionalProperties")) {
                    problems.add(at + " has an unknown " + name);
                }
            });
        }
        if (schema.has("items")) {
            for (int i = 0; i < value.size(); i++) {
                check(at + "[" + i + "]", value.get(i), schema.get("items"), problems);
            }
        }
    }

    private static boolean contains(JsonNode all, JsonNode value) {
        for (JsonNode one : all) {
            if (one.equals(value)) {
                return true;
            }
        }
        return false;
    }

    private static boolean isA(JsonNode value, String type) {
        return switch (type) {
            case "object" -> value.isObject();
            case "array" -> value.isArray();
            case "string" -> value.isTextual();
            case "integer" -> value.isIntegralNumber();
            case "number" -> value.isNumber();
            case "boolean" -> value.isBoolean();
            default -> throw new IllegalStateException("The schema uses type " + type);
        };
    }
}
