package dev.weir.cli;

import java.util.List;

/** Rows in aligned columns; a column that is empty everywhere is left out. */
record Table(List<String> head, List<List<String>> rows) {
    String text() {
        StringBuilder text = new StringBuilder();
        line(text, head);
        rows.forEach(row -> line(text, row));
        return text.toString();
    }

    private void line(StringBuilder text, List<String> cells) {
        int begin = text.length();
        for (int column = 0; column < head.size(); column++) {
            int width = width(column);
            if (width > 0) {
                String cell = cells.get(column);
                text.append(cell).append(" ".repeat(width - cell.length() + 2));
            }
        }
        while (text.length() > begin && text.charAt(text.length() - 1) == ' ') {
            text.setLength(text.length() - 1);
        }
        text.append('\n');
    }

    private int width(int column) {
        int widest =
                rows.stream().mapToInt(row -> row.get(column).length()).max().orElse(0);
        return widest == 0 && !rows.isEmpty()
                ? 0
                : Math.max(widest, head.get(column).length());
    }
}
