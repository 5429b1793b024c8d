package dev.weir.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.weir.cli.net.Http;
import dev.weir.cli.net.HttpLines;
import dev.weir.cli.net.Json;
import java.io.IOException;
import java.net.URLEncoder;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Collectors;

/** The server as the reading commands see it: a path and parameters in, an answer or a sentence for the user out. */
final class NodeApi {
    private static final int BAD_REQUEST = 400;
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final Connection connection;

    NodeApi(Connection connection) {
        this.connection = connection;
    }

    Http.Answer get(String path, Map<String, String> parameters) {
        return get(path, parameters, PATIENCE);
    }

    Http.Answer get(String path, Map<String, String> parameters, Duration patience) {
        try {
            return Http.get(connection.url().resolve(path + query(parameters)), connection.headers(), patience);
        } catch (IOException away) {
            throw away(away);
        }
    }

    /** A question with a body of JSON. */
    Http.Answer send(String method, String path, String body, Duration patience) {
        return send(method, path, Map.of(), body, patience);
    }

    Http.Answer send(String method, String path, Map<String, String> headers, String body, Duration patience) {
        return send(method, path, headers, "application/json", body, patience);
    }

    Http.Answer send(String method, String path, String type, String body, Duration patience) {
        return send(method, path, Map.of(), type, body, patience);
    }

    private Http.Answer send(
            String method, String path, Map<String, String> more, String type, String body, Duration patience) {
        Map<String, String> headers = new java.util.HashMap<>(connection.headers());
        headers.putAll(more);
        headers.put("Content-Type", type);
        try {
            return Http.send(method, connection.url().resolve(path), headers, body.getBytes(UTF_8), patience);
        } catch (IOException away) {
            throw away(away);
        }
    }

    private Unreachable away(IOException away) {
        return new Unreachable("no node answers at " + connection.url() + " (" + away.getMessage()
                + "): start one with weir up, or set WEIR_URL");
    }

    /** An answer that comes line by line. */
    Http.Answer lines(String path, Map<String, String> parameters, HttpLines.Taker taker) {
        try {
            return HttpLines.read(connection.url().resolve(path + query(parameters)), connection.headers(), taker);
        } catch (IOException away) {
            throw new Unreachable("the node at " + connection.url() + " does not answer any longer ("
                    + away.getMessage() + "): see weir status");
        }
    }

    private static String query(Map<String, String> parameters) {
        return parameters.isEmpty()
                ? ""
                : parameters.entrySet().stream()
                        .map(parameter -> parameter.getKey() + "=" + URLEncoder.encode(parameter.getValue(), UTF_8))
                        .collect(Collectors.joining("&", "?", ""));
    }

    /** The answer's body, or what the server says is wrong. */
    String body(String path, Map<String, String> parameters) {
        return checked(get(path, parameters)).body();
    }

    /** The answer, unless the server said no. */
    static Http.Answer checked(Http.Answer answer) {
        if (!answer.ok()) {
            throw refusal(answer);
        }
        return answer;
    }

    /** What was typed wrongly is told as such, also where only the server can tell. */
    static RuntimeException refusal(Http.Answer answer) {
        return answer.status() == BAD_REQUEST ? new UsageException(explained(answer)) : new Refused(explained(answer));
    }

    static String explained(Http.Answer answer) {
        try {
            Json json = Json.parse(answer.body());
            for (String field : new String[] {"detail", "message", "error", "title"}) {
                if (!json.get(field).text().isEmpty()) {
                    return Spoken.asTyped(json.get(field).text());
                }
            }
        } catch (IllegalArgumentException notJson) {
            // a proxy's page, perhaps: shown as it is
        }
        return "the server answered " + answer.status()
                + (answer.body().isBlank() ? "" : ": " + answer.body().strip());
    }

    /** Nobody is there. */
    static final class Unreachable extends RuntimeException {
        Unreachable(String message) {
            super(message);
        }
    }

    /** The server said no. */
    static final class Refused extends RuntimeException {
        Refused(String message) {
            super(message);
        }
    }
}
