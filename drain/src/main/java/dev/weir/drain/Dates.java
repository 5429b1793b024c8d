package dev.weir.drain;

import java.util.Set;

/** Dates inside a message that are written with the names of months and days. */
final class Dates {
    private static final Set<String> DATE_WORDS = Set.of(
            "Jan",
            "Feb",
            "Mar",
            "Apr",
            "May",
            "Jun",
            "Jul",
            "Aug",
            "Sep",
            "Oct",
            "Nov",
            "Dec",
            "Mon",
            "Tue",
            "Wed",
            "Thu",
            "Fri",
            "Sat",
            "Sun",
            "January",
            "February",
            "March",
            "April",
            "June",
            "July",
            "August",
            "September",
            "October",
            "November",
            "December",
            "Monday",
            "Tuesday",
            "Wednesday",
            "Thursday",
            "Friday",
            "Saturday",
            "Sunday");
    private static final Set<String> ZONE_WORDS = Set.of(
            "AM", "PM", "am", "pm", "UTC", "GMT", "EST", "EDT", "CST", "CDT", "MST", "MDT", "PST", "PDT", "CET",
            "CEST");

    private final Tokens tokens;

    Dates(Tokens tokens) {
        this.tokens = tokens;
    }

    private static boolean dateWord(String text) {
        return text.length() >= 3 && text.length() <= 9 && text.charAt(0) < 'X' && DATE_WORDS.contains(text);
    }

    /** {@code Fri Jun 17 07:07:00 2005} is one value. */
    void join() {
        for (int i = 0; i < tokens.size(); i++) {
            Token start = tokens.get(i);
            if (start.kind == Token.PUNCTUATION || start.kind == Token.WORD && !dateWord(start.text)) {
                continue;
            }
            int values = 0;
            int names = 0;
            int last = i;
            int j = i;
            for (; j < tokens.size() && j < i + 8; j++) {
                Token t = tokens.get(j);
                if (t.kind == Token.VALUE) {
                    values++;
                    last = j + 1;
                } else if (t.kind == Token.WORD && dateWord(t.text)) {
                    names++;
                    last = j + 1;
                } else if (t.kind == Token.WORD && names > 0 && values > 0 && ZONE_WORDS.contains(t.text)) {
                    last = j + 1;
                } else if (!(j > i && tokens.is(j, ",") && !t.spaced())) {
                    break;
                }
                if (j > i && !t.spaced() && !tokens.is(j, ",")) {
                    break;
                }
            }
            boolean starts =
                    tokens.get(i).kind == Token.WORD || names > 0 && i + 1 < tokens.size() && !tokens.value(i + 1);
            if (names > 0 && values >= 2 && starts && last - i >= 3) {
                tokens.join(i, last, Token.HOLE);
            }
        }
    }
}
