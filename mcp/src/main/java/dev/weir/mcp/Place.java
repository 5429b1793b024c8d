package dev.weir.mcp;

import java.util.Optional;

/** Where a page of lines begins: so many lines after a moment, which stays the same from page to page. */
record Place(long moment, int skip) {
    static Place of(Optional<String> cursor) {
        if (cursor.isEmpty()) {
            return new Place(0, 0);
        }
        String[] parts = cursor.get().split("-", -1);
        try {
            if (parts.length == 2) {
                Place place = new Place(Long.parseLong(parts[0]), Integer.parseInt(parts[1]));
                if (place.moment() >= 0 && place.skip() >= 0) {
                    return place;
                }
            }
        } catch (NumberFormatException damaged) {
            // said below
        }
        throw new ToolProblem("cursor is '" + CleanText.of(cursor.get(), 40)
                + "': use nextCursor of the answer before, unchanged, or none");
    }

    String text() {
        return moment + "-" + skip;
    }
}
