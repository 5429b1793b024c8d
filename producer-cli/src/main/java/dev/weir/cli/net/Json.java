package dev.weir.cli.net;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One JSON value, read without a library: a general one costs a short run more time than all of weir's own classes.
 *
 * <p>Look-ups are forgiving: what is missing is an empty value, so that an older or newer node's answer can still be shown.
 */
public final class Json {
    private static final int DEEPEST = 64;
    private static final Json NOTHING = new Json(null);

    private final @Nullable Object value; // Map<String, Json>, List<Json>, String, BigDecimal, Boolean or null

    private Json(@Nullable Object value) {
        this.value = value;
    }

    public static Json parse(String text) {
        Reader reader = new Reader(text);
        Json read = reader.value(0);
        reader.space();
        if (reader.at < text.length()) {
            throw reader.unexpected();
        }
        return read;
    }

    public Json get(String name) {
        return value instanceof Map<?, ?> fields && fields.get(name) instanceof Json found ? found : NOTHING;
    }

    public List<Json> items() {
        List<Json> items = new ArrayList<>();
        if (value instanceof List<?> list) {
            list.forEach(item -> items.add((Json) item));
        }
        return items;
    }

    public Map<String, Json> fields() {
        Map<String, Json> fields = new LinkedHashMap<>();
        if (value instanceof Map<?, ?> map) {
            map.forEach((name, field) -> fields.put((String) name, (Json) field));
        }
        return fields;
    }

    public boolean isMissing() {
        return value == null;
    }

    /** A string, a number or a truth value as text; empty for anything else. */
    public String text() {
        return value instanceof BigDecimal number
                ? number.toPlainString()
                : value instanceof String || value instanceof Boolean ? value.toString() : "";
    }

    public long number() {
        return value instanceof BigDecimal number ? number.longValue() : 0;
    }

    public double decimal() {
        return value instanceof BigDecimal number ? number.doubleValue() : 0;
    }

    public boolean isTrue() {
        return Boolean.TRUE.equals(value);
    }

    /** As JSON again. */
    public String written() {
        StringBuilder text = new StringBuilder();
        write(text);
        return text.toString();
    }

    private void write(StringBuilder text) {
        if (value instanceof Map<?, ?>) {
            text.append('{');
            fields().forEach((name, field) -> {
                text.append(text.charAt(text.length() - 1) == '{' ? "" : ",")
                        .append(quoted(name))
                        .append(':');
                field.write(text);
            });
            text.append('}');
        } else if (value instanceof List<?>) {
            text.append('[');
            for (Json item : items()) {
                text.append(text.charAt(text.length() - 1) == '[' ? "" : ",");
                item.write(text);
            }
            text.append(']');
        } else if (value instanceof String string) {
            text.append(quoted(string));
        } else {
            text.append(value == null ? "null" : text());
        }
    }

    /** The text as a JSON string, quotes included. */
    public static String quoted(String text) {
        StringBuilder quoted = new StringBuilder(text.length() + 2).append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"' || c == '\\') {
                quoted.append('\\').append(c);
            } else if (c < ' ' || c == '\u007f' || Character.isSurrogate(c)) {
                quoted.append(String.format("\\u%04x", (int) c));
            } else {
                quoted.append(c);
            }
        }
        return quoted.append('"').toString();
    }

    /** Recursive descent over the whole text, which is in memory anyway. */
    private static final class Reader {
        private final String text;
        private int at;

        Reader(String text) {
            this.text = text;
        }

        Json value(int depth) {
            space();
            if (depth > DEEPEST) {
                throw unexpected();
            }
            return switch (peek()) {
                case '{' -> object(depth);
                case '[' -> array(depth);
                case '"' -> new Json(string());
                case 't' -> word("true", Boolean.TRUE);
                case 'f' -> word("false", Boolean.FALSE);
                case 'n' -> word("null", null);
                default -> number();
            };
        }

        private Json object(int depth) {
            Map<String, Json> fields = new LinkedHashMap<>();
            at++;
            space();
            while (peek() != '}') {
                String name = string();
                space();
                expect(':');
                fields.put(name, value(depth + 1));
                between('}');
            }
            at++;
            return new Json(fields);
        }

        private Json array(int depth) {
            List<Json> items = new ArrayList<>();
            at++;
            space();
            while (peek() != ']') {
                items.add(value(depth + 1));
                between(']');
            }
            at++;
            return new Json(items);
        }

        private void between(char end) {
            space();
            if (peek() != end) {
                expect(',');
                space();
            }
        }

        private String string() {
            expect('"');
            StringBuilder read = new StringBuilder();
            for (char c; (c = next()) != '"'; ) {
                read.append(c == '\\' ? escaped() : c);
            }
            return read.toString();
        }

        private char escaped() {
            char c = next();
            return switch (c) {
                case 'n' -> '\n';
                case 't' -> '\t';
                case 'r' -> '\r';
                case 'b' -> '\b';
                case 'f' -> '\f';
                case 'u' -> {
                    if (at + 4 > text.length()) {
                        throw unexpected();
                    }
                    at += 4;
                    yield (char) Integer.parseInt(text, at - 4, at, 16);
                }
                default -> c;
            };
        }

        private Json number() {
            int from = at;
            while (at < text.length() && "+-.0123456789eE".indexOf(text.charAt(at)) >= 0) {
                at++;
            }
            if (from == at) {
                throw unexpected();
            }
            return new Json(new BigDecimal(text.substring(from, at)));
        }

        private Json word(String word, @Nullable Object meaning) {
            if (!text.startsWith(word, at)) {
                throw unexpected();
            }
            at += word.length();
            return new Json(meaning);
        }

        void space() {
            while (at < text.length() && text.charAt(at) <= ' ') {
                at++;
            }
        }

        private char peek() {
            if (at >= text.length()) {
                throw unexpected();
            }
            return text.charAt(at);
        }

        private char next() {
            char c = peek();
            at++;
            return c;
        }

        private void expect(char c) {
            if (next() != c) {
                at--;
                throw unexpected();
            }
        }

        IllegalArgumentException unexpected() {
            return new IllegalArgumentException("not JSON at character " + at + " of " + text.length());
        }
    }
}
