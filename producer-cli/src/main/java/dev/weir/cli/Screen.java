package dev.weir.cli;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What standard output is: a terminal of some size that may like colours, or a pipe. */
record Screen(boolean terminal, boolean colours, int columns, int rows) {
    private static final Screen PIPE = new Screen(false, false, Integer.MAX_VALUE, Integer.MAX_VALUE);
    private static final int USUAL_COLUMNS = 80;
    private static final int TAB = 8;
    private static final int USUAL_ROWS = 24;

    static Screen of(Map<String, String> environment) {
        if (!Notice.isTerminal(1)) {
            return PIPE;
        }
        boolean colours = environment.getOrDefault("NO_COLOR", "").isEmpty()
                && !environment.getOrDefault("TERM", "").equals("dumb");
        int[] size = size(environment);
        return new Screen(true, colours, size[0], size[1]);
    }

    /** Asked of the terminal itself: shells do not export what they know. */
    private static int[] size(Map<String, String> environment) {
        int columns = number(environment.get("COLUMNS"), USUAL_COLUMNS);
        int rows = number(environment.get("LINES"), USUAL_ROWS);
        try {
            Process stty = new ProcessBuilder("stty", "size")
                    .redirectInput(new File("/dev/tty"))
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            String said = new String(stty.getInputStream().readAllBytes(), StandardCharsets.US_ASCII).strip();
            String[] both = said.split(" ", -1);
            if (both.length == 2) {
                return new int[] {number(both[1], columns), number(both[0], rows)};
            }
        } catch (IOException noSuchCommand) {
            // the usual size, then
        }
        return new int[] {columns, rows};
    }

    private static int number(@Nullable String text, int otherwise) {
        try {
            int number = text == null ? 0 : Integer.parseInt(text);
            return number > 0 ? number : otherwise;
        } catch (NumberFormatException none) {
            return otherwise;
        }
    }

    /** Text in a style, such as {@code 31} for red; plain where there are no colours. */
    String styled(String style, String text) {
        return colours && !style.isEmpty() ? "\u001b[" + style + "m" + text + "\u001b[0m" : text;
    }

    /** As much of a line as is left after so many columns, with a mark where it was cut; tabs become what they are wide. */
    String cut(String line, int after) {
        if (columns == Integer.MAX_VALUE) {
            return line;
        }
        String text = line.indexOf('\t') < 0 ? line : withoutTabs(line, after);
        int room = Math.max(8, columns - after);
        int width = 0;
        for (int at = 0; at < text.length(); ) {
            int point = text.codePointAt(at);
            int wide = width(point);
            if (width + wide > room - 1 && !restFits(text, at, room - width)) {
                return text.substring(0, at) + "…";
            }
            width += wide;
            at += Character.charCount(point);
        }
        return text;
    }

    private static String withoutTabs(String line, int after) {
        StringBuilder text = new StringBuilder(line.length() + 16);
        int[] column = {after};
        line.codePoints().forEach(point -> {
            if (point == '\t') {
                int blanks = TAB - column[0] % TAB;
                text.append(" ".repeat(blanks));
                column[0] += blanks;
            } else {
                text.appendCodePoint(point);
                column[0] += width(point);
            }
        });
        return text.toString();
    }

    /** How many columns a text takes. */
    static int width(String text) {
        return text.codePoints().map(Screen::width).sum();
    }

    private static boolean restFits(String text, int from, int room) {
        return text.codePoints().count() < 100_000
                && text.substring(from).codePoints().map(Screen::width).sum() <= room;
    }

    /** Columns that a character takes: none for marks that combine, two for wide ones. */
    static int width(int point) {
        int type = Character.getType(point);
        if (type == Character.NON_SPACING_MARK || type == Character.ENCLOSING_MARK || type == Character.FORMAT) {
            return 0;
        }
        boolean wide = point >= 0x1100 && point <= 0x115F
                || point >= 0x2E80 && point <= 0xA4CF
                || point >= 0xAC00 && point <= 0xD7A3
                || point >= 0xF900 && point <= 0xFAFF
                || point >= 0xFE30 && point <= 0xFE6F
                || point >= 0xFF00 && point <= 0xFF60
                || point >= 0xFFE0 && point <= 0xFFE6
                || point >= 0x1F300 && point <= 0x1FAFF
                || point >= 0x20000 && point <= 0x3FFFD;
        return wide ? 2 : 1;
    }
}
