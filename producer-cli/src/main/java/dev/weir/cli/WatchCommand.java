package dev.weir.cli;

import dev.weir.cli.net.Http;
import dev.weir.cli.net.Json;
import dev.weir.settings.Quantities;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code weir watch}: sleeps on the server until something happens. */
@Command(
        name = "watch",
        description = "Waits for a run to end, or for what else is asked for; exits with the run's exit code.")
final class WatchCommand extends ReadCommand {
    private static final int TIMED_OUT = 124;
    private static final Set<String> OVER = Set.of("completed", "failed", "cancelled", "lost");
    private static final long SLICE_MILLIS = 30_000;
    private static final long RETRY_MILLIS = 500;

    @Parameters(arity = "0..1", paramLabel = "RUN", description = "Id, beginning of one, @last, @job or @job~1.")
    private @Nullable String run;

    @Option(
            names = "--until",
            paramLabel = "WHAT",
            description =
                    "exit (the default), error, new, novel, match:RE, count:T>=N, silence:D or stall; repeatable.")
    private List<String> until = List.of("exit");

    @Option(names = "--timeout", paramLabel = "D", description = "Gives up after this time, with exit code 124.")
    private @Nullable String timeout;

    WatchCommand(Map<String, String> environment) {
        super(environment);
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        NodeApi api = api();
        String chosen = choice(api).of(run);
        long deadline = timeout == null ? Long.MAX_VALUE : System.currentTimeMillis() + limit(timeout);
        String cursor = "";
        while (true) {
            long left = deadline - System.currentTimeMillis();
            if (left <= 0) {
                System.err.println("weir: nothing of " + String.join(", ", until) + " within " + timeout);
                return TIMED_OUT;
            }
            Http.Answer answer = ask(api, chosen, cursor, Math.min(left, SLICE_MILLIS));
            if (answer == null) {
                Thread.sleep(RETRY_MILLIS); // the server is away for a moment: the cursor misses nothing
                continue;
            }
            Json json = Json.parse(answer.body());
            String reason = json.get("reason").text();
            if (!reason.equals("timeout")) {
                return happened(api, chosen, answer.body(), json, reason);
            }
            cursor = json.get("cursor").text();
        }
    }

    private static long limit(String timeout) {
        try {
            return Quantities.duration(timeout).toMillis();
        } catch (IllegalArgumentException | ArithmeticException unreadable) {
            throw new UsageException("--timeout is '" + timeout + "': use a duration such as 30s or 10m");
        }
    }

    private Http.@Nullable Answer ask(NodeApi api, String chosen, String cursor, long millis)
            throws InterruptedException {
        StringBuilder query = new StringBuilder("?budget=1500&timeout=" + millis + "ms");
        until.forEach(what -> query.append("&until=").append(URLEncoder.encode(what, StandardCharsets.UTF_8)));
        if (!cursor.isEmpty()) {
            query.append("&cursor=").append(URLEncoder.encode(cursor, StandardCharsets.UTF_8));
        }
        try {
            Http.Answer answer =
                    api.get("/v1/runs/" + chosen + "/wait" + query, Map.of(), Duration.ofMillis(millis + 10_000));
            if (answer.ok()) {
                return answer;
            }
            if (answer.status() == 503 || answer.status() == 429) {
                return null;
            }
            throw new NodeApi.Refused(NodeApi.explained(answer));
        } catch (NodeApi.Unreachable away) {
            return null;
        }
    }

    private int happened(NodeApi api, String chosen, String body, Json json, String reason) {
        Json state = Json.parse(api.body("/v1/runs/" + chosen, Map.of()));
        if (json()) {
            print(body);
        } else {
            System.out.println(Printable.of(
                    "run " + chosen + ": " + reason + ", " + state.get("status").text()
                            + (state.get("exitCode").isMissing()
                                    ? ""
                                    : ", exit " + state.get("exitCode").text())));
        }
        boolean over = OVER.contains(state.get("status").text());
        return over && !state.get("exitCode").isMissing()
                ? (int) state.get("exitCode").number()
                : over && !state.get("status").text().equals("completed") ? 1 : 0;
    }
}
