package dev.weir.api;

import static dev.weir.api.Views.template;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.weir.schemas.RunState;
import dev.weir.topology.Fleet;
import dev.weir.topology.RunView;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SnapshotHttpTest {
    private static final Harness weir = new Harness();
    private final RunView.Template worker = template(1, "INFO", 3, "worker <*> started", 1, 5);
    private final RunView.Template disk = template(2, "ERROR", 1, "disk full on <*>", 4, 4);

    @BeforeEach
    void empty() {
        weir.reset();
    }

    @AfterAll
    static void stop() {
        weir.close();
    }

    @Test
    void ranksErrorsFirstAndAddsUp() throws Exception {
        weir.runs.put(Views.run("default", "run-1", 5, RunState.FAILED, worker, disk));

        JsonNode snapshot = weir.json("/v1/runs/run-1/snapshot");

        assertEquals(List.of(2, 1), ids(snapshot));
        assertEquals("failed", snapshot.at("/run/status").asText());
        assertEquals(3, snapshot.at("/run/exitCode").asInt());
        assertEquals(4, snapshot.at("/accounting/counted").asInt());
        assertEquals(2, snapshot.at("/firstError/template").asInt());
        assertEquals(
                "sample of disk full on <*>", snapshot.at("/firstError/text").asText());
        assertEquals(0.25, snapshot.at("/templates/0/share").asDouble());
    }

    @Test
    void countsShownAndOmittedAddUpToCounted() throws Exception {
        weir.runs.put(Views.run("default", "run-1", 5, RunState.RUNNING, worker, disk));

        JsonNode snapshot = weir.json("/v1/runs/run-1/snapshot?limit=1&sort=count");

        assertEquals(List.of(1), ids(snapshot));
        assertEquals(1, snapshot.at("/omitted/lines").asInt());
        assertEquals("limit", snapshot.at("/omitted/why").asText());
    }

    @Test
    void filtersShowTheirOwnTotals() throws Exception {
        weir.runs.put(Views.run("default", "run-1", 5, RunState.RUNNING, worker, disk));

        assertEquals(List.of(2), ids(weir.json("/v1/runs/run-1/snapshot?level=warn%2B")));
        assertEquals(List.of(2), ids(weir.json("/v1/runs/run-1/snapshot?q=DISK")));
        assertEquals(List.of(1), ids(weir.json("/v1/runs/run-1/snapshot?q=/work.r/")));
        JsonNode onStderr = weir.json("/v1/runs/run-1/snapshot?stream=stderr");
        assertEquals(1, onStderr.at("/matched/lines").asInt());
        assertEquals(4, onStderr.at("/accounting/counted").asInt());
    }

    @Test
    void anIdleReaderGetsFewBytes() throws Exception {
        weir.runs.put(Views.run("default", "run-1", 5, RunState.RUNNING, worker, disk));
        String cursor = weir.json("/v1/runs/run-1/snapshot").get("cursor").asText();

        String again = weir.get("/v1/runs/run-1/snapshot?cursor=" + cursor).body();

        assertEquals("{\"cursor\":\"" + cursor + "\",\"unchanged\":true,\"templates\":[]}", again);
        assertTrue(again.length() < 150, again);
        assertTrue(cursor.matches("[A-Za-z0-9_-]+"), cursor);
    }

    @Test
    void aReaderThatPollsSeesEveryChangeOnce() throws Exception {
        weir.runs.put(Views.run("default", "run-1", 5, RunState.RUNNING, worker, disk));
        String cursor = weir.json("/v1/runs/run-1/snapshot").get("cursor").asText();
        RunView.Template fresh = template(3, "INFO", 1, "bye", 6, 6);
        weir.runs.put(Views.run(
                "default",
                "run-1",
                7,
                RunState.RUNNING,
                Views.generalised(worker, "worker <*> <*>", 7),
                Views.merged(disk, 1, 6),
                fresh));

        JsonNode delta = weir.json("/v1/runs/run-1/snapshot?cursor=" + cursor);
        JsonNode then = weir.json(
                "/v1/runs/run-1/snapshot?cursor=" + delta.get("cursor").asText());

        assertEquals("delta", delta.get("mode").asText());
        assertEquals(List.of("1 generalised", "2 merged", "3 new"), changes(delta));
        assertEquals("worker <*> started", previous(delta, 1));
        assertTrue(then.get("unchanged").asBoolean());
    }

    @Test
    void tellsOnceThatATemplateHasGoneQuiet() throws Exception {
        weir.runs.put(Views.run("default", "run-1", 5, RunState.RUNNING, worker, disk));
        String cursor = weir.json("/v1/runs/run-1/snapshot").get("cursor").asText();
        weir.setNow(Views.NOON + 4_000 + 60_000);

        JsonNode first = weir.json("/v1/runs/run-1/snapshot?cursor=" + cursor);
        weir.setNow(Views.NOON + 3_600_000);
        JsonNode second = weir.json(
                "/v1/runs/run-1/snapshot?cursor=" + first.get("cursor").asText());
        JsonNode third = weir.json(
                "/v1/runs/run-1/snapshot?cursor=" + second.get("cursor").asText());

        assertEquals(List.of("2 quiet"), changes(first));
        assertEquals(List.of("1 quiet"), changes(second));
        assertTrue(third.get("unchanged").asBoolean());
    }

    @Test
    void aChangeOfStatusAloneIsAChange() throws Exception {
        weir.runs.put(Views.run("default", "run-1", 5, RunState.RUNNING, worker));
        String cursor = weir.json("/v1/runs/run-1/snapshot").get("cursor").asText();
        weir.runs.put(Views.run("default", "run-1", 5, RunState.LOST, worker));

        JsonNode delta = weir.json("/v1/runs/run-1/snapshot?cursor=" + cursor);

        assertEquals("lost", delta.at("/run/status").asText());
        assertEquals(0, delta.get("templates").size());
    }

    @Test
    void aCursorThatIsTooOldOrOfAnotherRunGetsEverythingMarked() throws Exception {
        weir.runs.put(Views.run("default", "run-1", 5, RunState.RUNNING, worker));
        weir.runs.put(Views.run("default", "run-2", 5, RunState.RUNNING, worker));
        String cursor = weir.json("/v1/runs/run-1/snapshot").get("cursor").asText();

        assertEquals(
                "cursor-of-another-run",
                weir.json("/v1/runs/run-2/snapshot?cursor=" + cursor)
                        .get("note")
                        .asText());
        weir.setNow(Views.NOON + 25 * 3_600_000L);
        JsonNode late = weir.json("/v1/runs/run-1/snapshot?cursor=" + cursor);
        assertEquals("cursor-too-old", late.get("note").asText());
        assertEquals("templates", late.get("mode").asText());
        assertEquals(400, weir.get("/v1/runs/run-1/snapshot?cursor=nonsense").statusCode());
    }

    @Test
    void aCursorAheadOfAStoreThatCatchesUpWaitsForIt() throws Exception {
        weir.runs.put(Views.run("default", "run-1", 7, RunState.RUNNING, worker));
        String cursor = weir.json("/v1/runs/run-1/snapshot").get("cursor").asText();
        weir.runs.put(Views.run("default", "run-1", 5, RunState.RUNNING, worker));
        CompletableFuture<String> asked = CompletableFuture.supplyAsync(() -> {
            try {
                return weir.get("/v1/runs/run-1/snapshot?cursor=" + cursor).body();
            } catch (java.io.IOException | InterruptedException failed) {
                throw new IllegalStateException(failed);
            }
        });
        weir.runs.awaitWatch("default", "run-1");

        weir.runs.put(Views.run("default", "run-1", 8, RunState.RUNNING, worker, template(9, "INFO", 1, "new", 8, 8)));

        assertTrue(asked.get(20, TimeUnit.SECONDS).contains("\"mode\":\"delta\""), asked.get());
    }

    @Test
    void aStandbysCopyAnswersIfThatWillDoAndSaysHowFarItIsBehind() throws Exception {
        weir.runs.put("default", "run-1", new dev.weir.topology.Reading.Restoring<>(41));
        weir.runs.putCopy(Views.run("default", "run-1", 5, RunState.RUNNING, worker), 12);

        HttpResponse<String> copy = weir.get("/v1/runs/run-1/snapshot?stale=ok");

        assertEquals(200, copy.statusCode(), copy.body());
        assertEquals("12", copy.headers().firstValue("Weir-Behind").orElseThrow());
        assertEquals(200, weir.get("/v1/runs/run-1?stale=ok").statusCode());
        assertEquals(503, weir.get("/v1/runs/run-1/snapshot").statusCode());
        assertEquals(400, weir.get("/v1/runs/run-1?stale=maybe").statusCode());
    }

    @Test
    void saysInHowManyOfTheJobsOtherRunsATemplateWas() throws Exception {
        Fleet.Shape shape = new Fleet.Shape(1, 1, 1);
        weir.runs.putFleet(new Fleet(
                "default",
                "build",
                List.of(
                        new Fleet.Run(
                                "run-0", Optional.empty(), "COMPLETED", 1, 1, Map.of(worker.fingerprint(), shape)),
                        new Fleet.Run("run-1", Optional.empty(), "RUNNING", 1, 1, Map.of(disk.fingerprint(), shape)))));
        weir.runs.put(Views.run("default", "run-1", 5, RunState.RUNNING, worker, disk));

        JsonNode templates = weir.json("/v1/runs/run-1/snapshot?sort=count").get("templates");

        assertEquals(1, templates.at("/0/seenInRuns").asInt(), templates.toString());
        assertEquals(0, templates.at("/1/seenInRuns").asInt(-1), templates.toString());
    }

    @Test
    void anUnchangedSnapshotIsNotSentAgain() throws Exception {
        weir.runs.put(Views.run("default", "run-1", 5, RunState.RUNNING, worker));
        HttpResponse<String> first = weir.get("/v1/runs/run-1/snapshot");
        String tag = first.headers().firstValue("ETag").orElseThrow();

        assertEquals(
                304, weir.get("/v1/runs/run-1/snapshot", "If-None-Match", tag).statusCode());
        assertEquals(
                304,
                weir.get("/v1/runs/run-1/snapshot", "If-None-Match", "\"x\", W/" + tag)
                        .statusCode());
        assertEquals(
                304, weir.get("/v1/runs/run-1/snapshot", "If-None-Match", "*").statusCode());
        weir.runs.put(Views.run("default", "run-1", 6, RunState.RUNNING, worker, disk));
        assertEquals(
                200, weir.get("/v1/runs/run-1/snapshot", "If-None-Match", tag).statusCode());
    }

    @Test
    void answersAsTextAndMarkdownToo() throws Exception {
        weir.runs.put(Views.run("default", "run-1", 5, RunState.FAILED, worker, disk));

        HttpResponse<String> text = weir.get("/v1/runs/run-1/snapshot", "Accept", "text/plain");
        HttpResponse<String> markdown = weir.get("/v1/runs/run-1/snapshot?format=markdown");

        assertEquals(
                "text/plain;charset=utf-8",
                text.headers().firstValue("Content-Type").orElseThrow());
        assertTrue(text.body().contains("read 4 = counted 4 + dropped 0 + evicted 0 + rejected 0"), text.body());
        assertTrue(markdown.body().contains("| 3 | 75.0% | INFO | 1 | `worker <*> started` |"), markdown.body());
    }

    @Test
    void aBudgetHoldsInEveryFormat() throws Exception {
        RunView.Template[] many = new RunView.Template[500];
        for (int id = 0; id < many.length; id++) {
            many[id] = template(
                    id + 1, id == 77 ? "ERROR" : "INFO", 10 + id, "request " + id + " took <duration>", id, id + 1);
        }
        weir.runs.put(Views.run("default", "run-1", 501, RunState.RUNNING, many));

        for (String format : List.of("json", "text", "markdown")) {
            HttpResponse<String> answer = weir.get("/v1/runs/run-1/snapshot?budget=500&format=" + format);
            int bytes = answer.body().getBytes(java.nio.charset.StandardCharsets.UTF_8).length;

            assertTrue(bytes <= 2000 && bytes > 1700, format + ": " + bytes);
            assertTrue(answer.body().contains("request 77"), answer.body());
        }
        assertEquals(400, weir.get("/v1/runs/run-1/snapshot?budget=99").statusCode());
    }

    @Test
    void aWindowCountsItsMinutesOnly() throws Exception {
        weir.runs.put(
                Views.run("default", "run-1", 200, RunState.RUNNING, worker, template(4, "INFO", 7, "late", 150, 200)));
        weir.setNow(Views.NOON + 200_000);

        JsonNode window = weir.json("/v1/runs/run-1/snapshot?window=1m");

        assertEquals(List.of(4), ids(window));
        assertEquals(7, window.at("/matched/lines").asInt());
        assertEquals("arrival", window.at("/window/basis").asText());
    }

    private static List<Integer> ids(JsonNode snapshot) {
        List<Integer> ids = new ArrayList<>();
        snapshot.get("templates").forEach(template -> ids.add(template.get("id").asInt()));
        return ids;
    }

    private static List<String> changes(JsonNode snapshot) {
        List<String> changes = new ArrayList<>();
        snapshot.get("templates")
                .forEach(template -> changes.add(template.get("id").asInt() + " "
                        + template.get("change").asText()));
        assertFalse(changes.isEmpty(), snapshot.toString());
        return changes.stream().sorted().toList();
    }

    private static String previous(JsonNode snapshot, int id) {
        for (JsonNode template : snapshot.get("templates")) {
            if (template.get("id").asInt() == id) {
                return template.get("previousText").asText();
            }
        }
        return "";
    }
}
