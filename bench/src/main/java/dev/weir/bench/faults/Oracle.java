package dev.weir.bench.faults;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * Makes the lines of a run and knows how many there are of each kind, under the text that its template must have: that
 * of the line, with a mark where it varies. Knows nothing of how templates are mined.
 */
final class Oracle {
    private static final String VARIES = "<*>";
    private static final Pattern NAMED = Pattern.compile("<[a-zA-Z:_*]+>");

    private static final String[] KINDS = {
        "accepted connection from 10.0.%d.7 on port %d",
        "billing of account %d was put off by %d days",
        "cache misses went up to %d",
        "disk usage stands at %d percent on volume %d",
        "ERROR payment %d declined, code %d",
        "fetched %d pages in %d ms",
        "garbage collection paused us for %d ms",
        "heartbeat %d received",
        "indexing shard %d finished, %d documents",
        "job %d queued behind %d others",
        "key rotation done, %d keys left",
        "lease %d renewed for worker-%d",
        "migrating table number %d of %d, please hold on",
        "node %d joined the cluster as member %d of the quorum",
        "opened file descriptor %d",
        "parsed %d records with %d problems in the last minute",
        "queue depth is %d now",
        "retrying upload %d after %d seconds because the peer went away",
        "snapshot %d written to slot %d",
        "WARN throttling client %d"
    };

    /** A run of so many kinds writes its tallies otherwise than a run of few. */
    private static final int MANY = 900;

    private final Random random;
    private final List<String> kinds;
    private final Map<String, Long> counts = new TreeMap<>();

    private Oracle(long seed, List<String> kinds) {
        this.random = new Random(seed);
        this.kinds = kinds;
    }

    static Oracle ofFewKinds(long seed) {
        return new Oracle(seed, List.of(KINDS));
    }

    /** Of kinds that have no word in common but the last ones, so that none is taken for another's value. */
    static Oracle ofManyKinds(long seed) {
        Random letters = new Random(seed);
        List<String> kinds = new ArrayList<>();
        for (int kind = 0; kind < MANY; kind++) {
            StringBuilder text = new StringBuilder();
            for (int letter = 1; letter <= 32; letter++) {
                text.append(letter % 8 == 0 ? ' ' : (char) ('a' + letters.nextInt(26)));
            }
            kinds.add(text + "took %d ms");
        }
        return new Oracle(seed, kinds);
    }

    String line() {
        String kind = kinds.get(random.nextInt(kinds.size()));
        counts.merge(template(kind), 1L, Long::sum);
        return String.format(kind, random.nextInt(1000), random.nextInt(1000));
    }

    /** A kind as its one template must show it. */
    static String template(String kind) {
        return kind.replace("10.0.%d.7", VARIES).replace("%d", VARIES);
    }

    /** A template's text with its marks alike, whatever name or unit they bear. */
    static String alike(String text) {
        return NAMED.matcher(text).replaceAll(VARIES);
    }

    Map<String, Long> counts() {
        return counts;
    }
}
