package dev.weir.api.wakes;

import com.fasterxml.jackson.databind.JsonNode;
import dev.weir.api.http.Call;
import dev.weir.schemas.RunKey;
import dev.weir.schemas.WakeLease;
import dev.weir.schemas.WakePhase;
import dev.weir.schemas.WakeState;
import dev.weir.snapshot.JsonWriter;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/**
 * Takes a due wake for a worker. Whoever asks, the run's own queue decides: two workers that try the same wake at once both
 * ask it, and one is refused and tries the next.
 */
final class Leasing {
    private static final int MOST = 10_000;
    /** Also without a word from the topic: a server may have missed it while Kafka was away. */
    private static final long LOOK_AGAIN_MILLIS = 5_000;

    private final WakeTopics topics;
    private final DueWakes due;
    private final Clock clock;
    private final BooleanSupplier stopped;

    Leasing(WakeTopics topics, DueWakes due, Clock clock, BooleanSupplier stopped) {
        this.topics = topics;
        this.due = due;
        this.clock = clock;
        this.stopped = stopped;
    }

    /** By what a worker chooses: all that is given must be so. */
    record Wanted(Optional<String> run, Optional<String> job, Map<String, String> labels) {
        boolean takes(Candidate one) {
            return (run.isEmpty() || run.get().equals(one.run()))
                    && (job.isEmpty() || job.get().equals(one.job()))
                    && one.labels().entrySet().containsAll(labels.entrySet());
        }
    }

    private record Candidate(String run, String wake, String runAt, String job, Map<String, String> labels) {
        static Candidate of(JsonNode wake) {
            Map<String, String> labels = new HashMap<>();
            wake.path("labels")
                    .properties()
                    .forEach(one -> labels.put(one.getKey(), one.getValue().asText()));
            return new Candidate(
                    wake.path("run").asText(),
                    wake.path("id").asText(),
                    wake.path("runAt").asText(),
                    wake.path("job").asText(),
                    labels);
        }

        static Candidate of(WakeState wake) {
            return new Candidate(
                    wake.getRun(),
                    wake.getWake(),
                    wake.getRunAt().toString(),
                    String.valueOf(wake.getJob()),
                    wake.getLabels());
        }
    }

    /** {@code GET /v1/wakes}: the wakes that are due, of this server's partitions and of the others'. */
    void list(Call call) {
        JsonWriter json = new JsonWriter().object().name("wakes").array();
        due.here(call.tenant(), MOST).forEach(wake -> WakeJson.write(json, wake));
        due.elsewhere(call, "/v1/wakes")
                .forEach(answer -> answer.path("wakes")
                        .forEach(wake -> json.json(wake.toString().getBytes(java.nio.charset.StandardCharsets.UTF_8))));
        call.json(json.endArray().endObject());
    }

    Optional<WakeState> lease(Call call, String worker, Duration lease, Duration wait, Wanted wanted)
            throws InterruptedException {
        Semaphore fallen = new Semaphore(0);
        long deadline = System.nanoTime() + wait.toNanos();
        // Registered before looking: nothing slips between.
        Runnable listening = topics.onDue(wake -> {
            if (wake.getTenant().equals(call.tenant())) {
                fallen.release();
            }
        });
        try {
            Optional<WakeState> taken = take(call, worker, lease, wanted);
            long left = wait.toMillis();
            while (taken.isEmpty() && left > 0 && !stopped.getAsBoolean()) {
                if (fallen.tryAcquire(Math.min(left, LOOK_AGAIN_MILLIS), TimeUnit.MILLISECONDS)) {
                    fallen.drainPermits();
                }
                taken = take(call, worker, lease, wanted);
                left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
            }
            return taken;
        } finally {
            listening.run();
        }
    }

    private Optional<WakeState> take(Call call, String worker, Duration lease, Wanted wanted)
            throws InterruptedException {
        List<Candidate> candidates = new ArrayList<>();
        due.here(call.tenant(), MOST).forEach(wake -> candidates.add(Candidate.of(wake)));
        due.elsewhere(call, "/v1/wakes")
                .forEach(answer -> answer.path("wakes").forEach(wake -> candidates.add(Candidate.of(wake))));
        candidates.sort(Comparator.comparing(Candidate::runAt));
        for (Candidate one : candidates) {
            if (wanted.takes(one)) {
                RunKey run = new RunKey(call.tenant(), one.run());
                WakeState answer = topics.ask(
                        run,
                        QueueRoutes.command(
                                call, one.wake(), new WakeLease(worker, lease.toMillis()), clock.instant()));
                if (answer.getRefused() == null && answer.getPhase() == WakePhase.LEASED) {
                    return Optional.of(answer);
                }
            }
        }
        return Optional.empty();
    }
}
