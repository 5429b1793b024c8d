package dev.weir.schemas;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URLDecoder;
import java.net.URLEncoder;
import java.util.Optional;

/**
 * The key of one run in {@code weir.fleet}: {@code tenant/job/start/run}. The job is percent-encoded as in a
 * {@link BaselineKey}; the start is sixteen hex digits of milliseconds, so that a job's keys sort as its runs began.
 */
public record FleetKey(String tenant, String job, long startedAt, String run) {
    private static final int HEX = 16;

    public FleetKey {
        RunKey.requireName("tenant", tenant);
        RunKey.requireName("run-id", run);
    }

    public static Optional<FleetKey> find(String text) {
        String[] parts = text.split("/", -1);
        if (parts.length != 4 || !RunKey.isName(parts[0]) || parts[2].length() != HEX || !RunKey.isName(parts[3])) {
            return Optional.empty();
        }
        try {
            long startedAt = Long.parseUnsignedLong(parts[2], HEX);
            return Optional.of(new FleetKey(parts[0], URLDecoder.decode(parts[1], UTF_8), startedAt, parts[3]));
        } catch (IllegalArgumentException brokenEscapeOrNumber) {
            return Optional.empty();
        }
    }

    /** What the keys of all runs of a job begin with. */
    public static String prefix(String tenant, String job) {
        return RunKey.requireName("tenant", tenant) + "/" + URLEncoder.encode(job, UTF_8) + "/";
    }

    /** The key as it is on the wire. */
    @Override
    public String toString() {
        return prefix(tenant, job) + String.format("%016x", startedAt) + "/" + run;
    }
}
