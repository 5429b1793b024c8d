package dev.weir.drain;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

class FoldingTest {
    private final Miner miner = new Miner();

    private int mine(String line) {
        byte[] b = Corpus.bytes(line);
        return miner.mine(miner.source("stdout"), b, 0, b.length, 0, 0);
    }

    private List<String> texts() {
        return miner.templates().stream().map(Template::text).toList();
    }

    @Test
    void statesInCapitalsAtSeveralPlacesAreValuesAfterFivePairs() {
        mine("task moved from NEW to RUNNING at once");
        mine("task moved from RUNNING to DONE at once");
        mine("task moved from RUNNING to KILLED at once");
        mine("task moved from NEW to KILLED at once");
        assertEquals(4, miner.liveCount());

        mine("task moved from IDLE to LOST_FOREVER at once");

        assertEquals(List.of("task moved from <*> to <*> at once"), texts());
    }

    @Test
    void namesOfClassesAreValuesAfterThree() {
        mine("loading com.acme.Cache for com.acme.Store");
        mine("loading com.acme.Queue for com.acme.Topic");
        assertEquals(2, miner.liveCount());

        mine("loading org.other.Clock for org.other.Timer");

        assertEquals(List.of("loading <*> for <*>"), texts());
    }

    @Test
    void namesWithoutACapitalAreKeysAndStayApart() {
        for (String key : new String[] {"spark.io.codec", "spark.ui.port", "spark.app.name"}) {
            mine("setting " + key + " now for " + key);
        }

        assertEquals(3, miner.liveCount());
    }

    @Test
    void wordsThatDifferInTheirNumberAreOneAtOnce() {
        int first = mine("slot J14 of rack B2 is empty");

        int second = mine("slot J15 of rack B3 is empty");

        assertEquals(first, second);
        assertEquals("slot <*> of rack <*> is empty", miner.template(first).text());
    }

    @Test
    void aValueAmongWordsMakesAllOfThemValues() {
        mine("reply from gateway after a while");

        mine("reply from 10.1.2.3 after a while");

        assertEquals(List.of("reply from <*> after a while"), texts());
    }

    @Test
    void whereLittleElseWouldRemainMoreWordsAreAskedFor() {
        for (String word : new String[] {"alpha", "bravo", "charlie", "delta", "echo", "foxtrot", "golf"}) {
            mine("stopped " + word);
        }

        assertEquals(7, miner.liveCount());
    }

    @Test
    void whatFoldedTemplatesKnewOfTheirValuesIsKept() {
        for (String name : new String[] {"amara", "bjorn", "chidi", "dalia", "emeka"}) {
            mine("account " + name + " opened session 7 today");
        }

        Slot names = miner.templates().get(0).slots().get(0);

        assertEquals(5, names.count());
        assertEquals(5, names.distinct());
        assertEquals(5, miner.templates().get(0).slots().get(1).count());
    }

    @Test
    void oldTextsAreKeptAndCutToASize() {
        String tail = " was said by somebody " + "considerably".repeat(60);
        for (String name : new String[] {"amara", "bjorn", "chidi", "dalia", "emeka"}) {
            mine("much of what " + name + tail);
        }

        List<String> versions = miner.templates().get(0).versions();

        assertEquals(1, versions.size());
        assertEquals(513, versions.get(0).length());
    }

    @Test
    void severalWordsThatVaryTogetherAreValuesThoughNoPairDiffersInOneOnly() {
        String[] zones = {"basket", "catalog", "invoice", "mailer", "search", "upload"};
        String[] hosts = {"alpha", "bravo", "delta", "echo", "golf", "hotel"};
        for (int i = 0; i < 12; i++) {
            mine("limiting requests by zone " + zones[i % 6] + " of server " + hosts[(i + i / 6) % 6] + " for now");
        }

        assertEquals(List.of("limiting requests by zone <*> of server <*> for now"), texts());
    }

