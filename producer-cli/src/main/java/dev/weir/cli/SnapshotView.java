package dev.weir.cli;

import dev.weir.cli.net.Json;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** A snapshot on a terminal: aligned, cut to its width, coloured by level, each template with its trend. */
final class SnapshotView {
    private static final String BARS = " ▁▂▃▄▅▆▇█";
    private static final int TREND = 12;
    private static final int ENOUGH_FOR_TRENDS = 60;
    private static final String BOLD = "1";
    private static final String DIM = "2";
    private static final String RED = "31";
    private static final String MAGENTA = "1;35";

    private final Json snapshot;
    private final Screen screen;
    private final List<String> lines = new ArrayList<>();

    private SnapshotView(Json snapshot, Screen screen) {
        this.snapshot = snapshot;
        this.screen = screen;
    }

    /** Its lines, none wider than the screen. */
    static List<String> lines(Json snapshot, Screen screen, boolean samples) {
        SnapshotView view = new SnapshotView(snapshot, screen);
        if (snapshot.get("unchanged").isTrue()) {
            view.lines.add("nothing has changed");
            return view.lines;
        }
        view.head();
        view.templates(samples);
        view.block(
                "last error" + (snapshot.get("errorBlock").get("cut").isTrue() ? ", cut:" : ":"),
                snapshot.get("errorBlock").get("lines"));
        view.block("all lines, as they were:", snapshot.get("lines"));
        view.block("last lines:", snapshot.get("tail"));
        view.foot();
        return view.lines;
    }

    private void head() {
        lines.add(headline(snapshot.get("run"), screen, ShortTime.here()));
        String counts = AccountingText.of(snapshot.get("accounting"));
        lines.add(screen.styled(DIM, screen.cut(counts, 0)));
        if (!snapshot.get("note").text().isEmpty()) {
            lines.add(screen.cut("note: " + shown(snapshot.get("note")), 0));
        }
        Json first = snapshot.get("firstError");
        if (!first.isMissing()) {
            lines.add(screen.styled(
                    RED,
                    screen.cut("first error: #" + first.get("template").text() + " " + shown(first.get("text")), 0)));
        }
        for (Json signal : snapshot.get("signals").items()) {
            if (!signal.get("kind").text().equals("first-error")) {
                lines.add(screen.styled(
                        "33", screen.cut("signal: " + shown(signal.get("kind")) + " " + shown(signal.get("text")), 0)));
            }
        }
    }

    /** Which run, how it stands, for how long, and its title. */
    static String headline(Json run, Screen screen, ShortTime clock) {
        String status = run.get("status").text();
        StringBuilder head = new StringBuilder(": ").append(status);
        if (!run.get("exitCode").isMissing()) {
            head.append(" (exit ").append(run.get("exitCode").text()).append(')');
        } else if (!run.get("signal").text().isEmpty()) {
            head.append(" (signal ").append(shown(run.get("signal"))).append(')');
        }
        Json duration = run.get("durationMillis");
        String ran = duration.isMissing()
                ? clock.between(run.get("startedAt").text(), run.get("endedAt").text())
                : ShortTime.lasted(Duration.ofMillis(duration.number()));
        head.append(ran == null ? "" : ", " + ran);
        String title = shown(run.get("title"));
        String id = shown(run.get("id"));
        String rest = screen.cut(head + (title.isEmpty() ? "" : "  " + title), id.length());
        return screen.styled(BOLD, id) + screen.styled(colour(status), rest);
    }

    private static String colour(String status) {
        return switch (status) {
            case "failed", "lost" -> RED;
            case "completed" -> "32";
            case "cancelled", "silent" -> "33";
            default -> "36";
        };
    }

