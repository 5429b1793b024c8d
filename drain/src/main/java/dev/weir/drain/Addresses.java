package dev.weir.drain;

import static dev.weir.drain.Bytes.CLASS;
import static dev.weir.drain.Bytes.DELIMITER;
import static dev.weir.drain.Bytes.END;

/** Where addresses end that are more than one word to the lexer: hosts with ports, IPv6, hardware, URLs. */
final class Addresses {
    /** How long a UUID is. */
    static final int UUID = 36;

    private Addresses() {}

    /** Whether a UUID starts here: its letters and digits lie as chance has it, so no part of it tells alone. */
    static boolean uuid(byte[] b, int s) {
        for (int i = 0; i < UUID; i++) {
            boolean dash = i == 8 || i == 13 || i == 18 || i == 23;
            if (dash ? b[s + i] != '-' : !Bytes.hex(b[s + i])) {
                return false;
            }
        }
        return true;
    }

    /** The end of the place of a PCI device, {@code 0000:b6:1f.3}, or -1. */
    private static int device(byte[] b, int s, int to) {
        if (s + 12 > to || b[s + 4] != ':' || b[s + 7] != ':' || b[s + 10] != '.' || !Bytes.digit(b[s + 11])) {
            return -1;
        }
        for (int i = 0; i < 10; i++) {
            if (i != 4 && i != 7 && !Bytes.hex(b[s + i])) {
                return -1;
            }
        }
        return s + 12 == to || CLASS[b[s + 12] & 255] >= END ? s + 12 : -1;
    }

    /** The end of {@code name.with.dots:443}, or -1 if it looks like anything else. */
    static int hostAndPort(byte[] b, int s, int e, int to) {
        int p = e + 1;
        while (p < to && Bytes.digit(b[p])) {
            p++;
        }
        if (p < to && CLASS[b[p] & 255] < END) {
            return -1;
        }
        int dots = dots(b, s, e);
        if (dots >= 2) {
            return p;
        }
        for (int i = s; i < e; i++) {
            if (b[i] >= 'A' && b[i] <= 'Z') {
                return -1;
            }
        }
        return dots == 1 && p - e <= 6 && (p == to || b[p] != ',') ? p : -1;
    }

    /** The end of two to five digits that nothing but the end of a word follows, or -1. */
    static int port(byte[] b, int from, int to) {
        int p = from;
        while (p < to && Bytes.digit(b[p])) {
            p++;
        }
        return p - from >= 2 && p - from <= 5 && (p == to || CLASS[b[p] & 255] >= END && b[p] != ':' || b[p] == '.')
                ? p
                : -1;
    }

    /** The end of a hardware address or of an IPv6 address, with its port or zone, or -1. */
    static int colons(byte[] b, int s, int to) {
        int i = s;
        int groups = 0;
        int pairs = 0;
        int digits = 0;
        boolean gap = false;
        int device = device(b, s, to);
        if (device > 0) {
            return device;
        }
        while (i < to) {
            int g = i;
            while (i < to && i - g < 4 && Bytes.hex(b[i])) {
                digits += Bytes.digit(b[i]) ? 1 : 0;
                i++;
            }
            groups++;
            pairs += i - g == 2 ? 1 : 0;
            if (i + 1 < to
                    && b[i] == ':'
                    && b[i + 1] == ':'
                    && !gap
                    && (i + 2 == to || CLASS[b[i + 2] & 255] != DELIMITER)) {
                gap = true;
                i += 2;
                if (i == to || !Bytes.hex(b[i])) {
                    break;
                }
            } else if (i + 1 < to && b[i] == ':' && Bytes.hex(b[i + 1])) {
                i++;
            } else {
                break;
            }
        }
        boolean hardware = groups >= 5 && pairs == groups && !gap;
        boolean address = digits > 0 && (gap && groups >= 2 || groups >= 7);
        if (address && i + 1 < to && b[i] == '%') {
            i++;
            while (i < to && Words.inAtom(CLASS[b[i] & 255])) {
                i++;
            }
        }
        while (address && i + 1 < to && (b[i] == '.' || b[i] == '/') && Bytes.digit(b[i + 1])) {
            i += 2;
            while (i < to && Bytes.digit(b[i])) {
                i++;
            }
        }
        return (hardware || address) && (i == to || !Words.inAtom(CLASS[b[i] & 255])) ? i : -1;
    }

    /** The end of a run up to white space, a quote or a closing bracket. */
    static int reach(byte[] b, int from, int to, boolean windows) {
        int i = from;
        while (i < to) {
            byte c = b[i];
            if (c <= ' ' && c >= 0
                    || c == '"'
                    || c == '\''
                    || c == ')'
                    || c == ']'
                    || c == '}'
                    || c == '>'
                    || c == '<') {
                break;
            }
            if ((c == ',' || c == ';') && (windows || i + 1 == to || Bytes.space(b[i + 1]))) {
                break;
            }
            i++;
        }
        while (i > from && (b[i - 1] == '.' || b[i - 1] == ':' || b[i - 1] == ',')) {
            i--;
        }
        return i;
    }

    /** Whether a path has a question mark in it. */
    static boolean query(byte[] b, int s, int e) {
        for (int i = s; i < e; i++) {
            if (b[i] == '?') {
                return true;
            }
        }
        return false;
    }

    static int dots(byte[] b, int s, int e) {
        int dots = 0;
        for (int i = s + 1; i < e - 1; i++) {
            if (b[i] == '.') {
                if (b[i + 1] == '.') {
                    return 0;
                }
                dots++;
            }
        }
        return dots;
    }
}
