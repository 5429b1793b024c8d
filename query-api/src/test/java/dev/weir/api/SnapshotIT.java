package dev.weir.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.weir.embedded.Await;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class SnapshotIT {
    private static final String FAILURE = "ERROR in src/Cart.java:41\n    int total = sum(prices);\n"
            + "                ^\n  required: double\n  found:    int\n";

    @RegisterExtension
    static final SharedServer shared = new SharedServer();

    private static RunningServer weir;

    @BeforeAll
    static void server() {
        weir = shared.weir();
    }

    @Test
    void theLinesThatExplainAFailureAreThereHoweverLongTheRunIs() throws Exception {
        weir.post("/v1/runs/haystack/lines", compiled(0, 6_000));
        weir.post("/v1/runs/haystack/lines", compiled(6_000, 6_100) + FAILURE + compiled(6_100, 6_200));
        weir.post(
                "/v1/runs/haystack/lines",
                compiled(6_200, 12_000) + "cannot open lock file\nmake: *** [all] stopped\n");
        weir.post("/v1/runs/haystack/end", "{\"exitCode\":2}");
        weir.counted("haystack", 12_007);
        Await.until(
                "it has failed",
                () -> weir.json("/v1/runs/haystack").path("exitCode").asInt() == 2);

        JsonNode snapshot = weir.json("/v1/runs/haystack/snapshot?budget=500");

        List<String> block = texts(snapshot.at("/errorBlock/lines"));
        assertTrue(block.containsAll(List.of(FAILURE.split("\n"))), block.toString());
        assertTrue(block.contains("cannot open lock file"), block.toString());
        assertTrue(block.indexOf("cannot open lock file") > block.indexOf("  found:    int"), block.toString());
        assertEquals(12_007, snapshot.at("/accounting/counted").asInt());
        assertTrue(weir.json("/v1/runs/haystack/snapshot").path("errorBlock").isMissingNode());
        List<String> asked =
                texts(weir.json("/v1/runs/haystack/snapshot?evidence=600").at("/errorBlock/lines"));
        assertTrue(asked.containsAll(List.of(FAILURE.split("\n"))), asked.toString());
        assertTrue(asked.stream().mapToInt(String::length).sum() <= 600, asked.toString());
    }

    @Test
    void ofARunThatFitsTheEvidenceIsEveryLine() throws Exception {
        weir.post("/v1/runs/short/lines", "step 1\nstep 2\nERROR no room\n");
        weir.post("/v1/runs/short/end", "{\"exitCode\":1}");
        weir.counted("short", 3);

        JsonNode snapshot = weir.json("/v1/runs/short/snapshot?evidence=600");

        assertEquals(List.of("step 1", "step 2", "ERROR no room"), texts(snapshot.at("/errorBlock/lines")));
        assertEquals(false, snapshot.at("/errorBlock/cut").asBoolean());
        assertEquals(2, snapshot.get("templates").size());
    }

    @Test
    void aRunWithNothingWrongShowsItsLastLines() throws Exception {
        weir.post("/v1/runs/harmless/lines", compiled(0, 2_000));
        weir.counted("harmless", 2_000);

        JsonNode within = weir.json("/v1/runs/harmless/snapshot?budget=500");
        JsonNode asked = weir.json("/v1/runs/harmless/snapshot?tail=2");

        assertEquals("compiled module 1999 in 9 ms", within.at("/tail/7").asText(), within.toString());
        assertTrue(within.path("errorBlock").isMissingNode(), within.toString());
        assertEquals(List.of("compiled module 1998 in 8 ms", "compiled module 1999 in 9 ms"), texts(asked.get("tail")));
        assertEquals(0, weir.json("/v1/runs/harmless/snapshot").get("tail").size());
    }

    @Test
    void givesRawLinesWhereTheyFitTheBudgetAndElseTheLastErrorVerbatim() throws Exception {
        String trace = "ERROR request failed\n"
                + "java.lang.IllegalStateException: no\n"
                + "\tat a.B.c(B.java:1)\n"
                + "\tat a.B.d(B.java:2)\n";
        weir.post("/v1/runs/raw/lines", trace);
        weir.post("/v1/runs/cut/lines", RunningServer.workers(500) + trace + RunningServer.workers(3));
        weir.counted("raw", 4);
        weir.counted("cut", 507);

        JsonNode raw = weir.json("/v1/runs/raw/snapshot?budget=1000");
        JsonNode cut = weir.json("/v1/runs/cut/snapshot?budget=1000");

        assertEquals("raw", raw.get("mode").asText(), raw.toString());
        assertEquals("\tat a.B.d(B.java:2)", raw.at("/lines/3").asText());
        assertEquals(0, raw.get("templates").size());
        assertEquals("templates", cut.get("mode").asText());
        assertTrue(cut.at("/errorBlock/lines").toString().contains("a.B.d(B.java:2)"), cut.toString());
    }

    private static List<String> texts(JsonNode lines) {
        return StreamSupport.stream(lines.spliterator(), false)
                .map(JsonNode::asText)
                .toList();
    }

    private static String compiled(int from, int to) {
        return IntStream.range(from, to)
                .mapToObj(i -> "compiled module " + i + " in " + i % 10 + " ms\n")
                .collect(Collectors.joining());
    }
}