    @Test
    void fewWordsAtSeveralPlacesStayWhatTheyAre() {
        String[] verbs = {"opened", "closed", "moved", "copied"};
        String[] things = {"door", "window", "file", "gate"};
        for (int i = 0; i < 16; i++) {
            mine("today somebody has " + verbs[i % 4] + " the old " + things[(i + i / 4) % 4] + " over there again");
        }

        assertEquals(16, miner.liveCount());
    }

    @Test
    void yesAndNoAreOneAnswer() {
        mine("power of the machine: Yes, battery full");

        mine("power of the machine: No, battery full");

        assertEquals(List.of("power of the machine: <*>, battery full"), texts());
    }

    @Test
    void versionsOfAProtocolAreNotNumbersOfAThing() {
        mine("listening on IPv4 address");

        mine("listening on IPv6 address");

        assertEquals(2, miner.liveCount());
    }

    @Test
    void whatStandsInQuotesIsAValueAfterThree() {
        mine("volume 'orders' is full");
        mine("volume 'carts' is full");
        assertEquals(2, miner.liveCount());

        mine("volume 'users' is full");

        assertEquals(List.of("volume '<*>' is full"), texts());
    }

    @Test
    void wordsInOnePairOfQuotesAreOneHoweverMany() {
        mine("sent template 'welcome' today");
        mine("sent template 'order confirmation' today");

        mine("sent template 'reset of a password' today");

        assertEquals(List.of("sent template '<*>' today"), texts());
    }

    @Test
    void aMessageThatIsQuotedWholeIsNoValue() {
        for (String message : new String[] {"Pod added", "Pod removed", "Pod updated", "Pod lost"}) {
            mine("\"" + message + "\" source=\"api\"");
        }

        assertEquals(4, miner.liveCount());
    }

    @Test
    void twoQuotedWordsThatVaryTogetherAreValues() {
        String[] names = {"orders", "carts", "users", "items", "prices", "stock"};
        for (int i = 0; i < names.length; i++) {
            mine("no column \"" + names[i] + "\" in table \"" + names[(i + 1) % names.length] + "\"");
        }

        assertEquals(List.of("no column \"<*>\" in table \"<*>\""), texts());
    }

    @Test
    void inAListOfFieldsThreeWordsAreValues() {
        mine("package 7, state: staged, mode: full, by: setup");
        mine("package 8, state: absent, mode: full, by: setup");
        assertEquals(2, miner.liveCount());

        mine("package 9, state: broken, mode: full, by: setup");

        assertEquals(List.of("package <*>, state: <*>, mode: full, by: setup"), texts());
    }

    @Test
    void fieldsThatVaryIndependentlyAreValuesThoughEachHasTwoOnly() {
        String[] states = {"staged", "absent"};
        String[] modes = {"full", "quick"};
        String[] owners = {"setup", "person"};
        for (int i = 0; i < 8; i++) {
            mine("package " + i + ", state: " + states[i & 1] + ", mode: " + modes[i >> 1 & 1] + ", by: "
                    + owners[i >> 2]);
        }

        assertEquals(List.of("package <*>, state: <*>, mode: <*>, by: <*>"), texts());
    }

    @Test
    void wordsBehindAColonThatAreNoFieldsStayApart() {
        for (String what : new String[] {"started", "stopped", "paused", "resumed"}) {
            mine("engine: machine 7: " + what);
        }

        assertEquals(4, miner.liveCount());
    }

    @Test
    void keysStayApartWhateverTheirForm() {
        for (String key : new String[] {"java.vm.version", "java.home.path", "os.arch.name", "user.dir.name"}) {
            mine("environment " + key + "=17");
        }

        assertEquals(4, miner.liveCount());
    }

    @Test
    void aNameOfSeveralWordsWithANumberInItIsNoId() {
        int id = mine("driver AirPort_Brcm43xx slept well");

        assertEquals("driver AirPort_Brcm43xx slept well", miner.template(id).text());
    }

    @Test
    void aMarkBeforeANumberIsNotPartOfIt() {
        mine("reader #7 of pool @0x1f has stopped");
        mine("reader #12 of pool @0x2a has stopped");

        assertEquals(List.of("reader #<*> of pool @<*> has stopped"), texts());
        assertEquals(12, miner.templates().get(0).slots().get(0).max());
    }
}
