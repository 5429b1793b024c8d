package dev.weir.cli;

import dev.weir.cli.net.Json;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code weir diff}: what one run says that another does not. */
@Command(
        name = "diff",
        description = "What is new, gone, more or less in a run against another, or against its job's last good run.")
final class DiffCommand extends ReadCommand {
    private static final int DIFFERENT = 1;
    private static final int TROUBLE = 2;

    @Parameters(
            arity = "0..2",
            paramLabel = "[A [B]]",
            hideParamSyntax = true,
            description = "From A to B; with one, that run against its baseline; without, this directory's newest.")
    private List<String> words = List.of();

    @Option(
            names = "--baseline",
            paramLabel = "B",
            description = "last-good: the newest earlier run of the job that ended well.")
    private @Nullable String baseline;

    @Option(names = "--exit-code", description = "Exits with 0 if both say the same, 1 if not, 2 on trouble.")
    private boolean exitCode;

    @Option(
            names = "--limit",
            paramLabel = "N",
            description = "At most so many templates of each kind (${DEFAULT-VALUE}).")
    private int limit = 50;

    private static final int MOST = 10_000;

    DiffCommand(Map<String, String> environment) {
        super(environment);
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        if (!exitCode) {
            different();
            return 0;
        }
        try {
            return different() ? DIFFERENT : 0;
        } catch (NodeApi.Refused | NodeApi.Unreachable | UsageException trouble) {
            System.err.println("weir: " + Printable.of(String.valueOf(trouble.getMessage())));
            return TROUBLE;
        }
    }

    private boolean different() throws IOException, InterruptedException {
        if (baseline != null && !baseline.equals("last-good")) {
            throw new UsageException("--baseline is '" + baseline + "': use last-good, or give two runs");
        }
        if (words.size() > 2) {
            throw new UsageException("'" + words.get(2) + "' is one word too many: weir diff compares two runs");
        }
        if (baseline != null && words.size() == 2) {
            throw new UsageException("--baseline and two runs: leave one of them out");
        }
        if (limit < 1 || limit > MOST) {
            throw new UsageException("--limit is " + limit + ": use a whole number from 1 to " + MOST);
        }
        NodeApi api = api();
        Map<String, String> parameters = new LinkedHashMap<>();
        if (words.size() == 2) {
            parameters.put("a", choice(api).of(words.get(0)));
            parameters.put("b", choice(api).of(words.get(1)));
        } else {
            parameters.put("run", choice(api).of(words.isEmpty() ? null : words.get(0)));
            parameters.put("baseline", "last-good");
        }
        parameters.put("limit", Integer.toString(limit));
        String body = api.body("/v1/diff", parameters);
        Json answer = Json.parse(body);
        if (json()) {
            print(body);
        } else {
            show(answer, Screen.of(environment()));
        }
        return List.of("new", "gone", "more", "less").stream()
                .anyMatch(kind -> answer.get(kind).get("total").number() > 0);
    }

    private static void show(Json answer, Screen screen) {
        for (String side : List.of("a", "b")) {
            Json run = answer.get(side);
            System.out.println(screen.styled("1", (side.equals("a") ? "--- " : "+++ ") + shown(run.get("run"))) + "  "
                    + shown(run.get("status")) + ", " + run.get("lines").text() + " lines, "
                    + run.get("templates").text() + " templates");
        }
        kind(answer, screen, "new", "+", "31");
        kind(answer, screen, "gone", "-", "32");
        kind(answer, screen, "more", ">", "33");
        kind(answer, screen, "less", "<", "36");
    }

    private static void kind(Json answer, Screen screen, String kind, String sign, String style) {
        Json one = answer.get(kind);
        long total = one.get("total").number();
        System.out.println(kind + ": " + total);
        long shown = 0;
        for (Json template : one.get("templates").items()) {
            String counts = template.get("countA").isMissing()
                    ? String.format(Locale.ROOT, "%9d", template.get("count").number())
                    : String.format(
                            Locale.ROOT,
                            "%9d (was %d)",
                            template.get("countB").number(),
                            template.get("countA").number());
            String level = template.get("level").text();
            String line = sign + counts + "  " + String.format("%-5s", level.equals("NONE") ? "-" : level) + "  "
                    + shown(template.get("text"));
            System.out.println(screen.styled(style, screen.cut(line, 0)));
            shown++;
        }
        if (shown < total) {
            System.out.println(sign + "  and " + (total - shown) + " more: raise --limit");
        }
    }
}
