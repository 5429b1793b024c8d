package dev.weir.topology;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.weir.schemas.MaskRule;
import dev.weir.schemas.RunStarted;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What a run's start asks for reaches its miner, also one that is built again from rows. */
class AskedForTest {
    @Test
    void masksNameTheValuesThatTheyMatch() {
        for (Map<String, String> settings : List.of(Map.<String, String>of(), Map.of("weir.models.bytes", "1B"))) {
            try (Driven driven = new Driven(settings)) {
                driven.record("run", started("auto", new MaskRule("order", "ORD-[A-Z]+"), new MaskRule("broken", "(")));
                driven.lines("other", "out", 0, "in between");
                driven.lines("run", "out", 0, "shipped ORD-ABC today", "shipped ORD-XYZ today");

                assertEquals(List.of("shipped <order> today"), texts(driven));
            }
        }
    }

    @Test
    void textIsNotTakenApart() {
        try (Driven driven = new Driven(Map.of())) {
            driven.record("run", started("text"));
            driven.lines("run", "out", 0, "{\"message\":\"hello there\"}");

            assertEquals(List.of("{\"message\":\"hello there\"}"), texts(driven));
        }
        try (Driven driven = new Driven(Map.of())) {
            driven.record("run", started("auto"));
            driven.lines("run", "out", 0, "{\"message\":\"hello there\"}");

            assertEquals(List.of("hello there"), texts(driven));
        }
    }

    private static List<String> texts(Driven driven) {
        return driven.view("run").templates().stream()
                .map(RunView.Template::text)
                .toList();
    }

    private static RunStarted started(String format, MaskRule... masks) {
        return RunStarted.newBuilder()
                .setStartedAt(Instant.EPOCH)
                .setEpoch(1)
                .setFormat(format)
                .setMasks(List.of(masks))
                .build();
    }
}
