package dev.weir.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.weir.cli.net.Http;
import dev.weir.cli.net.Json;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code weir wake}: a message into a run's queue. */
@Command(
        name = "wake",
        description =
                "Queues a message for a run: it is handled when the run has ended well, or as told. Prints its id.")
final class WakeCommand extends ReadCommand {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final List<String> CONDITIONS = List.of("ok", "failed", "ended", "now");

    @Parameters(arity = "0..1", paramLabel = "RUN", description = "Id, beginning of one, @last, @job or @job~1.")
    private @Nullable String run;

    @Option(
            names = "--message",
            required = true,
            paramLabel = "TEXT|-",
            description = "What is told; -: standard input.")
    @SuppressWarnings("NullAway.Init")
    private String message;

    @Option(names = "--delay", paramLabel = "D", description = "Not before so long from now, such as 30m.")
    private @Nullable String delay;

    @Option(names = "--at", paramLabel = "TIME", description = "Not before this time, such as 2026-01-31T12:00:00Z.")
    private @Nullable String at;

    @Option(names = "--key", paramLabel = "K", description = "A name of yours: twice the same is one wake.")
    private @Nullable String key;

    @Option(names = "--when", paramLabel = "W", description = "ok (the default), failed, ended or now.")
    private String when = "ok";

    @Option(names = "--max-attempts", paramLabel = "N", description = "How often it may be tried.")
    private @Nullable Integer attempts;

    WakeCommand(Map<String, String> environment) {
        super(environment);
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        if (!CONDITIONS.contains(when)) {
            throw new UsageException("--when is '" + when + "': use ok, failed, ended or now");
        }
        if (delay != null && at != null) {
            throw new UsageException("--delay and --at: use one of them");
        }
        String text = message.equals("-") ? new String(System.in.readAllBytes(), UTF_8) : message;
        NodeApi api = api();
        String chosen = choice(api).of(run);
        StringBuilder body = new StringBuilder("{\"message\":" + Json.quoted(text) + ",\"when\":" + Json.quoted(when));
        put(body, "delay", delay);
        put(body, "runAt", at);
        put(body, "idempotencyKey", key);
        if (attempts != null) {
            body.append(",\"maxAttempts\":").append(attempts);
        }
        Http.Answer answer = api.send(
                "POST", "/v1/runs/" + chosen + "/queue", body.append('}').toString(), PATIENCE);
        if (!answer.ok()) {
            throw NodeApi.refusal(answer);
        }
        if (json()) {
            print(answer.body());
        } else {
            System.out.println(shown(Json.parse(answer.body()).get("id")));
        }
        return 0;
    }

    private static void put(StringBuilder body, String name, @Nullable String value) {
        if (value != null) {
            body.append(",\"").append(name).append("\":").append(Json.quoted(value));
        }
    }
}
