package dev.weir.bench.faults;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.weir.drain.Miner;
import dev.weir.drain.Template;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class OracleTest {
    @Test
    void knowsTheTextAndTheCountOfEveryTemplateItsLinesMake() {
        Oracle oracle = new Oracle(1);
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

        assertEquals(oracle.counts(), mined);
    }
}
