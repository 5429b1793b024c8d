package dev.weir.topology;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.weir.schemas.FleetKey;
import dev.weir.schemas.RunStarted;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class FleetTest {
    @Test
    void tellsInHowManyOfTheLastRunsOfAJobAShapeWas() {
        try (Driven driven = new Driven(Map.of())) {
            for (int i = 0; i < 60; i++) {
                driven.record("run-" + i, started("nightly", i % 2 == 0 ? "left" : "right"));
                driven.lines("run-" + i, "out", 0, i % 4 == 0 ? "disk is slow" : "all is well");
                driven.record("run-" + i, WeirTopologyTest.ended(0, List.of()));
                driven.pass(Duration.ofSeconds(3));
            }

            Fleet fleet = driven.reader.fleet("default", "nightly");

            long slow = driven.view("run-56").templates().get(0).fingerprint();
            assertEquals(50, fleet.runs().size());
            assertEquals("run-10", fleet.runs().get(0).run());
            Fleet.Seen seen = fleet.seen(slow).orElseThrow();
            assertEquals(12, seen.runs());
            assertEquals(50, seen.of());
            assertEquals(Set.of("left"), seen.hosts());
            assertEquals(driven.view("run-12").templates().get(0).firstSeen(), seen.firstSeen());
            assertEquals(driven.view("run-56").templates().get(0).lastSeen(), seen.lastSeen());
            assertEquals(
                    11, fleet.without("run-56").seen(slow).orElseThrow().runs(), "a run is not compared with itself");
            assertEquals(List.of(seen), driven.reader.seen("default", slow));
        }
    }

    @Test
    void keepsJobsAndTenantsApart() {
        try (Driven driven = new Driven(Map.of())) {
            driven.record("one", started("a/b", "left"));
            driven.lines("one", "out", 0, "the same words");
            driven.record("one", WeirTopologyTest.ended(1, List.of()));
            driven.lines("two", "out", 0, "the same words");
            driven.record("two", WeirTopologyTest.ended(0, List.of()));
            long same = driven.view("one").templates().get(0).fingerprint();

            List<Fleet.Seen> seen = driven.reader.seen("default", same);

            assertEquals(List.of("", "a/b"), seen.stream().map(Fleet.Seen::job).toList());
            assertEquals(List.of(), driven.reader.seen("another", same));
        }
    }

    @Test
    void makesRoomForARunByTheOldestOfItsTenant() {
        FleetKeys keys = new FleetKeys();
        for (int i = 0; i < FleetKeys.RUNS_OF_A_TENANT; i++) {
            keys.add(new FleetKey("default", "job-" + i, 1_000_000 - i, "run").toString());
        }

        List<FleetKey> leave = keys.leaveFor(new FleetKey("default", "another", 2_000_000, "run"));

        assertEquals(List.of(new FleetKey("default", "job-4999", 995_001, "run")), leave);
        assertTrue(keys.leaveFor(new FleetKey("default", "job-0", 1_000_000, "run"))
                .isEmpty());
        assertTrue(keys.leaveFor(new FleetKey("other", "job", 1, "run")).isEmpty());
    }

    private static RunStarted started(String job, String host) {
        return RunStarted.newBuilder()
                .setStartedAt(Instant.EPOCH)
                .setEpoch(1)
                .setJob(job)
                .setHost(host)
                .build();
    }
}
