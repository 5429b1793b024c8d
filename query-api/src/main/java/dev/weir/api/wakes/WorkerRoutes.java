package dev.weir.api.wakes;

import com.fasterxml.jackson.databind.JsonNode;
import dev.weir.api.http.Call;
import dev.weir.api.http.JsonBody;
import dev.weir.api.http.Problem;
import dev.weir.api.http.Route;
import dev.weir.api.http.Scope;
import dev.weir.api.http.Streams;
import dev.weir.schemas.RunKey;
import dev.weir.schemas.WakeDone;
import dev.weir.schemas.WakePhase;
import dev.weir.schemas.WakeRenew;
import dev.weir.schemas.WakeState;
import dev.weir.snapshot.JsonWriter;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The worker's side of wakes: take one that is due for a while, keep it, say what came of it. */
public final class WorkerRoutes {
    private static final Set<String> LEASE = Set.of("worker", "leaseFor", "wait", "run", "job", "labels");
    private static final Set<String> RENEW = Set.of("run", "fence", "leaseFor");
    private static final Set<String> DONE = Set.of("run", "fence", "succeeded", "exitCode", "detail", "retryIn");
    private static final Duration LONGEST_LEASE = Duration.ofHours(1);
    private static final Duration LONGEST_WAIT = Duration.ofMinutes(1);
    private static final Duration FARTHEST = Duration.ofDays(365);
    private static final int LONGEST_DETAIL = 4_096;

    private final WakeTopics topics;
    private final Leasing leasing;
    private final Streams streams;
    private final Clock clock;

    public WorkerRoutes(WakeTopics topics, DueWakes due, Streams streams, Clock clock) {
        this.topics = topics;
        this.leasing = new Leasing(topics, due, clock, streams::isStopped);
        this.streams = streams;
        this.clock = clock;
    }

    public List<Route> all() {
        return List.of(
                Route.get("/v1/wakes", Scope.WAKE, List.of(), leasing::list),
                Route.post("/v1/wakes/lease", Scope.WAKE, List.of(), this::lease),
                Route.post("/v1/wakes/{id}/renew", Scope.WAKE, List.of(), this::renew),
                Route.post("/v1/wakes/{id}/done", Scope.WAKE, List.of(), this::done));
    }

    private void lease(Call call) throws IOException {
        JsonNode body = JsonBody.object(call, LEASE);
        String worker = JsonBody.text(body, "worker")
                .filter(RunKey::isName)
                .orElseThrow(() -> Problem.badParameter(
                        "worker",
                        body.path("worker").asText(),
                        "say who takes it, in up to 128 letters, digits, dots, dashes, underscores"));
        Duration lease = lease(body);
        Duration wait = JsonBody.duration(body, "wait", LONGEST_WAIT).orElse(Duration.ZERO);
        Leasing.Wanted wanted = new Leasing.Wanted(
                JsonBody.text(body, "run"), JsonBody.text(body, "job"), JsonBody.map(body, "labels"));
        streams.answer(call, () -> {
            Optional<WakeState> leased = leasing.lease(call, worker, lease, wait, wanted);
            if (leased.isPresent()) {
                write(call, leased.get());
            } else {
                call.nothing();
            }
        });
    }

    private void renew(Call call) throws IOException {
        JsonNode body = JsonBody.object(call, RENEW);
        WakeRenew renew = WakeRenew.newBuilder()
                .setFence(fence(body))
                .setLeaseMillis(lease(body).toMillis())
                .build();
        RunKey run = run(call, body);
        streams.answer(call, () -> {
            WakeState wake = obeyed(call, run, renew);
            if (wake.getRefused() != null) {
                throw lost(wake).of(run.run());
            }
            write(call, wake);
        });
    }

    private void done(Call call) throws IOException {
        JsonNode body = JsonBody.object(call, DONE);
        JsonNode succeeded = body.get("succeeded");
        if (succeeded == null || !succeeded.isBoolean()) {
            throw Problem.badParameter("succeeded", String.valueOf(succeeded), "use true or false");
        }
        Optional<String> detail = JsonBody.text(body, "detail");
        if (detail.isPresent() && detail.get().length() > LONGEST_DETAIL) {
            throw Problem.badParameter("detail", detail.get(), "use at most " + LONGEST_DETAIL + " characters");
        }
        Optional<Duration> retryIn = JsonBody.duration(body, "retryIn", FARTHEST);
        Instant now = clock.instant();
        WakeDone done = WakeDone.newBuilder()
                .setFence(fence(body))
                .setSucceeded(succeeded.asBoolean())
                .setExitCode(
                        body.has("exitCode")
                                ? Integer.valueOf(
                                        (int) JsonBody.number(body, "exitCode", 0, Integer.MIN_VALUE, 1L << 30))
                                : null)
                .setDetail(detail.orElse(null))
                .setRetryAt(retryIn.map(now::plus).orElse(null))
                .build();
        RunKey run = run(call, body);
        streams.answer(call, () -> {
            WakeState wake = obeyed(call, run, done);
            // Said twice, because the first answer was lost on its way, it is still done.
            boolean already = wake.getPhase() == WakePhase.DONE && wake.getFence() == done.getFence();
            if (wake.getRefused() != null && !(already && done.getSucceeded())) {
                throw lost(wake).of(run.run());
            }
            write(call, wake);
        });
    }

    private WakeState obeyed(Call call, RunKey run, Object order) throws InterruptedException {
        String id = call.path("id");
        if (!RunKey.isName(id)) {
            throw QueueRoutes.noSuchWake(id).of(run.run());
        }
        WakeState wake = topics.ask(run, QueueRoutes.command(call, id, order, clock.instant()));
        if (wake.getRefused() != null
                && wake.getFence() == 0
                && wake.getMessage().isEmpty()) {
            throw QueueRoutes.noSuchWake(id).of(run.run());
        }
        return wake;
    }

    private static RunKey run(Call call, JsonNode body) {
        String run = JsonBody.text(body, "run").orElse("");
        if (!Call.isRunId(run)) {
            throw Problem.badParameter("run", run, "give the run of the wake, as the lease said it");
        }
        return new RunKey(call.tenant(), run);
    }

    private static long fence(JsonNode body) {
        return JsonBody.number(body, "fence", -1, 1, Long.MAX_VALUE);
    }

    private static Duration lease(JsonNode body) {
        return JsonBody.duration(body, "leaseFor", LONGEST_LEASE)
                .filter(given -> !given.isZero())
                .orElse(Duration.ofMinutes(1));
    }

    private static Problem lost(WakeState wake) {
        return new Problem(
                409,
                "lease-lost",
                "The wake is not held with this fence: " + wake.getRefused()
                        + "; stop working on it, another may have taken it");
    }

    private static void write(Call call, WakeState wake) {
        JsonWriter json = new JsonWriter();
        WakeJson.write(json, wake);
        call.json(json);
    }
}
