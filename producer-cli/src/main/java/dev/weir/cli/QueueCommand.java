package dev.weir.cli;

import dev.weir.cli.net.Http;
import dev.weir.cli.net.Json;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code weir queue}: the wakes of a run. */
@Command(
        name = "queue",
        description = {"Lists a run's wakes; weir queue rm [RUN] WAKE takes one out that nobody works on."})
final class QueueCommand extends ReadCommand {
    private static final List<String> HEAD =
            List.of("WAKE", "PHASE", "WHEN", "NOT BEFORE", "ATTEMPT", "WORKER", "EXIT", "KEY", "MESSAGE");
    private static final List<String> DISPENSABLE = List.of("WORKER", "KEY", "NOT BEFORE");
    private static final int LONGEST_MESSAGE = 60;

    @Parameters(
            arity = "0..3",
            paramLabel = "[RUN] | rm [RUN] WAKE",
            hideParamSyntax = true,
            description = "The run; or what is to be taken out.")
    private List<String> words = List.of();

    QueueCommand(Map<String, String> environment) {
        super(environment);
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        NodeApi api = api();
        if (!words.isEmpty() && words.get(0).equals("rm")) {
            return remove(api);
        }
        if (words.size() > 1) {
            throw new UsageException("'" + words.get(1) + "' is one word too many: weir queue takes one run");
        }
        String body =
                api.body("/v1/runs/" + choice(api).of(words.isEmpty() ? null : words.get(0)) + "/queue", Map.of());
        if (json()) {
            print(body);
            return 0;
        }
        Screen screen = Screen.of(environment());
        ShortTime clock = ShortTime.here();
        List<List<String>> rows = new ArrayList<>();
        for (Json wake : Json.parse(body).get("wakes").items()) {
            String message = shown(wake.get("message")).replace('\n', ' ');
            rows.add(List.of(
                    shown(wake.get("id")),
                    shown(wake.get("phase")),
                    shown(wake.get("when")),
                    screen.terminal() ? clock.of(wake.get("runAt").text()) : shown(wake.get("runAt")),
                    wake.get("attempt").text() + "/" + wake.get("maxAttempts").text(),
                    shown(wake.get("worker")),
                    shown(wake.get("exitCode")),
                    shown(wake.get("idempotencyKey")),
                    message.length() > LONGEST_MESSAGE ? message.substring(0, LONGEST_MESSAGE - 1) + "…" : message));
        }
        for (String line : new Table(HEAD, rows)
                .within(screen.columns(), DISPENSABLE)
                .text()
                .split("\n")) {
            System.out.println(screen.cut(line, 0));
        }
        return 0;
    }

    private int remove(NodeApi api) throws IOException, InterruptedException {
        if (words.size() < 2) {
            throw new UsageException("weir queue rm needs a wake: weir queue lists a run's");
        }
        String run = choice(api).of(words.size() == 3 ? words.get(1) : null);
        String wake = words.get(words.size() - 1);
        if (!wake.matches("[A-Za-z0-9][A-Za-z0-9._-]{0,127}")) {
            throw new UsageException("'" + wake + "' is no wake: weir queue lists a run's");
        }
        Http.Answer answer = api.send("DELETE", "/v1/runs/" + run + "/queue/" + wake, "", Duration.ofSeconds(30));
        if (!answer.ok()) {
            throw NodeApi.refusal(answer);
        }
        return 0;
    }
}
