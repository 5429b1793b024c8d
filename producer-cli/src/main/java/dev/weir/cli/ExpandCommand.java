package dev.weir.cli;

import dev.weir.cli.net.Json;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code weir expand}: the lines behind a template. */
@Command(name = "expand", description = "The raw lines behind a template, with context.")
final class ExpandCommand extends ReadCommand {
    @Parameters(
            arity = "1..2",
            paramLabel = "[RUN] TEMPLATE",
            description = "The template's number, as a snapshot shows it.")
    private List<String> words = List.of();

    @Option(names = "-n", paramLabel = "N", description = "At most so many lines (${DEFAULT-VALUE}).")
    private int most = 20;

    @Option(names = "-C", paramLabel = "N", description = "So many lines around each.")
    private int context;

    @Option(names = "--slot", paramLabel = "NAME=VALUE", description = "Only lines with this value.")
    private @Nullable String slot;

    ExpandCommand(Map<String, String> environment) {
        super(environment);
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        NodeApi api = api();
        String template = words.get(words.size() - 1).replaceFirst("^#", "");
        if (!template.matches("\\d{1,9}")) {
            throw new UsageException("'" + template + "' is no template: use the number before it in weir snapshot");
        }
        String run = choice(api).of(words.size() == 2 ? words.get(0) : null);
        Map<String, String> parameters = new LinkedHashMap<>();
        parameters.put("n", Integer.toString(most));
        parameters.put("context", Integer.toString(context));
        if (slot != null) {
            parameters.put("slot", slot);
        }
        String body = api.body("/v1/runs/" + run + "/templates/" + template + "/lines", parameters);
        if (json()) {
            print(body);
            return 0;
        }
        Json answer = Json.parse(body);
        for (Json line : answer.get("lines").items()) {
            line.get("before").items().forEach(before -> System.out.println("  " + shown(before.get("text"))));
            System.out.println((context > 0 ? "> " : "") + shown(line.get("text")));
            line.get("after").items().forEach(after -> System.out.println("  " + shown(after.get("text"))));
        }
        if (!answer.get("note").isMissing()) {
            System.out.println(shown(answer.get("sample")));
            System.err.println("weir: the raw lines have left the topic; this is the sample that was kept");
        }
        return 0;
    }
}
