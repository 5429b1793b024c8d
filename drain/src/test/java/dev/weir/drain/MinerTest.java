package dev.weir.drain;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class MinerTest {
    private Miner miner = new Miner();

    private int mine(String line) {
        byte[] b = Corpus.bytes(line);
        return miner.mine(miner.source("stdout"), b, 0, b.length, 7, 3);
    }

    private String text(String line) {
        return miner.template(mine(line)).text();
    }

    @Test
    void valuesBecomeHoles() {
        assertEquals("Connected to <*> in <*> ms", text("Connected to 10.0.0.7:5432 in 12 ms"));
        assertEquals("pulled <*> from <*>", text("pulled sha256:9f86d081884c7d65 from https://example.org/v2/a?b=c"));
        assertEquals("worker-<*> took job <*>", text("worker-17 took job 3f2504e0-4f89-11d3-9a0c-0305e82c3301"));
        assertEquals("wrote <*> at <*>", text("wrote /var/log/app.log at Tue Mar 03 07:07:00 2026"));
        assertEquals("ssh2 on en0 is up", text("ssh2 on en0 is up"));
        assertEquals(
                "id (<*>) of pod web-<*>",
                text("id (d1c2f0aa-03ab-bbdd-caee-f00dfeedbeef) of pod web-5d8f7c9b6d-rpmft"));
        assertEquals("policy <*> of node <*>", text("policy onfDf3kQ-9bZpd_ExY2aQw of node Zk9-fA_x3Bq0LmN7tPw2Q-"));
        assertEquals("device <*> at <*>", text("device 0000:b6:1f.3 at db-primary:5432"));
        assertEquals("pulled <*> again", text("pulled registry.acme.org/shop/web:latest again"));
        assertEquals("wrote at <*> MB/s today", text("wrote at 3.4 MB/s today"));
        assertEquals("wrote at <*> today", text("wrote at 900 KB/s today"));
        assertEquals("limit=<*> retry=<*> peer=<*>", text("limit=16K retry=true peer=aa:bb:cc:dd:ee:ff"));
    }

    @Test
    void aRequestIsOneMessageWhoeverSendsIt() {
        String request = "10.0.0.7 - - [11/Feb/2026:09:00:01 +0000] \"GET / HTTP/1.1\" 200 612 ";
        int browser = mine(
                request + "\"https://acme.org/a\" \"Mozilla/5.0 (X11; Linux x86_64) Gecko/20100101 Firefox/121.0\"");

        int tool = mine(request + "\"-\" \"curl/8.5.0\"");

        assertEquals(browser, tool);
        assertEquals(1, miner.liveCount());
    }

    @Test
    void wordsStayApartUntilThereIsEvidence() {
        int paused = mine("the engine was paused by hand");
        int started = mine("the engine was started by hand");

        assertNotEquals(paused, started);
    }

    @Test
    void manyWordsInOnePlaceAreAValue() {
        int first = mine("session opened for account amara from desk");
        for (String name : new String[] {"bjorn", "chidi", "dalia"}) {
            mine("session opened for account " + name + " from desk");
        }
        assertEquals(Change.CREATED, miner.change());

        mine("session opened for account emeka from desk");

        assertEquals(Change.MERGED, miner.change());
        assertEquals("session opened for account amara from desk", miner.oldText());
        assertEquals(4, miner.absorbedCount());
        assertEquals(
                "session opened for account <*> from desk",
                miner.template(first).text());
        assertEquals(first, mine("session opened for account farah from desk"));
        assertEquals(6, miner.template(first).totalCount());
    }

    @Test
    void aMergedIdLeadsToWhatItBecame() {
        List<Integer> ids = new ArrayList<>();
        for (String name : new String[] {"amara", "bjorn", "chidi", "dalia", "emeka"}) {
            ids.add(mine("session opened for account " + name + " from desk"));
        }

        Set<Integer> resolved = new HashSet<>();
        ids.forEach(id -> resolved.add(miner.resolve(id)));

        assertEquals(Set.of(ids.get(0)), resolved);
    }

    @Test
    void errorsNeverShareATemplateWithTheRest() {
        int info = mine("2026-02-11 09:00:01 INFO connection lost");
        int error = mine("2026-02-11 09:00:01 ERROR connection lost");

        assertNotEquals(info, error);
        assertEquals(1, miner.template(error).lane());
    }

    @Test
    void unitsAndBracketsThatVaryPrintAsOneValue() {
        int a = mine("sent 451 bytes to peer");
        int b = mine("sent 2045 bytes (1.99 KB) to peer");

        assertEquals(a, b);
        assertEquals("sent <*> to peer", miner.template(a).text());
        assertEquals(Change.GENERALISED, miner.change());
    }

    @Test
    void coloursAndProgressBarsDoNotSplitTemplates() {
        int plain = mine("build of module core done");

        assertEquals(plain, mine("\u001b[32mbuild\u001b[0m of module core done"));
        assertEquals(plain, mine("10%\r50%\rbuild of module core done\r"));
        assertEquals(plain, mine("\u001b]0;title\u0007build of module core done"));
    }

    @Test
    void aMaskOfTheUsersNamesItsValue() {
        Mask orders = (line, from, to, marks) -> {
            for (int i = from; i + 7 <= to; i++) {
                if (line[i] == 'O' && line[i + 1] == 'R' && line[i + 2] == 'D') {
                    marks.add(i, i + 7, "order-id");
                }
            }
        };
        miner = new Miner(MinerSettings.DEFAULTS.withMasks(List.of(orders)));

        assertEquals("shipped <order-id> today", text("shipped ORDwxyz today"));
        assertEquals(mine("shipped ORDwxyz today"), mine("shipped ORDabcd today"));
    }

    @Test
    void aDeclaredTemplateWinsOverMinedOnes() {
        miner = new Miner(MinerSettings.DEFAULTS.withDeclared(List.of(new Declared("payment", "paid <*> by <*>"))));

        int declared = mine("paid 12 EUR by card");

        assertEquals("payment", miner.template(declared).text());
        assertEquals(declared, mine("paid nothing by invoice"));
        assertNotEquals(declared, mine("unpaid 12 EUR by card"));
    }

    @Test
    void beyondTheCapLinesAreCountedInOverflow() {
        miner = new Miner(MinerSettings.DEFAULTS.withMaxTemplates(16));
        Random random = new Random(1);
        for (int i = 0; i < 5000; i++) {
            mine(words(random, 3 + random.nextInt(6)));
        }

        long counted =
                miner.templates().stream().mapToLong(Template::totalCount).sum();

        assertEquals(5000, counted);
        assertTrue(miner.templates().size() <= 18);
        assertTrue(miner.templates().stream().anyMatch(Template::overflow));
    }

    @Test
    void longLinesFullOfWordsFindRoomForFewerTemplates() {
        miner = new Miner(MinerSettings.DEFAULTS.withMaxTemplates(64));
        for (int i = 0; i < 64; i++) {
            StringBuilder line = new StringBuilder();
            for (int w = 0; w < 90; w++) {
                line.append(w == i ? "[" : "(").append("considerably".repeat(3));
            }
            mine(line.toString());
        }

        assertTrue(miner.liveCount() < 32, "templates: " + miner.liveCount());
        assertEquals(
                64, miner.templates().stream().mapToLong(Template::totalCount).sum());
    }

    @Test
    void aDeclaredTemplateIsFoundAgainAfterARestart() {
        MinerSettings settings =
                MinerSettings.DEFAULTS.withDeclared(List.of(new Declared("login", "user <*> logged in")));
        miner = new Miner(settings);
        int before = mine("user amara logged in");
        miner = Mined.Written.of(miner).restore(settings);

        assertEquals(before, mine("user bjorn logged in"));
    }

    @Test
    void anEvictedShapeReturnsUnderANewId() {
        int id = mine("the engine was paused by hand");

        miner.evict(id);

        int again = mine("the engine was paused by hand");
        assertNotEquals(id, again);
        assertTrue(miner.template(id).evicted());
        assertEquals(1, miner.template(id).count());
    }

    @Test
    void aLineOfAnyLengthIsCounted() {
        byte[] huge = new byte[20_000_000];
        java.util.Arrays.fill(huge, (byte) 'x');
        for (int i = 0; i < huge.length; i += 7) {
            huge[i] = ' ';
        }

        int id = miner.mine(miner.source("stdout"), huge, 0, huge.length, 0, 0);

        assertEquals(1, miner.template(id).count());
        assertTrue(miner.template(id).text().length() < 10_000);
    }

    @Test
    void anyBytesAreMined() {
        Random random = new Random(9);
        long lines = 0;
        for (int i = 0; i < 20_000; i++) {
            byte[] b = new byte[random.nextInt(200)];
            random.nextBytes(b);
            miner.mine(miner.source("s" + i % 3), b, 0, b.length, i, 0);
            lines++;
        }

        assertEquals(
                lines,
                miner.templates().stream().mapToLong(Template::totalCount).sum());
    }

    @Test
    void theFingerprintDependsNeitherOnTheRunNorOnTheOrder() {
        List<byte[]> lines = new ArrayList<>(Corpus.own().get(0).lines());
        Set<Long> forwards = fingerprints(lines);
        Collections.reverse(lines);

        assertEquals(forwards, fingerprints(lines));
    }

    private static Set<Long> fingerprints(List<byte[]> lines) {
        Miner one = new Miner(MinerSettings.DEFAULTS.withHeader(false));
        lines.forEach(line -> one.mine(one.source("s"), line, 0, line.length, 0, 0));
        Set<Long> prints = new HashSet<>();
        one.templates().forEach(t -> prints.add(t.fingerprint()));
        return prints;
    }

    @Test
    void rememberedPlacesAreThoseOfTheFirstLines() {
        int id = mine("one thing happened");

        assertEquals(1, miner.template(id).places());
        assertEquals(7, miner.template(id).placeOffset(0));
        assertEquals(3, miner.template(id).placeIndex(0));
    }

    @Test
    void anUnknownIdIsRefused() {
        assertThrows(NoSuchElementException.class, () -> miner.template(4));
    }

    private static String words(Random random, int n) {
        StringBuilder line = new StringBuilder();
        for (int w = 0; w < n; w++) {
            for (int c = 0; c < 6; c++) {
                line.append((char) ('a' + random.nextInt(26)));
            }
            line.append(' ');
        }
        return line.toString().trim();
    }
}
