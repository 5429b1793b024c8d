package dev.weir.drain;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DocumentTest {
    @ParameterizedTest
    @ValueSource(strings = {"---", "---  ", "--- # shop"})
    void beginsWithThreeDashes(String line) {
        assertTrue(Document.begins(Corpus.bytes(line), 0, line.length()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"----", "--", "--- a/file.c", "---#", "--- FAIL: TestTotal"})
    void beginsWithNothingElse(String line) {
        assertFalse(Document.begins(Corpus.bytes(line), 0, line.length()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"kind: Service", "app.kubernetes.io/name: shop", "a_b-2:", "- name", "-", "# comment"})
    void hasEntries(String line) {
        assertTrue(Document.entry(Corpus.bytes(line), 0, line.length()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"kind:Service", ": x", "release finished", "-5", "a b: c", "done"})
    void hasNoOtherLines(String line) {
        assertFalse(Document.entry(Corpus.bytes(line), 0, line.length()));
    }
}
