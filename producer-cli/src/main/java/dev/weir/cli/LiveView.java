package dev.weir.cli;

import dev.weir.cli.net.Http;
import dev.weir.cli.net.Json;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** A run's templates and counts on a terminal, written over themselves, as many as fit. */
final class LiveView {
    static final long EVERY_MILLIS = 1_000;
    private static final String HIDE_CURSOR = "\u001b[?25l";
    private static final String SHOW_CURSOR = "\u001b[?25h";
    private static final String CLEAR_TO_END = "\u001b[J";
    private static final String CLEAR_LINE = "\u001b[K";

    private final NodeApi api;
    private final String run;
    private final Map<String, String> environment;
    private final Thread restore = new Thread(LiveView::interrupted, "cursor");
    private List<String> drawn = List.of();

    LiveView(NodeApi api, String run, Map<String, String> environment) {
        this.api = api;
        this.run = run;
        this.environment = environment;
        // Ctrl-C must not leave a terminal without its cursor.
        Runtime.getRuntime().addShutdownHook(restore);
        System.out.print(HIDE_CURSOR);
    }

    void draw() {
        Screen screen = Screen.of(environment);
        int rows = Math.max(4, screen.rows() - 1);
        List<String> lines = lines(screen, rows);
        List<String> now = List.copyOf(lines.subList(0, Math.min(rows, lines.size())));
        System.out.print(frame(now, taken(drawn, screen.columns())));
        System.out.flush();
        drawn = now;
    }

    /** How many rows lines take on a terminal that may have become narrower since they were drawn. */
    static int taken(List<String> lines, int columns) {
        return lines.stream()
                .mapToInt(line -> Math.max(1, (Screen.width(Printable.plain(line)) + columns - 1) / columns))
                .sum();
    }

    /** What overwrites so many lines with these. */
    static String frame(List<String> lines, int before) {
        StringBuilder frame = new StringBuilder(before > 0 ? "\r\u001b[" + before + "A" : "");
        for (String line : lines) {
            frame.append(line).append(CLEAR_LINE).append('\n');
        }
        return frame.append(CLEAR_TO_END).toString();
    }

    private List<String> lines(Screen screen, int rows) {
        try {
            Http.Answer answer = api.get(
                    "/v1/runs/" + run + "/snapshot",
                    Map.of("format", "json", "limit", Integer.toString(Math.max(1, rows - 5))),
                    Duration.ofSeconds(5));
            return answer.ok()
                    ? SnapshotView.lines(Json.parse(answer.body()), screen, false)
                    : List.of(screen.cut("waiting: " + Printable.of(NodeApi.explained(answer)), 0));
        } catch (NodeApi.Unreachable away) {
            return List.of(screen.cut("waiting for the server", 0));
        }
    }

    void close() {
        showCursor();
        Runtime.getRuntime().removeShutdownHook(restore);
    }

    /** Ctrl-C leaves its mark where the shell's prompt comes. */
    private static void interrupted() {
        System.out.print("\r" + CLEAR_LINE);
        showCursor();
    }

    private static void showCursor() {
        System.out.print(SHOW_CURSOR);
        System.out.flush();
    }
}
