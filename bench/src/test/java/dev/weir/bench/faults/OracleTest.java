package dev.weir.bench.faults;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.weir.drain.Miner;
import dev.weir.drain.Template;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class OracleTest {
    @Test
    void knowsTheTextAndTheCountOfEveryTemplateItsLinesMake() {
        for (Oracle oracle : List.of(Oracle.ofFewKinds(1), Oracle.ofManyKinds(1))) {
            assertEquals(mined(oracle), oracle.counts());
        }
    }

    private static Map<String, Long> mined(Oracle oracle) {
        Miner miner = new Miner();
        Miner.Source source = miner.source("stdout");
        for (int i = 0; i < 5_000; i++) {
            byte[] line = oracle.line().getBytes(StandardCharsets.UTF_8);
            miner.mine(source, line, 0, line.length, 0, i);
        }

        Map<String, Long> mined = new TreeMap<>();
        for (Template template : miner.templates()) {
            mined.merge(Oracle.alike(template.text()), template.totalCount(), Long::sum);
        }
        return mined;
    }
}
