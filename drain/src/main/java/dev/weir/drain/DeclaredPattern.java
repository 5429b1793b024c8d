package dev.weir.drain;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Matches a declared template: its literal parts in order, the first at the start, the last at the end. */
final class DeclaredPattern {
    final Declared declared;
    private final byte[][] parts;

    DeclaredPattern(Declared declared) {
        this.declared = declared;
        List<byte[]> split = new ArrayList<>();
        int from = 0;
        String pattern = declared.pattern();
        for (int hole = pattern.indexOf("<*>"); hole >= 0; hole = pattern.indexOf("<*>", from)) {
            split.add(pattern.substring(from, hole).getBytes(StandardCharsets.UTF_8));
            from = hole + 3;
        }
        split.add(pattern.substring(from).getBytes(StandardCharsets.UTF_8));
        this.parts = split.toArray(new byte[0][]);
    }

    boolean matches(byte[] b, int from, int to) {
        int last = parts.length - 1;
        if (!at(b, from, to, parts[0]) || last == 0 && to - from != parts[0].length) {
            return false;
        }
        int p = from + parts[0].length;
        for (int i = 1; i < last; i++) {
            while (p <= to && !at(b, p, to, parts[i])) {
                p++;
            }
            if (p > to) {
                return false;
            }
            p += parts[i].length;
        }
        return last == 0 || to - parts[last].length >= p && at(b, to - parts[last].length, to, parts[last]);
    }

    private static boolean at(byte[] b, int p, int to, byte[] part) {
        if (to - p < part.length) {
            return false;
        }
        for (int i = 0; i < part.length; i++) {
            if (b[p + i] != part[i]) {
                return false;
            }
        }
        return true;
    }
}
