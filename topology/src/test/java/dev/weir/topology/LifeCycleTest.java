package dev.weir.topology;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.weir.schemas.Heartbeat;
import dev.weir.schemas.RunEnded;
import dev.weir.schemas.RunStarted;
import dev.weir.schemas.RunState;
import dev.weir.schemas.RunStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class LifeCycleTest {
    @Test
    void tellsASilentRunFromALostOne() {
        try (Driven driven = new Driven(Map.of())) {
            driven.record("run", started());
            driven.lines("run", "out", 0, "working");
            for (int i = 0; i < 10; i++) {
                driven.pass(Duration.ofSeconds(5));
                driven.record("run", heartbeat());
                driven.caughtUp();
            }
            driven.pass(Duration.ofSeconds(1));
            assertEquals(RunState.SILENT, driven.view("run").life().state());

            quietFor(driven, 80);

            assertEquals(RunState.LOST, driven.view("run").life().state());
            assertEquals(List.of(RunState.STARTED, RunState.RUNNING, RunState.SILENT, RunState.LOST), states(driven));
        }
    }

    @Test
    void judgesNobodyBeforeThePartitionHasCaughtUp() {
        try (Driven driven = new Driven(Map.of())) {
            driven.lines("run", "out", 0, "working");
            driven.shared.lag().end(0, new Lag.End(1_000, driven.now()));
            for (int i = 0; i < 100; i++) {
                driven.pass(Duration.ofSeconds(5));
                driven.shared.lag().end(0, new Lag.End(1_000 + i, driven.now()));
            }
            assertEquals(RunState.RUNNING, driven.view("run").life().state());

            driven.lines("run", "out", 1, "still working");
            quietFor(driven, 90);

            assertEquals(RunState.LOST, driven.view("run").life().state());
        }
    }

    @Test
    void judgesNobodyWhileTheBrokerIsAway() {
        try (Driven driven = new Driven(Map.of())) {
            driven.lines("run", "out", 0, "working");
            driven.shared.lag().unknown();

            driven.pass(Duration.ofMinutes(10));

            assertEquals(RunState.RUNNING, driven.view("run").life().state());
        }
    }

    @Test
    void takesBackALossWhenTheRunSpeaksAgain() {
        try (Driven driven = new Driven(Map.of())) {
            driven.lines("run", "out", 0, "working");
            quietFor(driven, 90);
            driven.lines("run", "out", 1, "back");

            assertEquals(List.of(RunState.RUNNING, RunState.SILENT, RunState.LOST, RunState.RUNNING), states(driven));
        }
    }

    @Test
    void resumesARunUnderItsName() {
        try (Driven driven = new Driven(Map.of())) {
            driven.record("run", started());
            driven.lines("run", "out", 0, "one");
            driven.record("run", WeirTopologyTest.ended(1, List.of()));
            driven.record("run", started());
            driven.lines("run", "out", 1, "two");
            driven.record("run", WeirTopologyTest.ended(0, List.of()));

            RunView run = driven.view("run");

            assertEquals(RunState.COMPLETED, run.life().state());
            assertEquals(2, run.accounting().counted());
            assertEquals(0, run.life().lateLines());
        }
    }

    @Test
    void knowsHowLongARunTookThatWasHeardOfLate() {
        try (Driven driven = new Driven(Map.of())) {
            Instant begin = Instant.ofEpochMilli(driven.now()).minus(Duration.ofMinutes(10));
            driven.record(
                    "run", RunStarted.newBuilder(started()).setStartedAt(begin).build());
            assertEquals(OptionalLong.empty(), driven.view("run").facts().durationMillis());

            driven.record(
                    "run",
                    RunEnded.newBuilder(WeirTopologyTest.ended(0, List.of()))
                            .setEndedAt(begin.plusMillis(599_500))
                            .build());

            assertEquals(OptionalLong.of(599_500), driven.view("run").facts().durationMillis());
            List<RunStatus> statuses = driven.statuses();
            assertEquals(599_500L, statuses.get(statuses.size() - 1).getDurationMillis());
            driven.record(
                    "run", RunStarted.newBuilder(started()).setStartedAt(begin).build());
            assertEquals(OptionalLong.empty(), driven.view("run").facts().durationMillis());
        }
    }

    @Test
    void tellsHowAndWhenARunEnded() {
        try (Driven driven = new Driven(Map.of())) {
            for (String run : List.of("good", "bad", "stopped")) {
                driven.record(run, started());
                driven.lines(run, "out", 0, "one");
            }
            driven.pass(Duration.ofSeconds(3));
            RunEnded.Builder cancelled = RunEnded.newBuilder(WeirTopologyTest.ended(130, List.of()))
                    .setSignal("INT")
                    .setReason("signal");

            driven.record("good", WeirTopologyTest.ended(0, List.of()));
            driven.record("bad", WeirTopologyTest.ended(7, List.of()));
            driven.record("stopped", cancelled.build());

            assertEquals(
                    List.of(RunState.COMPLETED, RunState.FAILED, RunState.CANCELLED),
                    states(driven).subList(6, 9));
            assertEquals(Optional.of("INT"), driven.view("stopped").life().signal());
            for (String run : List.of("good", "bad", "stopped")) {
                assertEquals(driven.now(), driven.view(run).life().endedAt().orElseThrow());
                assertEquals(driven.now(), driven.view(run).life().stateSince());
            }
        }
    }

    @Test
    void countsAndFlagsLinesAfterTheEnd() {
        try (Driven driven = new Driven(Map.of())) {
            driven.lines("run", "out", 0, "one");
            driven.record("run", WeirTopologyTest.ended(0, List.of()));
            driven.lines("run", "out", 1, "late");

            RunView run = driven.view("run");

            assertEquals(RunState.COMPLETED, run.life().state());
            assertEquals(2, run.accounting().counted());
            assertEquals(1, run.life().lateLines());
        }
    }

    private static void quietFor(Driven driven, int seconds) {
        for (int i = 0; i < seconds; i++) {
            driven.caughtUp();
            driven.pass(Duration.ofSeconds(1));
        }
    }

    private static List<RunState> states(Driven driven) {
        return driven.statuses().stream().map(RunStatus::getStatus).toList();
    }

    static RunStarted started() {
        return RunStarted.newBuilder().setStartedAt(Instant.EPOCH).setEpoch(1).build();
    }

    @Test
    void keepsTheValuesOfARunThatIsOverBeforeAMinuteIs() {
        try (Driven driven = new Driven(Map.of())) {
            driven.record("run", started());
            driven.lines("run", "out", 0, "took 10 ms", "took 20 ms", "took 30 ms");
            assertEquals(List.of(), driven.view("run").templates().get(0).slots());

            driven.record("run", WeirTopologyTest.ended(0, List.of()));

            RunView.Slot slot = driven.view("run").templates().get(0).slots().get(0);
            assertEquals(3, slot.distinct());
        }
    }

    private static Heartbeat heartbeat() {
        return Heartbeat.newBuilder().setSentAt(Instant.EPOCH).setEpoch(1).build();
    }
}
