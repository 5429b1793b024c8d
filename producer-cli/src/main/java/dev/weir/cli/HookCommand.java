package dev.weir.cli;

import dev.weir.cli.net.Http;
import dev.weir.cli.net.Json;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code weir hook}: URLs that are called when something happens to runs. */
@Command(
        name = "hook",
        description = {
            "Calls a URL when something happens to runs: weir hook add, list or rm.",
            "weir hook add --on EVENT --url URL makes one, weir hook lists them with their last deliveries, weir hook"
                    + " rm HOOK takes one away. For commands on this machine: weir run --on, weir attend."
        })
final class HookCommand extends ReadCommand {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final List<String> HEAD = List.of("HOOK", "ON", "JOB", "NAME", "URL", "DELIVERIES");

    @Parameters(
            arity = "0..2",
            paramLabel = "[add | list | rm HOOK]",
            hideParamSyntax = true,
            description = "What to do (list).")
    private List<String> words = List.of();

    @Option(
            names = "--on",
            split = ",",
            paramLabel = "EVENT",
            description = "novel-error, failed, stall, completed or lost; repeatable.")
    private List<String> events = List.of();

    @Option(names = "--url", paramLabel = "URL", description = "What is posted to.")
    private @Nullable String url;

    @Option(names = "--job", paramLabel = "J", description = "Only runs of this job.")
    private @Nullable String job;

    @Option(names = "--label", paramLabel = "K=V", description = "Only runs with this label; repeatable.")
    private Map<String, String> labels = Map.of();

    @Option(names = "--name", paramLabel = "NAME", description = "A name for people.")
    private @Nullable String name;

    @Option(names = "--secret", paramLabel = "S", description = "Signs what is posted; one is made if none is given.")
    private @Nullable String secret;

    @Option(
            names = "--allow-private",
            description = "The URL may lead to a private address, if the server allows that.")
    private boolean allowPrivate;

    HookCommand(Map<String, String> environment) {
        super(environment);
    }

    @Override
    public Integer call() {
        String what = words.isEmpty() ? "list" : words.get(0);
        if (what.equals("add") && words.size() == 1) {
            return add();
        }
        if (what.equals("list") && words.size() < 2) {
            return list();
        }
        if (what.equals("rm") && words.size() == 2 && words.get(1).matches("[A-Za-z0-9._-]{1,128}")) {
            checked(api().send("DELETE", "/v1/hooks/" + words.get(1), "", PATIENCE));
            return 0;
        }
        throw new UsageException("'" + String.join(" ", words) + "': use add, list or rm HOOK");
    }

    private int add() {
        if (url == null || events.isEmpty()) {
            throw new UsageException(
                    "a hook needs --url and --on, as in --on failed --url https://hooks.example.org/x");
        }
        StringBuilder body = new StringBuilder("{\"url\":" + Json.quoted(url) + ",\"events\":[");
        body.append(String.join(",", events.stream().map(Json::quoted).toList()))
                .append(']');
        put(body, "job", job);
        put(body, "name", name);
        put(body, "secret", secret);
        if (!labels.isEmpty()) {
            List<String> pairs = new ArrayList<>();
            labels.forEach((key, value) -> pairs.add(Json.quoted(key) + ":" + Json.quoted(value)));
            body.append(",\"labels\":{").append(String.join(",", pairs)).append('}');
        }
        body.append(allowPrivate ? ",\"allowPrivate\":true}" : "}");
        Http.Answer answer = checked(api().send("POST", "/v1/hooks", body.toString(), PATIENCE));
        if (json()) {
            print(answer.body());
            return 0;
        }
        Json hook = Json.parse(answer.body());
        System.out.println(shown(hook.get("id")));
        if (secret == null) {
            System.err.println("weir: its secret, shown once: " + shown(hook.get("secret")));
        }
        return 0;
    }

    private int list() {
        String body = api().body("/v1/hooks", Map.of());
        if (json()) {
            print(body);
            return 0;
        }
        List<List<String>> rows = new ArrayList<>();
        for (Json hook : Json.parse(body).get("hooks").items()) {
            rows.add(List.of(
                    shown(hook.get("id")),
                    String.join(
                            ",",
                            hook.get("events").items().stream()
                                    .map(ReadCommand::shown)
                                    .toList()),
                    shown(hook.get("job")),
                    shown(hook.get("name")),
                    shown(hook.get("url")),
                    Integer.toString(hook.get("deliveries").items().size())));
        }
        print(new Table(HEAD, rows).text());
        return 0;
    }

    private static void put(StringBuilder body, String field, @Nullable String value) {
        if (value != null) {
            body.append(",\"").append(field).append("\":").append(Json.quoted(value));
        }
    }

    private static Http.Answer checked(Http.Answer answer) {
        if (!answer.ok()) {
            throw NodeApi.refusal(answer);
        }
        return answer;
    }
}
