package dev.weir.cli;

import dev.weir.cli.net.Json;
import java.io.IOException;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code weir show}: one run in full. */
@Command(name = "show", description = "One run in full: where it comes from, how it stands, its sources.")
final class ShowCommand extends ReadCommand {
    @Parameters(arity = "0..1", paramLabel = "RUN", description = "Id, beginning of one, @last, @job or @job~1.")
    private @Nullable String run;

    ShowCommand(Map<String, String> environment) {
        super(environment);
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        NodeApi api = api();
        String body = api.body("/v1/runs/" + choice(api).of(run), Map.of());
        if (json()) {
            print(body);
        } else {
            StringBuilder text = new StringBuilder();
            fields(text, "", Json.parse(body));
            print(text.toString());
        }
        return 0;
    }

    /** Every field on a line of its own, whatever a newer server adds. */
    private static void fields(StringBuilder text, String indent, Json object) {
        object.fields().forEach((name, value) -> {
            if (!value.fields().isEmpty()) {
                text.append(indent).append(name).append('\n');
                fields(text, indent + "  ", value);
            } else if (!value.items().isEmpty()) {
                items(text, indent, name, value);
            } else if (!value.text().isEmpty()) {
                text.append(indent)
                        .append(String.format("%-14s ", name))
                        .append(shown(value))
                        .append('\n');
            }
        });
    }

    private static void items(StringBuilder text, String indent, String name, Json list) {
        boolean plain = list.items().stream()
                .allMatch(item -> item.fields().isEmpty() && item.items().isEmpty());
        if (plain) {
            text.append(indent).append(String.format("%-14s", name));
            list.items().forEach(item -> text.append(' ').append(shown(item)));
            text.append('\n');
            return;
        }
        for (Json item : list.items()) {
            text.append(indent).append(name).append('\n');
            fields(text, indent + "  ", item);
        }
    }
}
