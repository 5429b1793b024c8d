package dev.weir.snapshot;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Writes JSON as UTF-8 into one growing array; commas are its business. Not thread-safe.
 *
 * <p>The bytes are what a budget is measured in, so they are written once and never go through a string.
 */
public final class JsonWriter {
    private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);

    private byte[] bytes = new byte[512];
    private int size;
    private boolean comma;

    public JsonWriter object() {
        return open('{');
    }

    public JsonWriter endObject() {
        return close('}');
    }

    public JsonWriter array() {
        return open('[');
    }

    public JsonWriter endArray() {
        return close(']');
    }

    public JsonWriter name(String name) {
        separate();
        string(name);
        put(':');
        comma = false;
        return this;
    }

    public JsonWriter value(@Nullable String text) {
        separate();
        if (text == null) {
            ascii("null");
        } else {
            string(text);
        }
        return this;
    }

    public JsonWriter value(long number) {
        separate();
        ascii(Long.toString(number));
        return this;
    }

    /** At most four decimals: shares and quantiles say no more. */
    public JsonWriter value(double number) {
        if (!Double.isFinite(number)) {
            return value(null);
        }
        separate();
        double rounded = Math.abs(number) < 1e11 ? Math.round(number * 10_000) / 10_000.0 : number;
        boolean whole = rounded == Math.rint(rounded) && Math.abs(rounded) < 1e15;
        ascii(whole ? Long.toString((long) rounded) : Double.toString(rounded));
        return this;
    }

    public JsonWriter value(boolean truth) {
        separate();
        ascii(truth ? "true" : "false");
        return this;
    }

    /** JSON that is already written. */
    public JsonWriter json(byte[] written) {
        separate();
        ensure(written.length);
        System.arraycopy(written, 0, bytes, size, written.length);
        size += written.length;
        return this;
    }

    public JsonWriter field(String name, @Nullable String text) {
        return name(name).value(text);
    }

    public JsonWriter field(String name, long number) {
        return name(name).value(number);
    }

    public JsonWriter field(String name, boolean truth) {
        return name(name).value(truth);
    }

    /** Nothing at all if there is no text. */
    public JsonWriter known(String name, @Nullable String text) {
        return text == null ? this : field(name, text);
    }

    /** Nothing at all if there is no number. */
    public JsonWriter known(String name, @Nullable Integer number) {
        return number == null ? this : field(name, number);
    }

    /** Nothing at all if there is no number. */
    public JsonWriter known(String name, @Nullable Long number) {
        return number == null ? this : field(name, number);
    }

    /** A time as ISO-8601 with milliseconds; nothing at all if there is none. */
    public JsonWriter time(String name, @Nullable Long millis) {
        return millis == null ? this : field(name, IsoTime.of(millis));
    }

    public JsonWriter strings(String name, Iterable<String> texts) {
        name(name).array();
        texts.forEach(this::value);
        return endArray();
    }

    /** A newline between two values of an NDJSON stream. */
    public JsonWriter newLine() {
        put('\n');
        comma = false;
        return this;
    }

    public int size() {
        return size;
    }

    public byte[] toBytes() {
        return Arrays.copyOf(bytes, size);
    }

    private JsonWriter open(char bracket) {
        separate();
        put(bracket);
        comma = false;
        return this;
    }

    private JsonWriter close(char bracket) {
        put(bracket);
        comma = true;
        return this;
    }

    private void separate() {
        if (comma) {
            put(',');
        }
        comma = true;
    }

    private void string(String text) {
        int length = text.length();
        ensure(length + 2);
        bytes[size++] = '"';
        for (int i = 0; i < length; i++) {
            char c = text.charAt(i);
            if (c >= 0x20 && c < 0x7f && c != '"' && c != '\\') {
                // Room for this one and for all that follow is there, if they are as plain.
                bytes[size++] = (byte) c;
            } else {
                i += special(text, i, c);
                ensure(length - i + 1);
            }
        }
        bytes[size++] = '"';
    }

    /** Writes what is not plain, and says how many further chars it took. */
    private int special(String text, int at, char c) {
        if (c == '"' || c == '\\') {
            put('\\');
            put(c);
            return 0;
        }
        if (c < 0x20 || c == 0x7f) {
            escaped(c);
            return 0;
        }
        return unicode(text, at, c);
    }

    /** Writes one code point and says how many further chars it took. */
    private int unicode(String text, int at, char c) {
        boolean pair =
                Character.isHighSurrogate(c) && at + 1 < text.length() && Character.isLowSurrogate(text.charAt(at + 1));
        if (Character.isSurrogate(c) && !pair || c < 0xa0 || c == 0x2028 || c == 0x2029) {
            escaped(c);
        } else if (pair) {
            int point = Character.toCodePoint(c, text.charAt(at + 1));
            put((char) (0xf0 | point >> 18));
            put((char) (0x80 | point >> 12 & 0x3f));
            put((char) (0x80 | point >> 6 & 0x3f));
            put((char) (0x80 | point & 0x3f));
        } else if (c < 0x800) {
            put((char) (0xc0 | c >> 6));
            put((char) (0x80 | c & 0x3f));
        } else {
            put((char) (0xe0 | c >> 12));
            put((char) (0x80 | c >> 6 & 0x3f));
            put((char) (0x80 | c & 0x3f));
        }
        return pair ? 1 : 0;
    }

    private void escaped(char c) {
        put('\\');
        switch (c) {
            case '\n' -> put('n');
            case '\t' -> put('t');
            case '\r' -> put('r');
            default -> {
                put('u');
                for (int shift = 12; shift >= 0; shift -= 4) {
                    put((char) HEX[(c >> shift) & 15]);
                }
            }
        }
    }

    private void ascii(String text) {
        for (int i = 0; i < text.length(); i++) {
            put(text.charAt(i));
        }
    }

    private void put(char c) {
        ensure(1);
        bytes[size++] = (byte) c;
    }

    private void ensure(int more) {
        if (bytes.length - size < more) {
            bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, size + more));
        }
    }
}
