package dev.weir.api.sources;

import com.fasterxml.jackson.databind.JsonNode;
import dev.weir.api.http.Call;
import dev.weir.api.http.JsonBody;
import dev.weir.api.http.Problem;
import dev.weir.api.http.Route;
import dev.weir.api.http.Scope;
import dev.weir.api.http.Streams;
import dev.weir.api.runs.RunLookup;
import dev.weir.schemas.RunKey;
import dev.weir.snapshot.JsonWriter;
import dev.weir.topology.Extent;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Asks a running {@code weir tail} to start or stop a source, and gives the tail its orders. Asking takes an admin: it makes
 * another machine open a file. What may be opened there, the tail decides.
 */
public final class SourceRoutes {
    private static final int LONGEST_SOURCE = 4_096;
    private static final long PATIENCE_SECONDS = 8;
    private static final Duration LONGEST_POLL = Duration.ofMinutes(1);
    private static final int LONGEST_DETAIL = 1_024;

    /** What a tail may answer, and the status it becomes; the sentence is the tail's own. */
    private static final Map<String, Integer> REFUSALS =
            Map.of("source-known", 409, "source-unknown", 404, "source-not-allowed", 403, "source-failed", 409);

    private final RunLookup runs;
    private final Streams streams;
    private final Tails tails = new Tails(System::nanoTime);

    public SourceRoutes(RunLookup runs, Streams streams) {
        this.runs = runs;
        this.streams = streams;
    }

    public List<Route> all() {
        return List.of(
                Route.post("/v1/runs/{run}/sources", Scope.ADMIN, List.of(), this::start),
                Route.delete("/v1/runs/{run}/sources", Scope.ADMIN, List.of("source"), this::stopAny),
                Route.delete("/v1/runs/{run}/sources/{source}", Scope.ADMIN, List.of(), this::stop),
                Route.get("/v1/runs/{run}/orders", Scope.INGEST, List.of("wait"), this::orders),
                Route.post("/v1/runs/{run}/orders/{id}", Scope.INGEST, List.of(), this::acknowledge));
    }

    private void start(Call call) throws IOException {
        runs.find(call.tenant(), call.run(), Extent.status());
        JsonNode body = JsonBody.object(call, Set.of("source"));
        order(call, Order.Kind.START, JsonBody.text(body, "source").orElse(""));
    }

    private void stop(Call call) {
        runs.find(call.tenant(), call.run(), Extent.status());
        order(call, Order.Kind.STOP, call.path("source"));
    }

    /** A file's name has slashes, which Jetty lets into no segment of a path, however they are written. */
    private void stopAny(Call call) {
        runs.find(call.tenant(), call.run(), Extent.status());
        order(call, Order.Kind.STOP, call.text("source").orElse(""));
    }

    private void order(Call call, Order.Kind kind, String source) {
        if (source.isBlank() || source.length() > LONGEST_SOURCE) {
            throw Problem.badParameter("source", source, "name a file, a glob or what else weir tail takes");
        }
        String run = new RunKey(call.tenant(), call.run()).toString();
        Order order = tails.place(run, kind, source)
                .orElseThrow(() -> new Problem(
                                409,
                                "no-tail",
                                "No weir tail listens for orders about this run: start one, or follow the source with"
                                        + " another")
                        .of(call.run()));
        streams.answer(call, () -> {
            try {
                answer(call, order, order.answer().get(PATIENCE_SECONDS, TimeUnit.SECONDS));
            } catch (ExecutionException | TimeoutException silent) {
                throw new Problem(
                                504,
                                "tail-silent",
                                "The run's weir tail has not answered: see GET …/sources for what it follows now")
                        .of(call.run());
            } finally {
                tails.withdraw(run, order);
            }
        });
    }

    private static void answer(Call call, Order order, Order.Answer said) {
        if (!said.ok()) {
            String detail = said.detail().isBlank() ? "The tail refused '" + order.source() + "'" : said.detail();
            throw new Problem(REFUSALS.getOrDefault(said.code(), 409), said.code(), detail).of(call.run());
        }
        call.json(new JsonWriter()
                .object()
                .field("run", call.run())
                .field("source", order.source())
                .field("state", order.kind() == Order.Kind.START ? "started" : "stopped")
                .field("detail", said.detail())
                .endObject());
    }

    private void orders(Call call) {
        runs.find(call.tenant(), call.run(), Extent.status());
        Duration wait = call.duration("wait").orElse(Duration.ofSeconds(25));
        if (wait.compareTo(LONGEST_POLL) > 0) {
            throw Problem.badParameter("wait", call.text("wait").orElse(""), "use 60s at most");
        }
        String run = new RunKey(call.tenant(), call.run()).toString();
        streams.answer(call, () -> {
            JsonWriter json = new JsonWriter().object().name("orders").array();
            Optional<Order> next = tails.next(run, wait.toMillis());
            next.ifPresent(order -> order.write(json));
            call.json(json.endArray().endObject());
        });
    }

    private void acknowledge(Call call) throws IOException {
        runs.find(call.tenant(), call.run(), Extent.status());
        JsonNode body = JsonBody.object(call, Set.of("ok", "code", "detail"));
        JsonNode ok = body.get("ok");
        String code = JsonBody.text(body, "code").orElse("source-failed");
        if (ok == null || !ok.isBoolean()) {
            throw Problem.badParameter("ok", String.valueOf(ok), "use true or false");
        }
        if (!ok.asBoolean() && !REFUSALS.containsKey(code)) {
            throw Problem.badParameter(
                    "code",
                    code,
                    "use "
                            + String.join(
                                    ", ", REFUSALS.keySet().stream().sorted().toList()));
        }
        String detail = JsonBody.text(body, "detail").orElse("");
        if (detail.length() > LONGEST_DETAIL) {
            detail = detail.substring(0, LONGEST_DETAIL);
        }
        String run = new RunKey(call.tenant(), call.run()).toString();
        if (!tails.acknowledge(run, call.path("id"), new Order.Answer(ok.asBoolean(), code, detail))) {
            throw new Problem(404, "order-not-found", "Nobody waits for this order any more: leave it").of(call.run());
        }
        call.nothing();
    }
}
