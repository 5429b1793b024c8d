package dev.weir.cli;

import dev.weir.cli.net.Json;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code weir expand}: the lines behind a template. */
@Command(name = "expand", description = "The raw lines behind a template, newest first, with context.")
final class ExpandCommand extends ReadCommand {
    private static final Pattern NAMED = Pattern.compile("([A-Za-z_][A-Za-z0-9_.-]*)[\"']?\\s?[=:]\\s?[\"']?<");

    @Parameters(
            arity = "1..2",
            paramLabel = "[RUN] TEMPLATE",
            hideParamSyntax = true,
            description = "The run, and the template's number as a snapshot shows it.")
    private List<String> words = List.of();

    @Option(names = "-n", paramLabel = "N", description = "At most so many lines (${DEFAULT-VALUE}).")
    private int most = 20;

    @Option(names = "-C", paramLabel = "N", description = "So many lines around each.")
    private int context;

    @Option(
            names = "--slot",
            paramLabel = "NAME=VALUE",
            description = "Only lines with this value in a slot; a slot without a name goes by its number.")
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
        String path = "/v1/runs/" + choice(api).of(words.size() == 2 ? words.get(0) : null) + "/templates/" + template;
        Map<String, String> parameters = new LinkedHashMap<>();
        parameters.put("n", Integer.toString(most));
        parameters.put("context", Integer.toString(context));
        if (slot != null) {
            parameters.put("slot", "/" + pattern(slot, Json.parse(api.body(path, Map.of()))) + "/");
        }
        String body = api.body(path + "/lines", parameters);
        if (json()) {
            print(body);
            return 0;
        }
        Json answer = Json.parse(body);
        boolean first = true;
        for (Json line : answer.get("lines").items()) {
            if (context > 0 && !first) {
                System.out.println("--");
            }
            first = false;
            line.get("before").items().forEach(before -> System.out.println("  " + shown(before.get("text"))));
            System.out.println((context > 0 ? "> " : "") + shown(line.get("text")));
            line.get("after").items().forEach(after -> System.out.println("  " + shown(after.get("text"))));
        }
        if (!answer.get("note").isMissing() && slot == null) {
            System.out.println(shown(answer.get("sample")));
            System.err.println("weir: the raw lines have left the topic; this is the sample that was kept");
        } else if (first) {
            System.err.println("weir: no line of template " + template
                    + (slot == null
                            ? ""
                            : " with " + Printable.of(slot) + ": weir snapshot --json shows what its slots hold"));
        }
        return 0;
    }

    /** A value where the slot stands: after its name if the text has one there, else as a word of its own. */
    private static String pattern(String slot, Json template) {
        int equals = slot.indexOf('=');
        List<String> names = new ArrayList<>();
        for (Json one : template.get("slots").items()) {
            String name = one.get("name").text();
            names.add(name.isEmpty() ? one.get("index").text() : name);
        }
        String name = equals < 0 ? "" : slot.substring(0, equals);
        if (equals < 1 || equals == slot.length() - 1) {
            throw new UsageException("--slot is '" + slot + "': use NAME=VALUE, with a name of " + names);
        }
        // A value without a name of its own is asked for by the word before it: user=<*>.
        for (Matcher word = NAMED.matcher(template.get("text").text()); word.find(); ) {
            names.add(word.group(1));
        }
        // What slots hold is kept from time to time only: a young template may not have told its names yet.
        if (!template.get("slots").items().isEmpty() && !names.contains(name)) {
            throw new UsageException("--slot names '" + name + "': this template has " + names);
        }
        String value = quoted(slot.substring(equals + 1));
        String bounds = "[^\\w.-]";
        return name.matches("\\d+")
                ? "(^|" + bounds + ")" + value + "($|" + bounds + ")"
                : quoted(name) + "[\"']?\\s*[=:]\\s*[\"']?" + value + "($|" + bounds + ")";
    }

    /** RE2's own quoting of whatever is not a letter or digit. */
    private static String quoted(String text) {
        return text.replaceAll("([^A-Za-z0-9_ ])", "\\\\$1");
    }
}