    private void templates(boolean samples) {
        List<Json> templates = snapshot.get("templates").items();
        if (templates.isEmpty()) {
            return;
        }
        int wide = "COUNT".length();
        for (Json template : templates) {
            wide = Math.max(wide, grouped(template.get("count").number()).length());
        }
        boolean trends = screen.columns() >= ENOUGH_FOR_TRENDS
                && templates.stream()
                        .anyMatch(template -> template.get("trend").items().size() > 1);
        int before = wide + 2 + (trends ? TREND + 2 : 0) + 7;
        lines.add(screen.styled(
                DIM,
                " ".repeat(wide - 5) + "COUNT  " + (trends ? "TREND" + " ".repeat(TREND - 3) : "")
                        + "LEVEL  TEMPLATE"));
        for (Json template : templates) {
            String level = template.get("level").text();
            String style = style(level);
            String id = "#" + template.get("id").text() + " ";
            String marks = marks(template);
            String text = screen.cut(shown(template.get("text")), before + id.length() + marks.length());
            lines.add(String.format(
                            Locale.ROOT,
                            "%" + wide + "s  ",
                            grouped(template.get("count").number()))
                    + (trends ? screen.styled("36", trend(template.get("trend").items())) + "  " : "")
                    + screen.styled(style, String.format("%-5s", level.equals("NONE") ? "-" : level))
                    + "  "
                    + screen.styled(DIM, id)
                    + screen.styled(MAGENTA, marks)
                    + screen.styled(style, text));
            String causes = causes(template);
            if (!causes.isEmpty()) {
                lines.add(screen.styled(style, " ".repeat(before) + screen.cut("causes: " + causes, before)));
            }
            if (samples) {
                for (Json sample : template.get("samples").items()) {
                    if (shown(sample).equals(shown(template.get("text")))) {
                        continue;
                    }
                    lines.add(screen.styled(DIM, " ".repeat(before) + screen.cut("e.g. " + shown(sample), before)));
                }
            }
        }
    }

    /** Which exceptions its events tell of after their first line. */
    private static String causes(Json template) {
        return template.get("slots").items().stream()
                .filter(slot -> slot.get("name").text().equals("cause"))
                .flatMap(slot -> slot.get("values").items().stream())
                .map(value -> shown(value.get("text")) + " "
                        + grouped(value.get("count").number()))
                .collect(Collectors.joining(", "));
    }

    private static String style(String level) {
        return switch (level) {
            case "FATAL" -> "1;31";
            case "ERROR" -> RED;
            case "WARN" -> "33";
            case "DEBUG", "TRACE" -> DIM;
            default -> "";
        };
    }

    private static String marks(Json template) {
        String change = template.get("change").text();
        return (change.isEmpty() ? "" : "[" + change + "] ")
                + (template.get("novel").isTrue() ? "[novel] " : "");
    }

    /** The last so many numbers as bars; the highest of them fills its place. */
    static String trend(List<Json> numbers) {
        List<Json> last = numbers.subList(Math.max(0, numbers.size() - TREND), numbers.size());
        long most = last.stream().mapToLong(Json::number).max().orElse(0);
        StringBuilder bars = new StringBuilder(" ".repeat(TREND - last.size()));
        for (Json number : last) {
            long height = most == 0 ? 0 : (number.number() * (BARS.length() - 1) + most - 1) / most;
            bars.append(BARS.charAt((int) height));
        }
        return bars.toString();
    }

    private void block(String head, Json texts) {
        if (!texts.items().isEmpty()) {
            lines.add(screen.styled(DIM, head));
            texts.items().forEach(text -> lines.add("  " + screen.cut(shown(text), 2)));
        }
    }

    private void foot() {
        Json omitted = snapshot.get("omitted");
        long signals = omitted.get("signals").number();
        if (omitted.get("templates").number() > 0 || omitted.get("lines").number() > 0 || signals > 0) {
            String said = "omitted: " + omitted.get("templates").text() + " templates, "
                    + omitted.get("lines").text() + " lines" + (signals > 0 ? ", " + signals + " signals" : "") + " ("
                    + shown(omitted.get("why")) + ")";
            lines.add(screen.styled(DIM, screen.cut(said, 0)));
        }
    }

    private static String grouped(long count) {
        return String.format(Locale.ROOT, "%,d", count);
    }

    private static String shown(Json value) {
        return Printable.plain(value.text());
    }
}
