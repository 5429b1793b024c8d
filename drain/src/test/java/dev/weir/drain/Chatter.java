package dev.weir.drain;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Lines of messages that speak of the same few users, hosts and states, most of them seldom. */
final class Chatter {
    private static final String[] USERS = {
        "alice", "bob", "carol", "dave", "erin", "frank", "grace", "heidi", "ivan", "judy", "mallory", "niaj", "olivia"
    };
    private static final String[] HOSTS = {
        "atlas", "boreas", "castor", "dione", "electra", "fornax", "gaia", "hydra", "juno", "kepler", "leda", "mimas"
    };
    private static final String[] STATES = {
        "pending", "running", "failed", "stopped", "starting", "draining", "ready", "degraded", "paused"
    };
    private static final String[] THINGS = {
        "request", "session", "worker", "backup", "quota", "lease", "volume", "image", "cluster", "index", "policy"
    };
    private static final String[] DEEDS = {
        "opened", "closed", "moved", "denied", "checked", "mounted", "removed", "renewed", "locked", "resumed", "synced"
    };
    private static final String[] TAILS = {
        " after a while", " for now", " because of policy", " during startup", " by operator", ""
    };
    private static final String[][] PARTS = {
        USERS,
        {" for ", " of ", " owner ", " user="},
        HOSTS,
        {" on ", " via ", " host=", " to node "},
        STATES,
        {" now ", " from ", " state \"", " after "}
    };

    private Chatter() {}

    static List<byte[]> lines(int seed) {
        Random random = new Random(seed);
        List<String[][]> messages = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            String beginning = THINGS[i % THINGS.length] + ' ' + DEEDS[(i * 3 + i / THINGS.length) % DEEDS.length];
            messages.add(message(beginning, random));
        }
        List<byte[]> lines = new ArrayList<>();
        for (int i = 0; i < 600; i++) {
            double often = random.nextDouble();
            String[][] message = messages.get((int) (messages.size() * often * often * often));
            StringBuilder line = new StringBuilder();
            for (String[] part : message) {
                line.append(part[random.nextInt(part.length)]);
            }
            lines.add(Corpus.bytes(line.toString()));
        }
        return lines;
    }

    /** What stands at each place of a message: one text always, or one of many. */
    private static String[][] message(String beginning, Random random) {
        List<String[]> places = new ArrayList<>();
        places.add(new String[] {beginning});
        for (int n = 1 + random.nextInt(2); n > 0; n--) {
            int part = random.nextInt(PARTS.length / 2) * 2;
            String label = one(PARTS[part + 1], random);
            places.add(new String[] {label});
            places.add(PARTS[part]);
            places.add(new String[] {label.endsWith("\"") ? "\"" : ""});
        }
        places.add(new String[] {one(TAILS, random)});
        return places.toArray(new String[0][]);
    }

    private static String one(String[] of, Random random) {
        return of[random.nextInt(of.length)];
    }
}
