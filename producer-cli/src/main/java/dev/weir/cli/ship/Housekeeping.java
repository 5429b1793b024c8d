package dev.weir.cli.ship;

import dev.weir.cli.capture.Allowance;
import java.io.IOException;
import java.util.Optional;

/** What has to be done for the bytes that wait, whether any can be sent or not. Used by the shipper's thread. */
final class Housekeeping {
    /** Within so much time what Kafka has not acknowledged is brought to disk. */
    static final long COMMIT_MILLIS = 50;

    private static final long HOUSE_MILLIS = 5;

    private final Sources sources;
    private final Allowance allowance;
    private long kept;
    private long committed;

    Housekeeping(Sources sources, Allowance allowance) {
        this.sources = sources;
        this.allowance = allowance;
    }

    /** Gives back what is delivered, commits what is not, and leaves out the oldest where there is too much. */
    void keep(long now) throws IOException {
        boolean crowded = allowance.excess() > 0;
        if (now - kept < (crowded ? 0 : HOUSE_MILLIS)) {
            return;
        }
        kept = now;
        boolean commit = now - committed >= COMMIT_MILLIS;
        for (SourceReader reader : sources) {
            reader.release();
            if (commit) {
                reader.commit();
            }
        }
        committed = commit ? now : committed;
        for (long excess; (excess = allowance.excess()) > 0; ) {
            Optional<SourceReader> longest = sources.longest();
            if (longest.isEmpty() || !longest.get().skip(excess)) {
                return;
            }
        }
    }
}
