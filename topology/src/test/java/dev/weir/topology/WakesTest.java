package dev.weir.topology;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

import dev.weir.schemas.WakeCancel;
import dev.weir.schemas.WakeCondition;
import dev.weir.schemas.WakeDone;
import dev.weir.schemas.WakeEnqueue;
import dev.weir.schemas.WakeLease;
import dev.weir.schemas.WakePhase;
import dev.weir.schemas.WakeRenew;
import dev.weir.schemas.WakeState;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class WakesTest {
    @Test
    void fallDueByTheClockWhenTheRunEndsWellAndNothingFlows() {
        try (Driven driven = new Driven(Map.of())) {
            driven.lines("run", "out", 0, "working");
            driven.command("run", "w1", "r1", enqueue(driven, 30, WakeCondition.OK, 5));
            driven.pass(Duration.ofSeconds(40));
            assertEquals(WakePhase.QUEUED, wake(driven).getPhase());

            driven.record("run", WeirTopologyTest.ended(0, List.of()));
            driven.pass(Duration.ofSeconds(2));

            assertEquals(WakePhase.DUE, wake(driven).getPhase());
            assertEquals(
                    List.of(WakePhase.QUEUED, WakePhase.DUE),
                    driven.wakeStates().stream().map(WakeState::getPhase).toList());
            assertEquals(1, driven.reader.dueWakes("default", 10).size());
            assertEquals(0, driven.reader.dueWakes("other", 10).size());
        }
    }

    @Test
    void waitForTheirTimeToo() {
        try (Driven driven = new Driven(Map.of())) {
            driven.lines("run", "out", 0, "working");
            driven.record("run", WeirTopologyTest.ended(1, List.of()));
            driven.command("run", "w1", "r1", enqueue(driven, 30, WakeCondition.FAILED, 5));
            assertEquals(WakePhase.QUEUED, wake(driven).getPhase());

            driven.pass(Duration.ofSeconds(31));

            assertEquals(WakePhase.DUE, wake(driven).getPhase());
        }
    }

    @Test
    void areHeldByOneWorkerAtATime() {
        try (Driven driven = new Driven(Map.of())) {
            driven.command("run", "w1", "r1", enqueue(driven, 0, WakeCondition.NOW, 5));
            driven.command("run", "w1", "r2", new WakeLease("ann", 10_000L));
            driven.command("run", "w1", "r3", new WakeLease("bob", 10_000L));
            assertEquals("ann", wake(driven).getWorker());
            assertNotNull(wake(driven).getRefused());

            driven.pass(Duration.ofSeconds(11));
            driven.command("run", "w1", "r4", new WakeLease("bob", 10_000L));
            WakeState bobs = wake(driven);
            assertEquals("bob", bobs.getWorker());
            assertEquals(2, bobs.getAttempt());

            driven.command("run", "w1", "r5", renew(1));
            assertNotNull(wake(driven).getRefused());
            driven.command("run", "w1", "r6", done(1, true));
            assertEquals(WakePhase.LEASED, wake(driven).getPhase());

            driven.command("run", "w1", "r7", done(2, true));
            assertEquals(WakePhase.DONE, wake(driven).getPhase());
            assertNull(wake(driven).getRefused());
        }
    }

    @Test
    void areTriedAgainUntilTheirAttemptsAreUsedUp() {
        try (Driven driven = new Driven(Map.of())) {
            driven.command("run", "w1", "r1", enqueue(driven, 0, WakeCondition.NOW, 2));
            driven.command("run", "w1", "r2", new WakeLease("ann", 10_000L));
            driven.command("run", "w1", "r3", done(1, false));
            driven.pass(Duration.ofSeconds(2));
            assertEquals(WakePhase.DUE, wake(driven).getPhase());

            driven.command("run", "w1", "r4", new WakeLease("ann", 10_000L));
            driven.pass(Duration.ofSeconds(12));

            assertEquals(WakePhase.FAILED, wake(driven).getPhase());
        }
    }

    @Test
    void areOneForOneIdempotencyKeyAndObeyOneRequestOnce() {
        try (Driven driven = new Driven(Map.of())) {
            WakeEnqueue keyed = WakeEnqueue.newBuilder(enqueue(driven, 60, WakeCondition.NOW, 5))
                    .setIdempotencyKey("once")
                    .build();
            driven.command("run", "w1", "r1", keyed);
            driven.command("run", "w2", "r2", keyed);

            assertEquals(1, wakes(driven).size());
            List<WakeState> told = driven.wakeStates();
            assertEquals("r2", told.get(1).getRequest());
            assertEquals("w1", told.get(1).getWake());

            driven.command("run", "w1", "r3", new WakeCancel("no more"));
            driven.command("run", "w1", "r3", new WakeCancel("no more"));
            assertEquals(WakePhase.CANCELLED, wake(driven).getPhase());
            assertEquals(1, driven.wakeStates().size());
        }
    }

    @Test
    void expireAndAreForgottenInTheEnd() {
        try (Driven driven = new Driven(Map.of("weir.wakes.kept", "1d"))) {
            WakeEnqueue soon = WakeEnqueue.newBuilder(enqueue(driven, 0, WakeCondition.OK, 5))
                    .setExpiresAt(Instant.ofEpochMilli(driven.now() + 5_000))
                    .build();
            driven.command("run", "w1", "r1", soon);
            driven.pass(Duration.ofSeconds(6));
            assertEquals(WakePhase.EXPIRED, wake(driven).getPhase());

            driven.pass(Duration.ofDays(2));

            assertEquals(0, wakes(driven).size());
        }
    }

    private static WakeEnqueue enqueue(Driven driven, int seconds, WakeCondition condition, int attempts) {
        return WakeEnqueue.newBuilder()
                .setMessage("wake up")
                .setRunAt(Instant.ofEpochMilli(driven.now() + seconds * 1_000L))
                .setCondition(condition)
                .setMaxAttempts(attempts)
                .build();
    }

    private static WakeRenew renew(long fence) {
        return WakeRenew.newBuilder().setFence(fence).setLeaseMillis(1_000).build();
    }

    private static WakeDone done(long fence, boolean succeeded) {
        return WakeDone.newBuilder().setFence(fence).setSucceeded(succeeded).build();
    }

    private static WakeState wake(Driven driven) {
        return wakes(driven).get(0);
    }

    private static List<WakeState> wakes(Driven driven) {
        return driven.reader
                .wakes("default", "run")
                .fold(
                        found -> found,
                        () -> {
                            throw new AssertionError("absent");
                        },
                        elsewhere -> {
                            throw new AssertionError(elsewhere);
                        },
                        restoring -> {
                            throw new AssertionError(restoring);
                        });
    }
}
