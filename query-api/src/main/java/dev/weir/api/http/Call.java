package dev.weir.api.http;

import dev.weir.settings.Quantities;
import dev.weir.snapshot.JsonWriter;
import dev.weir.snapshot.Rendering;
import io.javalin.http.Context;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** One request with its caller, and the answer to it. Confined to the thread that handles it. */
public final class Call {
    public static final String JSON = "application/json";
    public static final String NDJSON = "application/x-ndjson";
    private static final Pattern RUN_ID = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,127}");

    private final Context context;
    private final Caller caller;

    Call(Context context, Caller caller) {
        this.context = context;
        this.caller = caller;
    }

    public Context context() {
        return context;
    }

    public Caller caller() {
        return caller;
    }

    public String tenant() {
        return caller.tenant();
    }

    /** The run of the path. One that cannot be a run's is absent, like any other that is not there. */
    public String run() {
        String run = context.pathParam("run");
        if (!isRunId(run)) {
            throw new Problem(
                    404,
                    "run-not-found",
                    "No such run: a run-id is a letter or digit, then up to 127 letters, digits, dots, dashes, underscores");
        }
        return run;
    }

    public static boolean isRunId(String text) {
        return RUN_ID.matcher(text).matches();
    }

    public String path(String name) {
        return context.pathParam(name);
    }

    public Optional<String> text(String name) {
        List<String> given = context.queryParamMap().getOrDefault(name, List.of());
        if (given.size() > 1) {
            throw Problem.badParameter(name, String.join("', '", given), "give it once");
        }
        return given.stream().filter(value -> !value.isBlank()).findFirst();
    }

    /** All values of a parameter that may be given more than once. */
    public List<String> texts(String name) {
        return context.queryParamMap().getOrDefault(name, List.of());
    }

    public long number(String name, long otherwise, long least, long most) {
        Optional<String> given = text(name);
        if (given.isEmpty()) {
            return otherwise;
        }
        String whatToDo = "use a whole number from " + least + " to " + most;
        try {
            long number = Long.parseLong(given.get());
            if (number < least || number > most) {
                throw Problem.badParameter(name, given.get(), whatToDo);
            }
            return number;
        } catch (NumberFormatException unreadable) {
            throw Problem.badParameter(name, given.get(), whatToDo);
        }
    }

    public Optional<Duration> duration(String name) {
        return text(name).map(given -> {
            try {
                return Quantities.duration(given);
            } catch (IllegalArgumentException | ArithmeticException unreadable) {
                throw Problem.badParameter(name, given, "use a duration such as 500ms, 60s, 5m, 24h or 7d");
            }
        });
    }

    /** A moment: ISO-8601, epoch milliseconds, or a duration before {@code now}. */
    public Optional<Long> moment(String name, long now) {
        return text(name).map(given -> Moment.parse(name, given, now));
    }

    /** Where a window begins that {@code from}, or {@code window} before {@code to}, names; empty without either. */
    public Optional<Long> start(long now) {
        Optional<Long> from = moment("from", now);
        Optional<Duration> window = duration("window");
        if (from.isPresent() && window.isPresent()) {
            throw Problem.badParameter("window", text("window").orElse(""), "use window or from, not both");
        }
        Optional<Long> end = moment("to", now);
        if (from.isPresent() && end.isPresent() && from.get() > end.get()) {
            throw Problem.badParameter("from", text("from").orElse(""), "use a moment before to");
        }
        return window.map(length -> end.orElse(now) - length.toMillis()).or(() -> from);
    }

    public boolean flag(String name) {
        return oneOf(name, "false", List.of("true", "false")).equals("true");
    }

    public String oneOf(String name, String otherwise, List<String> known) {
        String given = text(name).map(value -> value.toLowerCase(Locale.ROOT)).orElse(otherwise);
        if (!known.contains(given)) {
            throw Problem.badParameter(name, given, "use " + String.join(", ", known));
        }
        return given;
    }

    /** How the answer is to be printed: by {@code format}, else by the Accept header, else as JSON. */
    public Rendering rendering() {
        String accepted = Optional.ofNullable(header("Accept")).orElse("");
        String otherwise = accepted.contains("text/markdown")
                ? "markdown"
                : accepted.contains("text/plain") && !accepted.contains("json") ? "text" : "json";
        return switch (oneOf("format", otherwise, List.of("json", "text", "markdown"))) {
            case "text" -> Rendering.TEXT;
            case "markdown" -> Rendering.MARKDOWN;
            default -> Rendering.JSON;
        };
    }

    public @Nullable String header(String name) {
        return context.header(name);
    }

    public void status(int status) {
        context.status(status);
    }

    public void json(JsonWriter json) {
        bytes(JSON, json.toBytes());
    }

    public void bytes(String contentType, byte[] body) {
        context.contentType(contentType);
        context.result(body);
    }

    public void nothing() {
        context.status(204);
    }

    Map<String, List<String>> parameters() {
        return context.queryParamMap();
    }
}
