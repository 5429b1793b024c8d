package dev.weir.topology;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.weir.schemas.TemplateEvent;
import dev.weir.schemas.WakeCondition;
import dev.weir.schemas.WakeEnqueue;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.kstream.Windowed;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.junit.jupiter.api.Test;

class ForgetTest {
    @Test
    void leavesNoRowOfARunAndNothingOfItOnTheCompactedTopics() {
        try (Driven driven = new Driven(Map.of())) {
            driven.record("run", BaselinesTest.started("nightly"));
            driven.lines("run", "out", 0, "password is hunter2", "another line");
            driven.record("run", WeirTopologyTest.ended(0, List.of()));
            driven.command("run", "later", "r1", wake());
            driven.lines("other", "out", 0, "stays");
            driven.pass(Duration.ofSeconds(2));

            driven.forget("run");

            assertInstanceOf(Reading.Absent.class, driven.reading("run", Extent.all(0)));
            assertEquals(0, rowsOf(driven, "default/run"));
            Map<String, TemplateEvent> templates = new TreeMap<>();
            driven.keyedTemplateEvents().forEach(event -> templates.put(event.key, event.value));
            assertNull(templates.get("default/run/0"));
            assertNull(templates.get("default/run/1"));
            assertTrue(templates.get("default/other/0") != null);
            assertNull(driven.newestStatus("default/run"));
            assertFalse(driven.reader.baseline("default", "nightly", "").isPresent());
            assertEquals(List.of(), driven.reader.fleet("default", "nightly").runs());
            assertInstanceOf(Reading.Found.class, driven.reading("other", Extent.all(0)));
            assertEquals(List.of(), driven.wakes("run"));
        }
    }

    @Test
    void letsALineOfTheSameNameBeginARunAnew() {
        try (Driven driven = new Driven(Map.of())) {
            driven.lines("run", "out", 0, "one", "two");
            driven.forget("run");

            driven.lines("run", "out", 2, "three");

            RunView run = driven.view("run");
            assertEquals(1, run.accounting().counted());
            assertEquals(2, run.asOf().birth());
            assertEquals(
                    List.of("three"),
                    run.templates().stream().map(RunView.Template::text).toList());
            assertTrue(run.accounting().addsUp());
        }
    }

    @Test
    void forgetsNothingByARecordThatHasNoValueAndNoOrder() {
        try (Driven driven = new Driven(Map.of())) {
            driven.lines("run", "out", 0, "one");

            driven.raw("default/run", null);

            assertEquals(1, driven.view("run").accounting().counted());
            assertEquals(1, driven.view("run").accounting().undecodable());
        }
    }

    private static WakeEnqueue wake() {
        return WakeEnqueue.newBuilder()
                .setMessage("look")
                .setRunAt(Instant.EPOCH)
                .setCondition(WakeCondition.FAILED)
                .setIdempotencyKey("once")
                .build();
    }

    private static int rowsOf(Driven driven, String run) {
        int rows = 0;
        try (KeyValueIterator<Windowed<Bytes>, byte[]> all = driven.rows.all()) {
            while (all.hasNext()) {
                rows += new String(all.next().key.key().get(), java.nio.charset.StandardCharsets.ISO_8859_1)
                                .startsWith(run, 1)
                        ? 1
                        : 0;
            }
        }
        return rows;
    }
}
