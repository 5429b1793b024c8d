package dev.weir.compact;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

/**
 * The time that whoever passes lines on puts in front of each, as CI systems and containers do: what is said begins behind
 * it, with its own indentation.
 */
final class Stamp {
    private static final int LONGEST = 48;
    private static final String DATE = "0000-00-00";
    private static final String TIME = "00:00:00";

    private Stamp() {}

    /** How many bytes the time and the blank behind it take; 0 if the line begins otherwise. */
    static int length(byte[] b, int from, int to) {
        if (from == to || b[from] != '[' && !digit(b[from])) {
            return 0;
        }
        boolean bracket = b[from] == '[';
        int i = bracket ? from + 1 : from;
        if (like(b, i, to, DATE)) {
            i += DATE.length();
            if (i == to || b[i] != 'T' && b[i] != ' ') {
                return 0;
            }
            i++;
        }
        if (!like(b, i, to, TIME)) {
            return 0;
        }
        i = zone(b, fraction(b, i + TIME.length(), to), to);
        if (bracket) {
            if (i == to || b[i] != ']') {
                return 0;
            }
            i++;
        }
        return i == to ? i - from : b[i] == ' ' ? i + 1 - from : 0;
    }

    static int length(String line) {
        byte[] beginning = line.substring(0, Math.min(line.length(), LONGEST)).getBytes(ISO_8859_1);
        return length(beginning, 0, beginning.length);
    }

    /** Digits where the form has a zero, and its own signs; a slash is as good as a hyphen. */
    private static boolean like(byte[] b, int from, int to, String form) {
        if (to - from < form.length()) {
            return false;
        }
        for (int i = 0; i < form.length(); i++) {
            byte is = b[from + i];
            char sign = form.charAt(i);
            if (sign == '0' ? !digit(is) : is != sign && !(sign == '-' && is == '/')) {
                return false;
            }
        }
        return true;
    }

    private static int fraction(byte[] b, int from, int to) {
        if (from + 1 >= to || b[from] != '.' && b[from] != ',' || !digit(b[from + 1])) {
            return from;
        }
        int i = from + 1;
        while (i < to && digit(b[i])) {
            i++;
        }
        return i;
    }

    private static int zone(byte[] b, int from, int to) {
        if (from < to && b[from] == 'Z') {
            return from + 1;
        }
        if (from == to || b[from] != '+' && b[from] != '-') {
            return from;
        }
        return like(b, from + 1, to, "00:00") ? from + 6 : like(b, from + 1, to, "0000") ? from + 5 : from;
    }

    private static boolean digit(byte b) {
        return b >= '0' && b <= '9';
    }
}
