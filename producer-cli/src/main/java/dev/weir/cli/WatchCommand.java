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
    private static final String COMPACT_BUDGET = "1500";

    @Parameters(arity = "0..1", paramLabel = "RUN", description = "Id, beginning of one, @last, @job or @job~1.")
    private @Nullable String run;

    @Option(
            names = "--until",
            paramLabel = "WHAT",
            description = {
                "exit (the default), error, new, novel, match:RE,",
                "count:T>=N, silence:D or stall; repeatable."
            })
    private List<String> until = List.of("exit");

    @Option(names = "--timeout", paramLabel = "D", description = "Gives up after this time, with exit code 124.")
    private @Nullable String timeout;

    @Option(names = "--compact", description = "Also says what changed meanwhile, in at most 1500 tokens.")
    private boolean compact;

    @Option(
            names = "--tail",
            arity = "0..1",
            fallbackValue = "20",
            paramLabel = "N",
            description = "Only prints the run's last N events (20), each once.")
    private @Nullable Integer tail;

    WatchCommand(Map<String, String> environment) {
        super(environment);
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        NodeApi api = api();
        if (tail != null) {
            return new EventTail(api, choice(api).of(run), tail, json()).print();
        }
        long deadline = timeout == null ? Long.MAX_VALUE : System.currentTimeMillis() + limit(timeout);
        String chosen = choice(api).of(run);
        Screen screen = Screen.of(environment());
        LiveView live =
                screen.terminal() && !json() && !"dumb".equals(environment().get("TERM"))
                        ? new LiveView(api, chosen, environment())
                        : null;
        // Every wait is from here on: what happens between two of them, or while no server is there, is not missed.
        String begun = begin(api, chosen);
        try {
            while (true) {
                long left = deadline - System.currentTimeMillis();
                if (left <= 0) {
                    System.err.println("weir: nothing of " + String.join(", ", until) + " within " + timeout);
                    return TIMED_OUT;
                }
                if (live != null) {
                    live.draw();
                }
                long slice = live == null ? SLICE_MILLIS : LiveView.EVERY_MILLIS;
                Http.Answer answer = ask(api, chosen, begun, Math.min(left, slice));
                if (answer == null) {
                    Thread.sleep(RETRY_MILLIS);
                    continue;
                }
                Json json = Json.parse(answer.body());
                if (!json.get("reason").text().equals("timeout")) {
                    if (live != null) {
                        live.draw();
                    }
                    return happened(api, chosen, begun, answer.body(), json);
                }
            }
        } finally {
            if (live != null) {
                live.close();
            }
        }
    }

    private static long limit(String timeout) {
        try {
            return Quantities.duration(timeout).toMillis();
        } catch (IllegalArgumentException | ArithmeticException unreadable) {
            throw new UsageException("--timeout is '" + timeout + "': use a duration such as 30s or 10m");
        }
    }

    private static String begin(NodeApi api, String chosen) throws InterruptedException {
        while (true) {
            Http.Answer answer = orNull(api, "/v1/runs/" + chosen + "/snapshot?limit=1&format=json", RETRY_MILLIS);
            if (answer != null) {
                return Json.parse(answer.body()).get("cursor").text();
            }
            Thread.sleep(RETRY_MILLIS);
        }
    }

    private Http.@Nullable Answer ask(NodeApi api, String chosen, String begun, long millis) {
        StringBuilder query = new StringBuilder("?budget=" + COMPACT_BUDGET + "&timeout=" + millis + "ms");
        until.forEach(what -> query.append("&until=").append(coded(what)));
        query.append("&cursor=").append(coded(begun));
        return orNull(api, "/v1/runs/" + chosen + "/wait" + query, millis);
    }

    /** Nothing while the server is away for a moment: starting, restoring, or down. */
    private static Http.@Nullable Answer orNull(NodeApi api, String path, long millis) {
        try {
            Http.Answer answer = api.get(path, Map.of(), Duration.ofMillis(millis + 10_000));
            if (answer.ok()) {
                // A server that stops ends its waits as they are.
                return answer.body().endsWith("}") ? answer : null;
            }
            if (answer.status() == 429 || answer.status() >= 502) {
                return null;
            }
            throw NodeApi.refusal(answer);
        } catch (NodeApi.Unreachable away) {
            return null;
        }
    }

    private static String coded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private int happened(NodeApi api, String chosen, String begun, String body, Json json) {
        String status = json.get("status").text();
        Json exit = json.get("exitCode");
        if (json()) {
            print(body);
        } else {
            System.out.println(Printable.of("run " + chosen + ": "
                    + json.get("reason").text() + ", " + status + (exit.isMissing() ? "" : ", exit " + exit.text())));
            if (compact) {
                print(api.body(
                        "/v1/runs/" + chosen + "/snapshot",
                        Map.of("cursor", begun, "budget", COMPACT_BUDGET, "format", "text")));
            }
        }
        boolean over = OVER.contains(status);
        return over && !exit.isMissing() ? (int) exit.number() : over && !status.equals("completed") ? 1 : 0;
    }
}
