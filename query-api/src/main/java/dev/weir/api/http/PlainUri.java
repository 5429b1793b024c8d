package dev.weir.api.http;

import org.jspecify.annotations.Nullable;

/** What a request's path and query may be made of. By hand: a pattern recurses once a character, and paths are foreign. */
final class PlainUri {
    private static final String MARKS = "._~!$&'()*+,;=:@/-";

    private PlainUri() {}

    /** Nothing of ours needs more; encoded slashes, dots, controls and back-slashes are never meant well. */
    static boolean path(String path) {
        if (!path.startsWith("/") || path.endsWith("/..") || path.endsWith("/.")) {
            return false;
        }
        for (int i = 0; i < path.length(); i++) {
            char c = path.charAt(i);
            if (c == '%') {
                if (!encodes(path, i)) {
                    return false;
                }
                i += 2;
            } else if (!(isLetterOrDigit(c) || MARKS.indexOf(c) >= 0)) {
                return false;
            }
        }
        return !path.contains("/../") && !path.contains("/./");
    }

    /** Whether every % of a query stands for a byte: what does not is dropped unseen otherwise. */
    static boolean query(@Nullable String query) {
        if (query == null) {
            return true;
        }
        for (int i = query.indexOf('%'); i >= 0; i = query.indexOf('%', i + 1)) {
            if (i + 2 >= query.length() || Character.digit(query.charAt(i + 1), 16) < 0) {
                return false;
            }
            if (Character.digit(query.charAt(i + 2), 16) < 0) {
                return false;
            }
        }
        return true;
    }

    /** A space, one of {@code #%?[]}, or a byte of a character beyond ASCII. */
    private static boolean encodes(String path, int at) {
        if (at + 2 >= path.length()) {
            return false;
        }
        int high = Character.digit(path.charAt(at + 1), 16);
        int low = Character.digit(path.charAt(at + 2), 16);
        int value = high << 4 | low;
        return high >= 0 && low >= 0 && (value >= 0x80 || " #%?[]".indexOf(value) >= 0);
    }

    private static boolean isLetterOrDigit(char c) {
        return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9';
    }
}
