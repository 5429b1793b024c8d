package dev.weir.cli;

import dev.weir.cli.net.Json;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** What became of every line, as the identity it is: what was read is what was counted and what was not. */
final class AccountingText {
    private static final List<String> BESIDE = List.of("duplicates", "gaps", "undecodable", "missing", "pending");

    private AccountingText() {}

    static String of(Json sum) {
        StringBuilder text = new StringBuilder("read ").append(sum.get("read").number());
        text.append(" = counted ").append(sum.get("counted").number());
        for (String name : List.of("dropped", "evicted", "rejected")) {
            text.append(" + ").append(name).append(' ').append(sum.get(name).number());
            text.append(reasons(sum.get(name + "By")));
        }
        for (String name : BESIDE) {
            if (sum.get(name).number() != 0) {
                text.append("; ").append(name).append(' ').append(sum.get(name).number());
            }
        }
        return text.toString();
    }

    private static String reasons(Json by) {
        return by.fields().isEmpty()
                ? ""
                : by.fields().entrySet().stream()
                        .map(one -> Printable.of(one.getKey())
                                + (by.fields().size() == 1
                                        ? ""
                                        : String.format(
                                                Locale.ROOT,
                                                " %d",
                                                one.getValue().number())))
                        .collect(Collectors.joining(", ", " (", ")"));
    }
}
