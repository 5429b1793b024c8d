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
            ShowView.lines(Json.parse(body), Screen.of(environment()), ShortTime.here())
                    .forEach(System.out::println);
        }
        return 0;
    }
}
