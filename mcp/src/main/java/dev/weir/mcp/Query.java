package dev.weir.mcp;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/** One question to the API: a path and parameters in, an object out. */
final class Query {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final StringBuilder path;
    private char next = '?';
    private Duration patience = PATIENCE;

    private Query(String path) {
        this.path = new StringBuilder(path);
    }

    static Query of(String path) {
        return new Query(path);
    }

    Query with(String name, Object value) {
        path.append(next)
                .append(name)
                .append('=')
                .append(URLEncoder.encode(String.valueOf(value), StandardCharsets.UTF_8));
        next = '&';
        return this;
    }

    Query with(String name, Optional<String> value) {
        return value.isPresent() ? with(name, (Object) value.get()) : this;
    }

    Query patience(Duration time) {
        patience = time;
        return this;
    }

    Map<String, Object> ask(WeirApi api) {
        return Json.object(text(api));
    }

    Map<String, Object> post(WeirApi api, Map<String, Object> body) {
        return Json.object(checked(api.post(path.toString(), Json.text(body), patience)));
    }

    String text(WeirApi api) {
        return checked(api.get(path.toString(), patience));
    }

    private String checked(WeirApi.Answer answer) {
        if (answer.ok()) {
            return answer.body();
        }
        throw new ToolProblem(said(answer));
    }

    /** What the server says is wrong, in the words of the tools. */
    private static String said(WeirApi.Answer answer) {
        Map<String, Object> problem;
        try {
            problem = Json.object(answer.body());
        } catch (ToolProblem notJson) {
            return "The server answered " + answer.status() + ": try again, or look at weir status";
        }
        // What andWorse added is not what was given.
        String detail = Json.string(problem, "detail").replaceFirst("^(level is '[^'+]*)\\+'", "$1'");
        return switch (Json.string(problem, "code")) {
            case "run-not-found" ->
                "There is no run '" + Json.string(problem, "run") + "': call list_runs to see which there are";
            case "template-not-found" -> "There is no such template in this run: use an id that snapshot gave";
            case "no-baseline" -> "No earlier run of its job and branch has ended well: name a run in against";
            default -> detail.isEmpty() ? "The server answered " + answer.status() + ": try again" : detail;
        };
    }
}
