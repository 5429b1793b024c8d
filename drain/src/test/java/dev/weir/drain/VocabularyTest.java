package dev.weir.drain;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Words that were values of one message are so in another. */
class VocabularyTest {
    private static final List<String> USERS = List.of("alice", "bob", "carol", "dave", "erin");

    private Miner miner = new Miner();

    private int mine(String line) {
        byte[] b = Corpus.bytes(line);
        return miner.mine(miner.source("stdout"), b, 0, b.length, 0, 0);
    }

    private List<String> texts() {
        return miner.templates().stream().map(Template::text).toList();
    }

    private void learnUsers() {
        USERS.forEach(user -> mine("session of " + user + " was opened"));
        assertEquals(List.of("session of <*> was opened"), texts());
    }

    @Test
    void twoWordsThatAreValuesElsewhereAreEvidenceEnough() {
        learnUsers();
        mine("mail for alice was refused");
        assertEquals(2, miner.liveCount());

        mine("mail for erin was refused");

        assertEquals(List.of("session of <*> was opened", "mail for <*> was refused"), texts());
    }

    @Test
    void wordsThatAreValuesOfDifferentMessagesAreNone() {
        learnUsers();
        for (String fruit : new String[] {"apple", "banana", "cherry", "date", "elder"}) {
            mine("basket holds " + fruit + " since today");
        }

        mine("mail for alice was refused");
        mine("mail for apple was refused");

        assertEquals(4, miner.liveCount());
    }

    @Test
    void oneKnownWordMakesNoValueOfItsNeighbour() {
        learnUsers();

        mine("mail for alice was refused");
        mine("mail for nobody was refused");

        assertEquals(3, miner.liveCount());
    }

    @Test
    void aMessageOfHardlyAnyOtherWordStaysApart() {
        learnUsers();

        mine("welcome alice");
        mine("welcome bob");

        assertEquals(3, miner.liveCount());
    }

    @Test
    void namesOfFieldsStayNames() {
        learnUsers();

        mine("all was set to alice=1 today");
        mine("all was set to bob=1 today");

        assertEquals(3, miner.liveCount());
    }

    @Test
    void fewWordsThatAreNamesTeachNothing() {
        for (String name : new String[] {"com.acme.one", "com.acme.two", "com.acme.three"}) {
            mine("bundle " + name + " was loaded");
        }
        assertEquals(1, miner.liveCount());

        mine("service com.acme.one will exit");
        mine("service com.acme.two will exit");

        assertEquals(3, miner.liveCount());
    }

    @Test
    void templatesThatWereThereBeforeTheirWordsWereKnownAreLookedAtAgain() {
        int first = mine("mail for alice was refused");
        mine("mail for erin was refused");
        for (String user : USERS.subList(0, 4)) {
            mine("session of " + user + " was opened");
        }
        assertEquals(6, miner.liveCount());

        mine("session of erin was opened");

        assertEquals(List.of("mail for <*> was refused", "session of <*> was opened"), texts());
        assertEquals("session of alice was opened", miner.oldText());
        assertEquals(5, miner.absorbedCount());
        assertEquals(1, miner.elsewhereCount());
        assertEquals(first, miner.elsewhere(0).id());
        mine("session of judy was opened");
        assertEquals(0, miner.elsewhereCount());
    }

    @Test
    void aFieldsNameIsToldFromItsTemplatesBeforeItWasOne() {
        for (String colour : new String[] {"red", "green", "blue"}) {
            mine("lamp was set to colour " + colour + " by hand");
        }
        assertEquals(3, miner.liveCount());

        mine("painting with colour=4 now");

        assertEquals(List.of("lamp was set to colour <*> by hand", "painting with colour=<*> now"), texts());
    }

    @Test
    void wordsThatComeLaterAreLearntToo() {
        learnUsers();
        mine("session of frank was opened");
        mine("session of grace was opened");

        mine("mail for frank was refused");
        mine("mail for grace was refused");

        assertEquals(2, miner.liveCount());
    }

    @Test
    void severalPlacesWhoseWordsAreKnownVaryTogether() {
        learnUsers();
        for (int i = 0; i < 5; i++) {
            mine("gift from " + USERS.get(i) + " to " + USERS.get((i + 2) % 5) + " was sent");
        }

        assertTrue(texts().contains("gift from <*> to <*> was sent"), texts().toString());
    }

    @Test
    void whatATemplateKnewLeavesWithIt() {
        learnUsers();
        miner.evict(0);

        mine("mail for alice was refused");
        mine("mail for erin was refused");

        assertEquals(2, miner.liveCount());
    }

    @Test
    void aMinerRebuiltFromItsRowsKnowsTheWords() {
        learnUsers();
        mine("session of frank was opened");
        TreeMap<Integer, byte[]> rows = new TreeMap<>();
        Map<String, byte[]> sources = new HashMap<>();
        miner.rows().drainDirty(new Rows() {
            @Override
            public void template(int id, byte[] row) {
                rows.put(id, row);
            }

            @Override
            public void source(String name, byte[] row) {
                sources.put(name, row);
            }

            @Override
            public void tally(Template template, long lines, long events) {}
        });
        int next = miner.nextId();
        miner = new Miner();
        rows.values().forEach(miner.rows()::restoreTemplate);
        sources.values().forEach(miner.rows()::restoreSource);
        miner.rows().restored(next);

        mine("mail for frank was refused");
        mine("mail for erin was refused");

        assertEquals(2, miner.liveCount());
    }

    @Test
    void aTemplateKeepsFewWords() {
        IntStream.range(0, 26 * 26)
                .forEach(i -> mine("session of " + (char) ('a' + i / 26) + (char) ('a' + i % 26) + "lpha was opened"));

        assertEquals(Vocabulary.MOST_AT_ONE, miner.template(0).valueWords.size());
    }

    @Test
    void listsInBracketsAreValuesOnceThreeHaveComeBy() {
        mine("members are now [alice, bob]");
        mine("members are now [alice, bob, carol]");
        assertEquals(2, miner.liveCount());

        mine("members are now [dave]");
        mine("members are now [erin, dave, bob, alice]");

        assertEquals(List.of("members are now [<*>]"), texts());
    }

    @Test
    void aListThatNeverVariesIsNone() {
        mine("handlers for [TERM, HUP, INT] are there");

        assertEquals(List.of("handlers for [TERM, HUP, INT] are there"), texts());
    }
}
