package dev.weir.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.weir.cli.net.Http;
import dev.weir.cli.net.Json;
import java.net.URLEncoder;
import java.time.Duration;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A run that is written again from its lines, over HTTP: a batch goes when it is large, when its source changes, or when it
 * is asked for. Numbered by source, so that a batch that is sent twice counts once.
 */
final class Feed {
    private static final int BATCH = 256 << 10;
    private static final int TRIES = 5;
    private static final long PAUSE_MILLIS = 500;
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final NodeApi api;
    private final String run;
    private final Map<String, Long> next = new LinkedHashMap<>();
    private final StringBuilder batch = new StringBuilder();
    private String source = "";
    private String stream = "";
    private long first;
    private long sent;

    Feed(NodeApi api, String run) {
        this.api = api;
        this.run = run;
    }

    /** Begins the run as what it was, but for its provider and a label that says where it is from. */
    void begin(Json origin, String provider, String job) throws InterruptedException {
        StringBuilder body =
                new StringBuilder("{\"run\":" + Json.quoted(run) + ",\"provider\":" + Json.quoted(provider));
        for (String field : new String[] {"title", "host", "user", "directory", "commit", "branch", "format"}) {
            if (!origin.get(field).text().isEmpty()) {
                body.append(",\"")
                        .append(field)
                        .append("\":")
                        .append(Json.quoted(origin.get(field).text()));
            }
        }
        if (!job.isEmpty()) {
            body.append(",\"job\":").append(Json.quoted(job));
        }
        body.append(",\"command\":")
                .append(
                        origin.get("command").isMissing()
                                ? "[]"
                                : origin.get("command").written());
        Map<String, String> labels = new LinkedHashMap<>();
        origin.get("labels").fields().forEach((name, value) -> labels.put(name, value.text()));
        labels.put(provider, origin.get("id").text());
        StringBuilder pairs = new StringBuilder();
        labels.forEach((name, value) -> pairs.append(pairs.length() == 0 ? "" : ",")
                .append(Json.quoted(name))
                .append(':')
                .append(Json.quoted(value)));
        post(
                "/v1/runs",
                "application/json",
                body.append(",\"labels\":{").append(pairs).append("}}").toString());
    }

    /** One line as {@code GET …/lines} gave it; markers of what was lost there are not lines. */
    void line(Json line, String time) throws InterruptedException {
        if (!line.get("marker").isMissing()) {
            return;
        }
        if (!line.get("source").text().equals(source)
                || !line.get("stream").text().equals(stream)) {
            flush();
            source = line.get("source").text();
            stream = line.get("stream").text();
            first = next.getOrDefault(source, 0L);
        }
        batch.append("{\"bytes\":\"").append(encoded(line)).append('"');
        batch.append(time.isEmpty() ? "" : ",\"time\":" + Json.quoted(time));
        batch.append("false".equals(line.get("newline").text()) ? ",\"newline\":false}\n" : "}\n");
        next.merge(source, 1L, Long::sum);
        sent++;
        if (batch.length() > BATCH) {
            flush();
        }
    }

    private static String encoded(Json line) {
        String bytes = line.get("bytes").text();
        return bytes.isEmpty()
                ? Base64.getEncoder().encodeToString(line.get("text").text().getBytes(UTF_8))
                : bytes;
    }

    void flush() throws InterruptedException {
        if (batch.length() > 0) {
            post(
                    "/v1/runs/" + run + "/lines?source=" + coded(source) + "&stream=" + coded(stream) + "&seq=" + first,
                    "application/x-ndjson",
                    batch.toString());
            first = next.getOrDefault(source, 0L);
            batch.setLength(0);
        }
    }

    /** Ends it as the other ended; a run that had not ended is left as it was. */
    void end(Json origin) throws InterruptedException {
        flush();
        if (!origin.get("endedAt").text().isEmpty() || !origin.get("exitCode").isMissing()) {
            String code = origin.get("exitCode").isMissing()
                    ? ""
                    : "\"exitCode\":" + origin.get("exitCode").text();
            String signal = origin.get("signal").text().isEmpty()
                    ? ""
                    : "\"signal\":" + Json.quoted(origin.get("signal").text());
            post(
                    "/v1/runs/" + run + "/end",
                    "application/json",
                    "{" + code + (code.isEmpty() || signal.isEmpty() ? "" : ",") + signal + "}");
        }
    }

    long sent() {
        return sent;
    }

    private void post(String path, String type, String body) throws InterruptedException {
        for (int attempt = 1; ; attempt++) {
            try {
                Http.Answer answer = api.send("POST", path, type, body, PATIENCE);
                if (answer.ok()) {
                    return;
                }
                if (attempt == TRIES || answer.status() != 503 && answer.status() != 429) {
                    throw new NodeApi.Refused(NodeApi.explained(answer));
                }
            } catch (NodeApi.Unreachable away) {
                if (attempt == TRIES) {
                    throw away;
                }
            }
            Thread.sleep(PAUSE_MILLIS * attempt);
        }
    }

    private static String coded(String text) {
        return URLEncoder.encode(text, UTF_8);
    }
}
