package dev.weir.snapshot;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

/** Reads JSON strictly and keeps nothing of it: enough to say that a text is JSON, without a library. */
final class JsonText {
    private final String json;
    private int at;

    private JsonText(String json) {
        this.json = json;
    }

    static void check(String json) {
        JsonText text = new JsonText(json.strip());
        text.value();
        assertTrue(text.at == text.json.length(), "Something after the JSON, at " + text.at);
    }

    private void value() {
        space();
        switch (peek()) {
            case '{' -> {
                next('{');
                for (boolean first = true; !ends('}'); first = false) {
                    separator(first);
                    string();
                    space();
                    next(':');
                    value();
                }
            }
            case '[' -> {
                next('[');
                for (boolean first = true; !ends(']'); first = false) {
                    separator(first);
                    value();
                }
            }
            case '"' -> string();
            default -> word();
        }
    }

    private void separator(boolean first) {
        if (!first) {
            next(',');
        }
        space();
    }

    private boolean ends(char end) {
        space();
        if (peek() != end) {
            return false;
        }
        at++;
        return true;
    }

    private void string() {
        next('"');
        while (peek() != '"') {
            char c = json.charAt(at++);
            assertTrue(c >= 0x20, "A control character within a string, at " + at);
            if (c == '\\') {
                char escaped = json.charAt(at++);
                assertTrue("\"\\/bfnrtu".indexOf(escaped) >= 0, "An unknown escape at " + at);
                if (escaped == 'u') {
                    Integer.parseInt(json.substring(at, at + 4), 16);
                    at += 4;
                }
            }
        }
        at++;
    }

    private void word() {
        int from = at;
        while (at < json.length() && ",]} \n".indexOf(json.charAt(at)) < 0) {
            at++;
        }
        String word = json.substring(from, at);
        assertTrue(
                word.matches("true|false|null|-?(0|[1-9]\\d*)(\\.\\d+)?([eE][+-]?\\d+)?"),
                "No JSON value: '" + word + "'");
    }

    private void space() {
        while (at < json.length() && " \n\r\t".indexOf(json.charAt(at)) >= 0) {
            at++;
        }
    }

    private char peek() {
        if (at >= json.length()) {
            fail("The JSON ends too early: " + json);
        }
        return json.charAt(at);
    }

    private void next(char expected) {
        assertTrue(peek() == expected, "'" + expected + "' expected at " + at + ", got '" + peek() + "'");
        at++;
    }
}
