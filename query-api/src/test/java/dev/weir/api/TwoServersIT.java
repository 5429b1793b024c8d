package dev.weir.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.weir.embedded.Await;
import dev.weir.embedded.KafkaUnderTest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

class TwoServersIT {
    private static final int RUNS = 6;

    @RegisterExtension
    static final KafkaUnderTest kafka = KafkaUnderTest.embedded();

    @TempDir
    Path state;

    @Test
    void eitherServerAnswersForEveryRunAndACursorMovesBetweenThem() throws Exception {
        try (RunningServer one = new RunningServer(kafka, state.resolve("one"), Map.of()).ready();
                RunningServer two = new RunningServer(kafka, state.resolve("two"), Map.of())) {
            Await.until("they share the work", () -> here(one) == 1 && here(two) == 1);
            for (int i = 0; i < RUNS; i++) {
                assertEquals(
                        200,
                        one.post("/v1/runs/run-" + i + "/lines", "worker " + i + " started\n")
                                .statusCode());
            }

            for (int i = 0; i < RUNS; i++) {
                one.counted("run-" + i, 1);
                two.counted("run-" + i, 1);
                String cursor = one.json("/v1/runs/run-" + i + "/snapshot")
                        .get("cursor")
                        .asText();
                String again = two.get("/v1/runs/run-" + i + "/snapshot?cursor=" + cursor)
                        .body();
                assertTrue(again.contains("\"unchanged\":true"), again);
            }
            HttpResponse<String> lines = two.get("/v1/runs/run-0/lines");
            assertTrue(lines.body().contains("worker 0 started"), lines.body());
            assertEquals(404, one.get("/v1/runs/absent-1").statusCode());
            assertEquals(404, two.get("/v1/runs/absent-1").statusCode());
            assertEquals(RUNS, one.json("/v1/runs").get("runs").size());
            assertEquals(RUNS, two.json("/v1/runs").get("runs").size());
            assertTrue(two.json("/v1/runs").get("complete").asBoolean());
            comparesRunsWhereverTheyLie(one, two);
            worksOffWakesWhereverTheyLie(one, two);
            aThirdTakesItsShareAndOneThatLeavesIsMissed(one, two);
        }
    }

    @Test
    void aStandbysCopyAnswersForARunWhoseServerHasLeft() throws Exception {
        // Topics of its own: the other test counts its runs.
        Map<String, String> standby =
                Map.of("WEIR_STANDBYS", "1", "WEIR_APPLICATION_ID", "weir-standby", "WEIR_TOPIC_PREFIX", "standby");
        RunningServer one = new RunningServer(kafka, state.resolve("standby-one"), standby).ready();
        try (RunningServer two = new RunningServer(kafka, state.resolve("standby-two"), standby)) {
            Await.until("they share the work", () -> here(one) == 1 && here(two) == 1);
            for (int i = 0; i < RUNS; i++) {
                two.post("/v1/runs/copied-" + i + "/lines", "worker " + i + " started\n");
            }
            for (int i = 0; i < RUNS; i++) {
                two.counted("copied-" + i, 1);
            }
            one.close();
            // Its place is kept for it for a while, so nobody holds its runs; what is left of them is the copy.
            int fromCopies = 0;
            for (int i = 0; i < RUNS; i++) {
                String run = "/v1/runs/copied-" + i;
                Await.until("the copy has it", () -> two.get(run + "?stale=ok").statusCode() == 200);
                HttpResponse<String> copy = two.get(run + "/snapshot?stale=ok");
                assertEquals(200, copy.statusCode(), copy.body());
                assertTrue(copy.body().contains("\"counted\":1"), copy.body());
                boolean behind = copy.headers().firstValue("Weir-Behind").isPresent();
                fromCopies += behind ? 1 : 0;
                int plain = two.get(run).statusCode();
                assertTrue(behind || plain == 200, run + ": " + plain);
            }
            assertTrue(fromCopies > 0, "no copy was asked");
        }
    }

    private static void comparesRunsWhereverTheyLie(RunningServer one, RunningServer two) throws Exception {
        for (int i = 1; i < RUNS; i++) {
            for (RunningServer server : List.of(one, two)) {
                JsonNode diff = server.json("/v1/diff?a=run-0&b=run-" + i);
                assertEquals("run-" + i, diff.at("/b/run").asText(), diff.toString());
            }
        }
        assertEquals(404, two.get("/v1/diff?a=run-0&b=absent-1").statusCode());
        assertEquals(404, two.get("/v1/diff?a=run-1&b=absent-2").statusCode());
    }

    private static void worksOffWakesWhereverTheyLie(RunningServer one, RunningServer two) throws Exception {
        for (int i = 0; i < RUNS; i++) {
            HttpResponse<String> queued =
                    one.post("/v1/runs/run-" + i + "/queue", "{\"message\":\"m\",\"when\":\"now\"}");
            assertEquals(201, queued.statusCode(), queued.body());
        }
        Set<String> leased = new TreeSet<>();
        for (int i = 0; i < RUNS; i++) {
            HttpResponse<String> lease = two.post("/v1/wakes/lease", "{\"worker\":\"ann\",\"wait\":\"20s\"}");
            assertEquals(200, lease.statusCode(), lease.body());
            leased.add(RunningServer.JSON.readTree(lease.body()).get("run").asText());
        }
        assertEquals(RUNS, leased.size());
    }

    private void aThirdTakesItsShareAndOneThatLeavesIsMissed(RunningServer one, RunningServer two) throws Exception {
        try (RunningServer three = new RunningServer(kafka, state.resolve("three"), Map.of())) {
            Await.until(
                    "the third answers for all",
                    () -> three.json("/v1/runs").get("runs").size() == RUNS
                            && three.json("/v1/runs").get("complete").asBoolean());
            for (int i = 0; i < RUNS; i++) {
                three.counted("run-" + i, 1);
                one.counted("run-" + i, 1);
            }
        }
        two.close();
        JsonNode list = one.json("/v1/runs");
        // Its place in the group is kept for it, so what it held is nobody's for now; what is missing is named.
        boolean whole = list.get("complete").asBoolean();
        assertEquals(whole, list.get("unansweredPartitions").isEmpty(), list.toString());
        assertEquals(whole, list.get("runs").size() == RUNS, list.toString());
    }

    private static int here(RunningServer server) throws Exception {
        return server.json("/readyz").path("here").size();
    }
}
