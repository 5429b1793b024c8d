package dev.weir.drain;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StructuredTest {
    private final Miner miner = new Miner();
    private final Miner.Source source = miner.source("stdout");

    private Template mine(String line) {
        byte[] b = Corpus.bytes(line);
        return miner.template(miner.mine(source, b, 0, b.length, 0, 0));
    }

    @Test
    void minesTheMessageOfAJsonLineAndKeepsItsOtherFieldsAsSlots() {
        Template t = mine(
                "{\"level\":\"warn\",\"ts\":1770800401.5,\"msg\":\"slow query took 412 ms\",\"db\":{\"name\":\"orders\"},\"rows\":7}");

        assertEquals("slow query took <*> ms", t.text());
        assertEquals(Level.WARN, miner.level());
        assertEquals(1770800401500L, miner.eventTime());
        assertEquals(
                List.of("db.name", "rows"),
                t.slots().stream().filter(s -> s.name() != null).map(Slot::name).toList());
    }

    @Test
    void minesTheMessageOfLogfmt() {
        Template t = mine("time=2026-02-11T09:00:01Z level=error msg=\"cannot reach 10.0.0.7:80\" tries=3");

        assertEquals("cannot reach <*>", t.text());
        assertEquals(Level.ERROR, miner.level());
        assertEquals(1770800401000L, miner.eventTime());
    }

    @Test
    void aPlainLineWithTheSameMessageSharesTheTemplate() {
        Template json = mine("{\"level\":\"info\",\"message\":\"started in 31 ms\"}");

        Template plain = mine("started in 7 ms");

        assertEquals(json.id(), plain.id());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            value = {"{\"msg\":\"cut off", "{not json}", "{\"msg\":1}", "{\"a\":{\"b\":[1,2}", "{}", "msg=", "a=b c=d"})
    void whatOnlyLooksStructuredIsMinedAsText(String line) {
        Template t = mine(line);

        assertEquals(1, t.count());
    }

    @Test
    void nestingWithoutEndIsBounded() {
        Template t = mine("{\"msg\":\"deep\",\"x\":" + "{\"x\":".repeat(5000) + "1" + "}".repeat(5000) + "}");

        assertEquals("deep", t.text());
    }

    @Test
    void fieldsWithoutNumberAreBounded() {
        StringBuilder line = new StringBuilder("{\"msg\":\"wide\"");
        for (int i = 0; i < 10_000; i++) {
            line.append(",\"f").append(i).append("\":").append(i);
        }

        Template t = mine(line.append('}').toString());

        assertEquals("wide", t.text());
        assertEquals(NamedSlots.MOST, t.slots().size());
    }

    @Test
    void unescapesTheMessage() {
        assertEquals(
                "path \"a\" caf\u00e9",
                mine("{\"msg\":\"path \\\"a\\\" caf\\u00e9\"}").text());
    }
}
