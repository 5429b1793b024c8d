package dev.weir.drain;

/**
 * Reads a line that is one JSON object, in one pass and without objects. Nested objects become fields with dotted names
 * down to a few levels; what lies deeper, and arrays, are values as they stand.
 */
final class Json {
    private static final int DEEPEST = 4;
    private static final int LONGEST_VALUE = 256;

    private final Fields fields;
    private byte[] b = new byte[0];
    private int at;
    private int to;
    private long around;

    Json(Fields fields) {
        this.fields = fields;
    }

    /** Whether the line is a JSON object with a message in it; then its fields are in {@link Fields}. */
    boolean read(byte[] line, int from, int end, long time) {
        b = line;
        at = from;
        to = end;
        around = time;
        fields.clear();
        if (!object(0, 0, 0)) {
            return false;
        }
        space();
        return at == to && fields.hasMessage();
    }

    private boolean object(int depth, int prefixFrom, int prefixTo) {
        at++;
        space();
        if (at < to && b[at] == '}') {
            at++;
            return true;
        }
        while (at < to && b[at] == '"') {
            int nameFrom = fields.length;
            for (int i = prefixFrom; i < prefixTo; i++) {
                fields.append(fields.text[i]);
            }
            if (prefixTo > prefixFrom) {
                fields.append((byte) '.');
            }
            if (!string()) {
                return false;
            }
            int nameTo = fields.length;
            space();
            if (at >= to || b[at] != ':') {
                return false;
            }
            at++;
            space();
            if (at >= to || !value(depth, nameFrom, nameTo)) {
                return false;
            }
            space();
            if (at < to && b[at] == '}') {
                at++;
                return true;
            }
            if (at >= to || b[at] != ',') {
                return false;
            }
            at++;
            space();
        }
        return false;
    }

    private boolean value(int depth, int nameFrom, int nameTo) {
        int from = fields.length;
        boolean quoted = b[at] == '"';
        if (quoted) {
            if (!string()) {
                return false;
            }
        } else if (b[at] == '{' && depth + 1 < DEEPEST) {
            return object(depth + 1, nameFrom, nameTo);
        } else if (b[at] == '{' || b[at] == '[') {
            if (!raw()) {
                return false;
            }
        } else {
            int start = at;
            while (at < to && b[at] != ',' && b[at] != '}' && b[at] != ']' && !Bytes.space(b[at])) {
                fields.append(b[at++]);
            }
            if (at == start) {
                return false;
            }
        }
        fields.add(nameFrom, nameTo, from, fields.length, quoted, around);
        return true;
    }

    /** Appends the string at the cursor, unescaped. */
    private boolean string() {
        at++;
        while (at < to) {
            byte c = b[at++];
            if (c == '"') {
                return true;
            }
            if (c != '\\') {
                fields.append(c);
            } else if (at == to) {
                return false;
            } else {
                escape(b[at++]);
            }
        }
        return false;
    }

    private void escape(byte c) {
        switch (c) {
            case 'n':
            case 'r':
            case 't':
            case 'b':
            case 'f':
                fields.append((byte) ' ');
                break;
            case 'u':
                int code = 0;
                int i = 0;
                for (; i < 4 && at < to && Bytes.hex(b[at]); i++) {
                    code = code << 4 | Character.digit(b[at++], 16);
                }
                unicode(i == 4 ? code : '?');
                break;
            default:
                fields.append(c);
        }
    }

    private void unicode(int code) {
        if (code < 0x20) {
            fields.append((byte) ' ');
        } else if (code < 0x80) {
            fields.append((byte) code);
        } else if (code < 0x800) {
            fields.append((byte) (0xC0 | code >> 6));
            fields.append((byte) (0x80 | code & 0x3F));
        } else {
            fields.append((byte) (0xE0 | code >> 12));
            fields.append((byte) (0x80 | code >> 6 & 0x3F));
            fields.append((byte) (0x80 | code & 0x3F));
        }
    }

    /** Steps over an array or a deep object; its text, or the start of it, is the value. */
    private boolean raw() {
        int depth = 0;
        int from = at;
        boolean quoted = false;
        while (at < to) {
            byte c = b[at++];
            if (at - from <= LONGEST_VALUE) {
                fields.append(c);
            }
            if (quoted) {
                if (c == '\\') {
                    at++;
                } else {
                    quoted = c != '"';
                }
            } else if (c == '"') {
                quoted = true;
            } else if (c == '{' || c == '[') {
                depth++;
            } else if ((c == '}' || c == ']') && --depth == 0) {
                return true;
            }
        }
        return false;
    }

    private void space() {
        while (at < to && Bytes.space(b[at])) {
            at++;
        }
    }
}
