package dev.weir.topology;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.weir.schemas.Heartbeat;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SignalsTest {
    @Test
    void tellTheFirstErrorOnce() {
        try (Driven driven = new Driven(Map.of())) {
            driven.lines("run", "out", 0, "all is well", "ERROR disk full", "ERROR network down", "ERROR disk full");

            RunView run = driven.view("run");

            assertEquals(List.of("first-error"), kinds(run));
            assertTrue(
                    run.signals().get(0).evidence().contains("disk full"),
                    run.signals().toString());
        }
    }

    @Test
    void tellAValueNeverSeenInASlotThatHadFew() {
        try (Driven driven = new Driven(Map.of())) {
            for (int i = 0; i < 200; i++) {
                driven.lines("run", "out", i, "request took 3 ms, status=" + (i % 2 == 0 ? 200 : 304));
            }
            driven.lines("run", "out", 200, "request took 3 ms, status=503");

            RunView run = driven.view("run");

            assertEquals(List.of("new-value"), kinds(run));
            assertTrue(
                    run.signals().get(0).evidence().contains("503"),
                    run.signals().toString());
        }
    }

    @Test
    void tellABurst() {
        try (Driven driven = new Driven(Map.of())) {
            long seq = 0;
            for (int minute = 0; minute < 10; minute++) {
                driven.lines("run", "out", seq++, "retrying upload 7");
                driven.pass(Duration.ofMinutes(1));
            }
            for (int i = 0; i < 500; i++) {
                driven.lines("run", "out", seq++, "retrying upload 7");
            }
            driven.pass(Duration.ofMinutes(1));
            driven.lines("run", "out", seq, "retrying upload 7");

            RunView run = driven.view("run");

            assertEquals(List.of("burst"), kinds(run));
            assertTrue(
                    run.signals().get(0).evidence().startsWith("500 in a minute"),
                    run.signals().toString());
        }
    }

    @Test
    void tellALoop() {
        try (Driven driven = new Driven(Map.of())) {
            driven.lines("run", "out", 0, "starting up", "reading settings", "settings are good");
            long seq = 3;
            for (int minute = 0; minute < 8; minute++) {
                for (int i = 0; i < 12; i++) {
                    driven.lines("run", "out", seq, "connecting to peer", "connection refused");
                    seq += 2;
                }
                driven.pass(Duration.ofMinutes(1));
            }

            assertEquals(List.of("loop"), kinds(driven.view("run")));
        }
    }

    @Test
    void takeSilenceForNoLoop() {
        try (Driven driven = new Driven(Map.of())) {
            driven.lines("run", "out", 0, "starting up", "listening");
            for (int beat = 0; beat < 120; beat++) {
                driven.pass(Duration.ofSeconds(5));
                driven.record(
                        "run",
                        Heartbeat.newBuilder()
                                .setSentAt(Instant.EPOCH)
                                .setEpoch(1)
                                .build());
            }

            assertEquals(List.of(), kinds(driven.view("run")));
        }
    }

    @Test
    void tellAStallByTheRunsOwnRhythm() {
        try (Driven driven = new Driven(Map.of())) {
            for (int i = 0; i < 30; i++) {
                driven.lines("run", "out", i, "step " + i);
                driven.pass(Duration.ofSeconds(1));
            }
            for (int i = 0; i < 20; i++) {
                driven.caughtUp();
                driven.pass(Duration.ofSeconds(1));
            }

            RunView run = driven.view("run");

            assertEquals(List.of("stall"), kinds(run));
            assertTrue(
                    run.signals().get(0).evidence().startsWith("no line for"),
                    run.signals().toString());
        }
    }

    private static List<String> kinds(RunView run) {
        return run.signals().stream().map(RunView.Signal::kind).toList();
    }
}
