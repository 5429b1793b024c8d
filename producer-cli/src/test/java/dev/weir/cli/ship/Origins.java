package dev.weir.cli.ship;

import java.util.List;
import java.util.Map;

/** Origins for tests that do not care. */
final class Origins {
    private Origins() {}

    static Origin any() {
        return new Origin(
                0, List.of("x"), null, null, "shell", null, null, null, null, null, null, null, Map.of(), "auto");
    }
}
