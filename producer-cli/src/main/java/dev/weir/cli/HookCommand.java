package dev.weir.cli;

import dev.weir.cli.net.Http;
import dev.weir.cli.net.Json;
import dev.weir.schemas.CommandSeal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code weir hook}: URLs that are called, and commands that are started, when something happens to runs. */
@Command(
        name = "hook",
        description = {
            "Calls a URL or starts a command when something happens to runs: weir hook add, list or rm.",
            "weir hook add --on EVENT --url URL makes one, or --cmd CMD with the node of this machine, which starts it as"
                    + " you; weir hook lists them with their last deliveries, weir hook rm HOOK takes one away. For one run:"
                    + " weir run --on."
        })
final class HookCommand extends ReadCommand {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final int NOT_FOUND = 404;
    private static final List<String> HEAD = List.of("HOOK", "ON", "JOB", "NAME", "CALLS", "DELIVERIES", "LAST");

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

    @Option(
            names = "--cmd",
            paramLabel = "CMD",
            description =
                    "What the node on this machine starts instead; no shell. The event is JSON on its standard input.")
    private @Nullable String command;

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
        if (what.equals("rm") && words.size() == 2) {
            return remove(words.get(1));
        }
        throw new UsageException("'" + String.join(" ", words) + "': use add, list or rm HOOK");
    }

    private int remove(String hook) {
        boolean named = hook.matches("[A-Za-z0-9._-]{1,128}");
        Http.Answer answer =
                named ? api().send("DELETE", "/v1/hooks/" + hook, "", PATIENCE) : new Http.Answer(NOT_FOUND, "");
        if (answer.status() == NOT_FOUND) {
            throw new UsageException(
                    "HOOK is '" + hook + "': no hook has this id; weir hook lists those that there are");
        }
        NodeApi.checked(answer);
        return 0;
    }

    private int add() {
        if ((url == null) == (command == null) || events.isEmpty()) {
            throw new UsageException("a hook needs --on and either --url or --cmd, as in --on failed --url"
                    + " https://hooks.example.org/x");
        }
        if (command != null && (secret != null || allowPrivate)) {
            throw new UsageException("--secret and --allow-private go with --url: leave them out with --cmd");
        }
        List<String> typed = typed();
        StringBuilder body = new StringBuilder("{").append(called(typed)).append(",\"events\":[");
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
        Http.Answer answer = NodeApi.checked(
                api().send("POST", "/v1/hooks", typed.isEmpty() ? Map.of() : owner(typed), body.toString(), PATIENCE));
        if (json()) {
            print(answer.body());
            return 0;
        }
        Json hook = Json.parse(answer.body());
        System.out.println(shown(hook.get("id")));
        if (secret == null && command == null) {
            System.err.println("weir: its secret, shown once: " + shown(hook.get("secret")));
        }
        return 0;
    }

    private String called(List<String> typed) {
        return typed.isEmpty()
                ? "\"url\":" + Json.quoted(String.valueOf(url))
                : "\"command\":["
                        + String.join(",", typed.stream().map(Json::quoted).toList()) + "]";
    }

    /** The node starts it elsewhere; without a slash it is looked for in the node's PATH. */
    private List<String> typed() {
        if (command == null) {
            return List.of();
        }
        List<String> typed = CommandWords.of("--cmd", command);
        if (typed.get(0).contains("/")) {
            Path program = Path.of(typed.get(0)).toAbsolutePath().normalize();
            if (!Files.isExecutable(program) || Files.isDirectory(program)) {
                throw new UsageException("--cmd is '" + command + "': " + program + " is no command that you may run");
            }
            typed.set(0, program.toString());
        }
        return typed;
    }

    /** Shows to the node of this machine that it is asked by whoever runs it. */
    private Map<String, String> owner(List<String> typed) {
        Connection connection = Configuration.connection(environment(), null);
        Path key = connection.nodeFile().resolveSibling("server").resolve(CommandSeal.FILE);
        try {
            return Map.of(
                    CommandSeal.HEADER, CommandSeal.asked(Files.readString(key).strip(), typed));
        } catch (IOException none) {
            // Then the server says what it wants.
            return Map.of();
        }
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
                    calls(hook),
                    Integer.toString(hook.get("deliveries").items().size()),
                    last(hook)));
        }
        print(new Table(HEAD, rows).text());
        return 0;
    }

    private static String calls(Json hook) {
        List<Json> words = hook.get("command").items();
        return words.isEmpty()
                ? shown(hook.get("url"))
                : String.join(" ", words.stream().map(ReadCommand::shown).toList());
    }

    private static String last(Json hook) {
        List<Json> deliveries = hook.get("deliveries").items();
        if (deliveries.isEmpty()) {
            return "";
        }
        Json last = deliveries.get(0);
        String error = shown(last.get("error"));
        return shown(last.get("state")) + (error.isEmpty() ? "" : ": " + error);
    }

    private static void put(StringBuilder body, String field, @Nullable String value) {
        if (value != null) {
            body.append(",\"").append(field).append("\":").append(Json.quoted(value));
        }
    }
}
