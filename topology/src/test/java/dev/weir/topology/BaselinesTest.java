package dev.weir.topology;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.weir.schemas.RunStarted;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class BaselinesTest {
    @Test
    void tellARunOfTheJobWhatNoGoodRunEverSaid() {
        try (Driven driven = new Driven(Map.of())) {
            run(driven, "good", "nightly", 0, "compiling module 1", "all 12 tests passed");
            driven.record("now", started("nightly"));
            driven.lines("now", "out", 0, "compiling module 2", "ERROR module 3 is broken");

            assertEquals(
                    Map.of("compiling module <*>", Optional.of(false), "ERROR module <*> is broken", Optional.of(true)),
                    novelty(driven, "now"));
        }
    }

    @Test
    void areNotMadeByRunsThatFailedNorSharedByOtherJobs() {
        try (Driven driven = new Driven(Map.of())) {
            run(driven, "bad", "nightly", 1, "compiling module 1");
            run(driven, "other", "weekly", 0, "compiling module 1");
            driven.record("now", started("nightly"));
            driven.lines("now", "out", 0, "compiling module 2");

            assertEquals(Map.of("compiling module <*>", Optional.empty()), novelty(driven, "now"));
        }
    }

    @Test
    void stayForARunWhatTheyWereWhenItStarted() {
        try (Driven driven = new Driven(Map.of("weir.models.bytes", "1B"))) {
            run(driven, "first", "nightly", 0, "compiling module 1");
            driven.record("now", started("nightly"));
            run(driven, "second", "nightly", 0, "linking everything");
            driven.lines("now", "out", 0, "compiling module 2", "linking everything");

            assertEquals(
                    Map.of("compiling module <*>", Optional.of(false), "linking everything", Optional.of(true)),
                    novelty(driven, "now"));
        }
    }

    @Test
    void expire() {
        try (Driven driven = new Driven(Map.of("weir.baseline.retention", "1d"))) {
            run(driven, "good", "nightly", 0, "compiling module 1");
            driven.pass(Duration.ofDays(2));
            driven.record("now", started("nightly"));
            driven.lines("now", "out", 0, "compiling module 2");

            assertEquals(Map.of("compiling module <*>", Optional.empty()), novelty(driven, "now"));
        }
    }

    private static void run(Driven driven, String name, String job, int exitCode, String... lines) {
        driven.record(name, started(job));
        driven.lines(name, "out", 0, lines);
        driven.record(name, WeirTopologyTest.ended(exitCode, List.of()));
    }

    static RunStarted started(String job) {
        return RunStarted.newBuilder()
                .setStartedAt(Instant.EPOCH)
                .setEpoch(1)
                .setJob(job)
                .setGitBranch("main")
                .build();
    }

    private static Map<String, Optional<Boolean>> novelty(Driven driven, String run) {
        Map<String, Optional<Boolean>> novelty = new java.util.HashMap<>();
        driven.view(run).templates().forEach(template -> novelty.put(template.text(), template.novel()));
        return novelty;
    }
}
