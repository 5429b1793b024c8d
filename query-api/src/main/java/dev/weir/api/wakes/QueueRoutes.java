package dev.weir.api.wakes;

import com.fasterxml.jackson.databind.JsonNode;
import dev.weir.api.http.Call;
import dev.weir.api.http.JsonBody;
import dev.weir.api.http.Problem;
import dev.weir.api.http.Route;
import dev.weir.api.http.Scope;
import dev.weir.api.http.Streams;
import dev.weir.api.runs.RunLookup;
import dev.weir.schemas.RunKey;
import dev.weir.schemas.WakeCancel;
import dev.weir.schemas.WakeCommand;
import dev.weir.schemas.WakeCondition;
import dev.weir.schemas.WakeEnqueue;
import dev.weir.schemas.WakeState;
import dev.weir.snapshot.JsonWriter;
import dev.weir.topology.Extent;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** A run's queue: wakes are put in, listed, taken out. */
public final class QueueRoutes {
    private static final Set<String> FIELDS = Set.of(
            "message", "delay", "runAt", "when", "idempotencyKey", "expiresIn", "expiresAt", "maxAttempts", "labels");
    private static final int LONGEST_MESSAGE = 64 << 10;
    private static final int LONGEST_KEY = 256;
    private static final Duration FARTHEST = Duration.ofDays(365);

    private final RunLookup runs;
    private final WakeTopics topics;
    private final Streams streams;
    private final Clock clock;

    public QueueRoutes(RunLookup runs, WakeTopics topics, Streams streams, Clock clock) {
        this.runs = runs;
        this.topics = topics;
        this.streams = streams;
        this.clock = clock;
    }

    public List<Route> all() {
        return List.of(
                Route.get("/v1/runs/{run}/queue", Scope.READ, List.of(), this::list),
                Route.post("/v1/runs/{run}/queue", Scope.WAKE, List.of(), this::add),
                Route.delete("/v1/runs/{run}/queue/{id}", Scope.WAKE, List.of(), this::cancel));
    }

    private void list(Call call) {
        JsonWriter json = new JsonWriter().object().name("wakes").array();
        wakes(call).forEach(wake -> WakeJson.write(json, wake));
        call.json(json.endArray().endObject());
    }

    /** A run that has left may still have wakes; without any it is no more than absent. */
    private List<WakeState> wakes(Call call) {
        List<WakeState> wakes = runs.wakes(call.tenant(), call.run());
        if (wakes.isEmpty()) {
            runs.find(call.tenant(), call.run(), Extent.status());
        }
        return wakes;
    }

    private void add(Call call) throws IOException {
        runs.find(call.tenant(), call.run(), Extent.status());
        JsonNode body = JsonBody.object(call, FIELDS);
        WakeEnqueue wanted = wanted(call, body);
        RunKey run = new RunKey(call.tenant(), call.run());
        WakeCommand command = command(call, "wake-" + UUID.randomUUID(), wanted);
        streams.answer(call, () -> {
            WakeState wake = topics.ask(run, command);
            if (wake.getRefused() != null) {
                throw new Problem(409, "queue-full", "The wake was not queued: " + wake.getRefused()).of(run.run());
            }
            call.status(wake.getWake().equals(command.getWake()) ? 201 : 200);
            JsonWriter json = new JsonWriter();
            WakeJson.write(json, wake);
            call.json(json);
        });
    }

    private WakeEnqueue wanted(Call call, JsonNode body) {
        Instant now = clock.instant();
        String message = JsonBody.text(body, "message").orElse("");
        if (message.isBlank() || message.length() > LONGEST_MESSAGE) {
            throw new Problem(
                    400,
                    "bad-parameter",
                    "message has " + message.length() + " characters: give from 1 to " + LONGEST_MESSAGE
                            + ", what the woken one is told");
        }
        if (body.has("delay") && body.has("runAt")) {
            throw new Problem(400, "bad-parameter", "delay and runAt are both given: use one of them");
        }
        Instant runAt = JsonBody.duration(body, "delay", FARTHEST)
                .map(now::plus)
                .or(() -> JsonBody.time(body, "runAt"))
                .orElse(now);
        Instant expires = JsonBody.duration(body, "expiresIn", FARTHEST)
                .map(now::plus)
                .or(() -> JsonBody.time(body, "expiresAt"))
                .orElse(null);
        Optional<String> key = JsonBody.text(body, "idempotencyKey")
                .or(() -> Optional.ofNullable(call.header("Idempotency-Key")))
                .filter(given -> !given.isBlank());
        if (key.isPresent() && key.get().length() > LONGEST_KEY) {
            throw Problem.badParameter("idempotencyKey", key.get(), "use at most " + LONGEST_KEY + " characters");
        }
        return WakeEnqueue.newBuilder()
                .setMessage(message)
                .setRunAt(runAt)
                .setCondition(condition(JsonBody.text(body, "when").orElse("ok")))
                .setIdempotencyKey(key.orElse(null))
                .setExpiresAt(expires)
                .setMaxAttempts((int) JsonBody.number(body, "maxAttempts", 5, 1, 1_000))
                .setLabels(JsonBody.map(body, "labels"))
                .build();
    }

    private static WakeCondition condition(String given) {
        return switch (given.toLowerCase(Locale.ROOT)) {
            case "ok" -> WakeCondition.OK;
            case "failed" -> WakeCondition.FAILED;
            case "ended" -> WakeCondition.ENDED;
            case "now" -> WakeCondition.NOW;
            default -> throw Problem.badParameter("when", given, "use ok, failed, ended or now");
        };
    }

    private void cancel(Call call) {
        RunKey run = new RunKey(call.tenant(), call.run());
        String id = call.path("id");
        if (wakes(call).stream().noneMatch(wake -> wake.getWake().equals(id))) {
            throw noSuchWake(id).of(run.run());
        }
        WakeCommand command = command(call, id, new WakeCancel(null));
        streams.answer(call, () -> {
            WakeState wake = topics.ask(run, command);
            if (wake.getRefused() != null && wake.getPhase() != dev.weir.schemas.WakePhase.CANCELLED) {
                throw new Problem(
                                409,
                                "wake-not-queued",
                                "The wake cannot be taken out: " + wake.getRefused() + "; what is leased is let finish")
                        .of(run.run());
            }
            call.nothing();
        });
    }

    private WakeCommand command(Call call, String wake, Object body) {
        return command(call, wake, body, clock.instant());
    }

    static Problem noSuchWake(String wake) {
        return new Problem(
                404,
                "wake-not-found",
                "The run has no wake '" + Problem.shown(wake)
                        + "': see GET /v1/runs/{run}/queue for those that there are");
    }

    static WakeCommand command(Call call, String wake, Object body, Instant now) {
        String key = call.caller().key();
        return WakeCommand.newBuilder()
                .setWake(wake)
                .setRequest(UUID.randomUUID().toString())
                .setSentAt(now)
                .setSentBy(key.equals("-") ? null : key)
                .setBody(body)
                .build();
    }
}
