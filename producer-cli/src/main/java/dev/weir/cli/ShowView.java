package dev.weir.cli;

import dev.weir.cli.net.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A run in full: its headline, what it is and where it comes from, when, what became of its lines, its sources. */
final class ShowView {
    private static final int NAMES = 11;
    private static final List<String> SOURCES =
            List.of("SOURCE", "STREAM", "LINES", "LAST ACTIVE", "DUPLICATES", "HOLES", "LABELS");
    private static final Set<String> TOLD = Set.of(
            "id",
            "status",
            "exitCode",
            "signal",
            "endReason",
            "startedAt",
            "endedAt",
            "durationMillis",
            "firstActivity",
            "lastActivity",
            "lastLine",
            "stateSince",
            "lateLines",
            "job",
            "title",
            "provider",
            "command",
            "host",
            "user",
            "directory",
            "commit",
            "branch",
            "ciJob",
            "ciUrl",
            "format",
            "labels",
            "accounting",
            "templates",
            "signals",
            "sources");

    private final Json run;
    private final Screen screen;
    private final UnaryOperator<String> time;
    private final List<String> lines = new ArrayList<>();

    private ShowView(Json run, Screen screen, UnaryOperator<String> time) {
        this.run = run;
        this.screen = screen;
        this.time = time;
    }

    static List<String> lines(Json run, Screen screen, ShortTime clock) {
        ShowView view = new ShowView(run, screen, screen.terminal() ? clock::of : UnaryOperator.identity());
        view.lines.add(SnapshotView.headline(run, screen, clock));
        view.what();
        view.when();
        view.said();
        view.sources();
        return view.lines;
    }

    private void what() {
        lines.add("");
        field("job", text("job"));
        field("provider", text("provider"));
        field(
                "command",
                run.get("command").items().stream()
                        .map(word -> quoted(Printable.of(word.text())))
                        .collect(Collectors.joining(" ")));
        field("directory", text("directory"));
        field("host", text("user").isEmpty() ? text("host") : text("user") + "@" + text("host"));
        field("git", joined(" ", text("branch"), text("commit")));
        field("ci", joined(" ", text("ciJob"), text("ciUrl")));
        field("format", text("format"));
        field("labels", labels(run));
        // what a newer server adds
        run.fields().forEach((name, value) -> {
            if (!TOLD.contains(name)) {
                boolean plain = value.fields().isEmpty() && value.items().isEmpty();
                field(Printable.of(name), Printable.of(plain ? value.text() : value.written()));
            }
        });
    }

    private void when() {
        lines.add("");
        field("started", time("startedAt"));
        String end = time("endedAt");
        String reason = text("endReason");
        field("ended", end.isEmpty() ? "" : end + (reason.isEmpty() ? "" : " (" + reason + ")"));
        field("last line", time("lastLine"));
        if (!text("lastActivity").equals(text("lastLine"))) {
            field("last active", time("lastActivity"));
        }
        if (!List.of(text("startedAt"), text("endedAt")).contains(text("stateSince"))) {
            field(text("status"), "since " + time("stateSince"));
        }
    }

    private void said() {
        lines.add("");
        field("lines", AccountingText.of(run.get("accounting")));
        field("late lines", run.get("lateLines").number() == 0 ? "" : text("lateLines"));
        field("templates", text("templates"));
        String name = "signals";
        for (Json signal : run.get("signals").items()) {
            String template = signal.get("template").text();
            field(
                    name,
                    joined(
                            " ",
                            time.apply(signal.get("at").text()),
                            Printable.of(signal.get("kind").text()),
                            template.isEmpty() ? "" : "#" + template,
                            Printable.plain(signal.get("text").text())));
            name = "";
        }
    }

    private void sources() {
        List<List<String>> rows = new ArrayList<>();
        for (Json source : run.get("sources").items()) {
            List<Json> ranges = source.get("accepted").items();
            long accepted = 0;
            List<String> holes = new ArrayList<>();
            long next = 0;
            for (Json range : ranges) {
                long from = range.items().get(0).number();
                long to = range.items().get(1).number();
                if (from > next) {
                    holes.add(from - next == 1 ? Long.toString(next) : next + "-" + (from - 1));
                }
                accepted += to - from;
                next = to;
            }
            long twice = source.get("duplicates").number();
            rows.add(List.of(
                    Printable.of(source.get("name").text()),
                    Printable.of(source.get("stream").text()),
                    Long.toString(accepted),
                    time.apply(source.get("lastActivity").text()),
                    twice == 0 ? "" : Long.toString(twice),
                    String.join(" ", holes),
                    labels(source)));
        }
        if (!rows.isEmpty()) {
            lines.add("");
            for (String line : new Table(SOURCES, rows).text().split("\n")) {
                lines.add(screen.cut(line, 0));
            }
        }
    }

    /** Nothing for what is not known. */
    private void field(String name, String value) {
        if (!value.isEmpty()) {
            String head = name + " ".repeat(Math.max(1, NAMES + 1 - name.length()));
            lines.add(screen.styled("2", head) + screen.cut(value, head.length()));
        }
    }

    private String text(String name) {
        return Printable.of(run.get(name).text());
    }

    private String time(String name) {
        String iso = run.get(name).text();
        return iso.isEmpty() ? "" : time.apply(iso);
    }

    private static String labels(Json of) {
        return of.get("labels").fields().entrySet().stream()
                .map(label ->
                        Printable.of(label.getKey() + "=" + label.getValue().text()))
                .collect(Collectors.joining(" "));
    }

    private static String joined(String between, @Nullable String... parts) {
        List<String> all = new ArrayList<>();
        for (String part : parts) {
            if (part != null && !part.isEmpty()) {
                all.add(part);
            }
        }
        return String.join(between, all);
    }

    /** As a shell would be given it. */
    private static String quoted(String word) {
        return word.matches("[A-Za-z0-9_@%+=:,./-]+") ? word : "'" + word.replace("'", "'\\''") + "'";
    }
}
