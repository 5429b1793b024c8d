package dev.weir.cli;

import java.util.ArrayList;
import java.util.List;

/** Rows in aligned columns; a column that is empty everywhere is left out. */
record Table(List<String> head, List<List<String>> rows) {
    String text() {
        StringBuilder text = new StringBuilder();
        line(text, head);
        rows.forEach(row -> line(text, row));
        return text.toString();
    }

    /** Without as many of these columns, in this order, as it takes for all but the last to fit; that one may be cut. */
    Table within(int columns, List<String> dispensable) {
        Table table = this;
        for (String name : dispensable) {
            if (table.before() <= columns) {
                return table;
            }
            table = table.without(name);
        }
        return table;
    }

    private int before() {
        int sum = 0;
        for (int column = 0; column < head.size() - 1; column++) {
            sum += width(column) == 0 ? 0 : width(column) + 2;
        }
        return Math.max(0, sum - 2);
    }

    private Table without(String name) {
        int column = head.indexOf(name);
        return new Table(
                removed(head, column),
                rows.stream().map(row -> removed(row, column)).toList());
    }

    private static List<String> removed(List<String> cells, int column) {
        List<String> rest = new ArrayList<>(cells);
        rest.remove(column);
        return List.copyOf(rest);
    }

    private void line(StringBuilder text, List<String> cells) {
        int begin = text.length();
        for (int column = 0; column < head.size(); column++) {
            int width = width(column);
            if (width > 0) {
                String cell = cells.get(column);
                text.append(cell).append(" ".repeat(width - Screen.width(cell) + 2));
            }
        }
        while (text.length() > begin && text.charAt(text.length() - 1) == ' ') {
            text.setLength(text.length() - 1);
        }
        text.append('\n');
    }

    private int width(int column) {
        int widest = rows.stream()
                .mapToInt(row -> Screen.width(row.get(column)))
                .max()
                .orElse(0);
        return widest == 0 && !rows.isEmpty()
                ? 0
                : Math.max(widest, head.get(column).length());
    }
}
