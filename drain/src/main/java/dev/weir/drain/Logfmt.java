package dev.weir.drain;

/** Reads a line of {@code key=value} pairs: all of it, or it is not logfmt. */
final class Logfmt {
    private final Fields fields;

    Logfmt(Fields fields) {
        this.fields = fields;
    }

    /** A quick look: does the line start like logfmt does? */
    static boolean likely(byte[] b, int from, int to) {
        int i = from;
        while (i < to && i < from + 32 && key(b[i])) {
            i++;
        }
        return i > from && i < to && b[i] == '=';
    }

    /** Whether the line is logfmt with a message; then its fields are in {@link Fields}. */
    boolean read(byte[] b, int from, int to, long around) {
        fields.clear();
        int at = from;
        int pairs = 0;
        while (at < to) {
            while (at < to && b[at] == ' ') {
                at++;
            }
            if (at == to) {
                break;
            }
            int nameFrom = fields.length;
            while (at < to && key(b[at])) {
                fields.append(b[at++]);
            }
            int nameTo = fields.length;
            if (nameTo == nameFrom || at == to || b[at] != '=') {
                return false;
            }
            at++;
            boolean quoted = at < to && b[at] == '"';
            at = quoted ? quoted(b, at + 1, to) : bare(b, at, to);
            if (at < 0 || at < to && b[at] != ' ') {
                return false;
            }
            pairs++;
            fields.add(nameFrom, nameTo, nameTo, fields.length, true, around);
        }
        return pairs > 1 && fields.hasMessage();
    }

    private int quoted(byte[] b, int from, int to) {
        for (int i = from; i < to; i++) {
            if (b[i] == '"') {
                return i + 1;
            }
            if (b[i] == '\\' && i + 1 < to) {
                i++;
                fields.append(b[i] == 'n' || b[i] == 't' ? (byte) ' ' : b[i]);
            } else {
                fields.append(b[i]);
            }
        }
        return -1;
    }

    private int bare(byte[] b, int from, int to) {
        int i = from;
        while (i < to && b[i] != ' ') {
            if (b[i] == '"' || b[i] == '=' && i == from) {
                return -1;
            }
            fields.append(b[i++]);
        }
        return i;
    }

    private static boolean key(byte c) {
        return Bytes.letter(c) || Bytes.digit(c) || c == '_' || c == '.' || c == '-' || c == '@';
    }
}
