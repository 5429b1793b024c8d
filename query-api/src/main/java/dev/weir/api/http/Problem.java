package dev.weir.api.http;

import dev.weir.snapshot.JsonWriter;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** An answer that is an error, as RFC 9457 writes them. {@code detail} says what happened, with the value, and what to do. */
public final class Problem extends RuntimeException {
    private final int status;
    private final String code;
    private final @Nullable String run;
    private final Map<String, String> headers = new TreeMap<>();
    private final Map<String, Long> numbers = new TreeMap<>();

    public Problem(int status, String code, String detail) {
        this(status, code, detail, null);
    }

    private Problem(int status, String code, String detail, @Nullable String run) {
        super(detail, null, false, false);
        this.status = status;
        this.code = code;
        this.run = run;
    }

    public static Problem badParameter(String name, String value, String whatToDo) {
        return new Problem(400, "bad-parameter", name + " is '" + shown(value) + "': " + whatToDo);
    }

    /** The same whether a run is another tenant's, has left retention or never was. */
    public static Problem noSuchRun(String run) {
        return new Problem(
                404, "run-not-found", "No run '" + run + "': see GET /v1/runs for those that there are", run);
    }

    public Problem of(String run) {
        Problem about = new Problem(status, code, text(), run);
        about.headers.putAll(headers);
        about.numbers.putAll(numbers);
        return about;
    }

    public Problem with(String name, long number) {
        numbers.put(name, number);
        return this;
    }

    public Problem header(String name, String value) {
        headers.put(name, value);
        return this;
    }

    public Problem retryAfter(long seconds) {
        return header("Retry-After", Long.toString(seconds)).with("retryAfterSeconds", seconds);
    }

    public int status() {
        return status;
    }

    public String code() {
        return code;
    }

    public Map<String, String> headers() {
        return headers;
    }

    public byte[] json() {
        JsonWriter json = new JsonWriter().object();
        json.field("type", "urn:weir:problem:" + code);
        json.field("title", title(status));
        json.field("status", status);
        json.field("code", code);
        json.field("detail", text());
        json.known("run", run);
        numbers.forEach(json::field);
        return json.endObject().toBytes();
    }

    private String text() {
        String message = getMessage();
        return message == null ? "" : message;
    }

    /** A caller's own value, short enough to be quoted back. */
    public static String shown(String value) {
        return value.length() <= 80 ? value : value.substring(0, 79) + "…";
    }

    private static String title(int status) {
        return switch (status) {
            case 400 -> "Bad request";
            case 401 -> "Unauthorized";
            case 403 -> "Forbidden";
            case 404 -> "Not found";
            case 405 -> "Method not allowed";
            case 406 -> "Not acceptable";
            case 408 -> "Request timeout";
            case 409 -> "Conflict";
            case 410 -> "Gone";
            case 413 -> "Content too large";
            case 414 -> "URI too long";
            case 415 -> "Unsupported media type";
            case 422 -> "Too costly";
            case 417 -> "Expectation failed";
            case 426 -> "Upgrade required";
            case 429 -> "Too many requests";
            case 431 -> "Header too large";
            case 502 -> "Bad gateway";
            case 503 -> "Not ready";
            case 504 -> "Gateway timeout";
            case 505 -> "HTTP version not supported";
            default -> "Internal error";
        };
    }
}
