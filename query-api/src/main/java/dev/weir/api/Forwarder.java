package dev.weir.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.weir.api.http.Body;
import dev.weir.api.http.Call;
import dev.weir.api.http.Problem;
import dev.weir.api.http.Route;
import dev.weir.api.http.Streams;
import dev.weir.api.runs.HeldElsewhere;
import dev.weir.api.runs.RunList;
import dev.weir.topology.Placement;
import io.javalin.http.HandlerType;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks the server that holds a run, once, with the caller's own credentials, and passes its answer on as it comes. A
 * request that was forwarded already is not forwarded again: two servers that disagree must not play with it.
 */
final class Forwarder implements RunList.Peers {
    static final String FORWARDED = "Weir-Forwarded";
    private static final Duration CONNECT = Duration.ofSeconds(2);

    /** Until the answer begins; waits take an hour at most. */
    private static final Duration DEADLINE = Duration.ofMinutes(61);

    private static final List<String> WAITING = List.of("/wait", "/orders");

    private static final Duration SHORT_DEADLINE = Duration.ofSeconds(10);

    /** What is passed on with its body are orders of some kilobytes, never lines. */
    private static final int MOST_BODY = 256 << 10;

    private static final List<String> ASKED =
            List.of("Authorization", "Accept", "If-None-Match", "Last-Event-ID", "Content-Type", "Idempotency-Key");
    private static final List<String> ANSWERED =
            List.of("Content-Type", "ETag", "Vary", "Retry-After", "Cache-Control", "WWW-Authenticate");

    private static final Logger LOG = LoggerFactory.getLogger(Forwarder.class);
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Streams streams;

    /** Made when something is first forwarded: most servers are alone, and it brings all there is of TLS. */
    private static final class Client {
        static final HttpClient POOLED = HttpClient.newBuilder()
                .connectTimeout(CONNECT)
                .version(HttpClient.Version.HTTP_1_1)
                .build();
    }

    Forwarder(Streams streams) {
        this.streams = streams;
    }

    Route over(Route route) {
        Route.Answer here = route.answer();
        return new Route(route.method(), route.path(), route.scope(), route.parameters(), call -> {
            try {
                here.to(call);
            } catch (HeldElsewhere other) {
                forward(call, other);
            }
        });
    }

    /** Every server that holds a partition which this one does not, at once. */
    @Override
    public List<JsonNode> ask(Call call, Placement placement) {
        String query = call.context().req().getQueryString();
        return ask(call, placement, call.context().req().getRequestURI() + (query == null ? "" : "?" + query));
    }

    /** The answers of every other server to {@code GET} of a path. */
    List<JsonNode> ask(Call call, Placement placement, String path) {
        if (call.header(FORWARDED) != null) {
            return List.of();
        }
        Set<Placement.Server> others = new HashSet<>();
        placement.active().forEach((partition, server) -> {
            if (!placement.here().contains(partition)) {
                others.add(server);
            }
        });
        List<CompletableFuture<HttpResponse<byte[]>>> asked = others.stream()
                .map(other -> Client.POOLED.sendAsync(
                        request(call, new HeldElsewhere(other.host(), other.port()), path, SHORT_DEADLINE)
                                .build(),
                        HttpResponse.BodyHandlers.ofByteArray()))
                .toList();
        List<JsonNode> answers = new ArrayList<>();
        for (CompletableFuture<HttpResponse<byte[]>> one : asked) {
            try {
                HttpResponse<byte[]> answer = one.join();
                if (answer.statusCode() == 200) {
                    answers.add(JSON.readTree(answer.body()));
                }
            } catch (CompletionException | IOException away) {
                LOG.info("A server did not answer for its runs", away);
            }
        }
        return answers;
    }

    /** What one other server answers; its problem becomes ours. */
    JsonNode get(Call call, HeldElsewhere holder, String path) {
        if (call.header(FORWARDED) != null) {
            throw moving();
        }
        try {
            HttpResponse<byte[]> answer = Client.POOLED.send(
                    request(call, holder, path, SHORT_DEADLINE).build(), HttpResponse.BodyHandlers.ofByteArray());
            JsonNode body = JSON.readTree(answer.body());
            if (answer.statusCode() != 200) {
                throw new Problem(
                        answer.statusCode(),
                        body.path("code").asText("server-away"),
                        body.path("detail").asText());
            }
            return body;
        } catch (IOException away) {
            throw away(holder);
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            throw away(holder);
        }
    }

    private static Problem moving() {
        return new Problem(503, "moving", "The run's partition is moving between servers: try again in a second")
                .retryAfter(1);
    }

    private static Problem away(HeldElsewhere other) {
        return new Problem(
                        502,
                        "server-away",
                        "The server that holds the run does not answer (" + other.host() + ":" + other.port()
                                + "): try again in a few seconds")
                .retryAfter(2);
    }

    private void forward(Call call, HeldElsewhere other) throws IOException {
        if (call.header(FORWARDED) != null) {
            throw moving();
        }
        boolean waits = WAITING.stream().anyMatch(call.context().path()::endsWith);
        String query = call.context().req().getQueryString();
        String path = call.context().req().getRequestURI() + (query == null ? "" : "?" + query);
        HttpRequest.BodyPublisher body = call.context().method() == HandlerType.POST
                ? HttpRequest.BodyPublishers.ofByteArray(Body.kept(call, MOST_BODY))
                : HttpRequest.BodyPublishers.noBody();
        HttpRequest request = request(call, other, path, waits ? DEADLINE : SHORT_DEADLINE)
                .method(call.context().method().name(), body)
                .build();
        streams.always(call, () -> pass(call, request, other));
    }

    private static HttpRequest.Builder request(Call call, HeldElsewhere other, String path, Duration deadline) {
        HttpRequest.Builder request = HttpRequest.newBuilder(
                        URI.create("http://" + other.host() + ":" + other.port() + path))
                .timeout(deadline)
                .header(FORWARDED, "1");
        for (String name : ASKED) {
            String value = call.header(name);
            if (value != null) {
                request.header(name, value);
            }
        }
        return request;
    }

    private void pass(Call call, HttpRequest request, HeldElsewhere other) throws InterruptedException, IOException {
        HttpResponse<InputStream> answer;
        try {
            answer = Client.POOLED.send(request, HttpResponse.BodyHandlers.ofInputStream());
        } catch (IOException away) {
            throw away(other);
        }
        call.status(answer.statusCode());
        for (String name : ANSWERED) {
            answer.headers().firstValue(name).ifPresent(value -> call.context().header(name, value));
        }
        byte[] buffer = new byte[16 << 10];
        OutputStream out = call.context().res().getOutputStream();
        try (InputStream body = answer.body()) {
            for (int got = body.read(buffer); got >= 0; got = body.read(buffer)) {
                out.write(buffer, 0, got);
                if (body.available() == 0) {
                    out.flush();
                }
            }
        }
    }
}
