package dev.weir.api.ingest;

import dev.weir.api.http.Call;
import dev.weir.api.http.Problem;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Gives posted lines their source and numbers, by which the topology knows what it has already.
 *
 * <p>A caller that names source and seq keeps its own numbers. One that sends an Idempotency-Key makes the request a
 * source of its own, numbered from 0: the same request again is the same lines again. All others share one source a run
 * and server, and what they send twice counts twice.
 */
final class Numbering {
    private static final Pattern SOURCE = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._/:-]{0,127}");
    private static final int MOST_RUNS = 10_000;

    private final String instance;
    private long sources;
    private final Map<String, Open> open = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Open> eldest) {
            return size() > MOST_RUNS;
        }
    };

    /** @param instance tells this start of this server from every other */
    Numbering(String instance) {
        this.instance = instance;
    }

    /** Where a request's lines go on. {@code next} is where its next line is numbered; confined to the request. */
    static final class Place {
        final String source;
        final String stream;
        final long epoch;
        long next;

        Place(String source, String stream, long epoch, long next) {
            this.source = source;
            this.stream = stream;
            this.epoch = epoch;
            this.next = next;
        }
    }

    /** The shared source of one run; its lock is held while a request numbers and sends. */
    static final class Open {
        final String source;
        long next;

        Open(String source) {
            this.source = source;
        }
    }

    /** The caller's own numbers, or those of its key; empty if it brings neither. */
    Optional<Place> own(Call call) {
        String stream = call.text("stream").orElse("");
        Optional<String> source = call.text("source");
        if (source.isPresent()) {
            if (!SOURCE.matcher(source.get()).matches()) {
                throw Problem.badParameter(
                        "source", source.get(), "use up to 128 letters, digits, '.', '_', '/', ':' or '-'");
            }
            if (call.text("seq").isEmpty()) {
                throw new Problem(
                        400,
                        "bad-parameter",
                        "source is given and seq is not: give the number of the first line in its source, from 0");
            }
            long epoch = call.number("epoch", 0, 0, Long.MAX_VALUE);
            return Optional.of(new Place(source.get(), stream, epoch, call.number("seq", 0, 0, Long.MAX_VALUE / 2)));
        }
        if (call.text("seq").isPresent() || call.text("epoch").isPresent()) {
            throw new Problem(400, "bad-parameter", "seq and epoch belong to a source: give source, too");
        }
        return Optional.ofNullable(call.header("Idempotency-Key"))
                .filter(key -> !key.isBlank())
                .map(key -> new Place("http-key-" + digest(key), stream, 0, 0));
    }

    synchronized Open shared(String key, String stream) {
        return open.computeIfAbsent(key + "#" + stream, absent -> new Open("http-" + instance + "-" + ++sources));
    }

    static String digest(String key) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(key.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash, 0, 12);
        } catch (NoSuchAlgorithmException never) {
            throw new IllegalStateException("Every Java has SHA-256", never);
        }
    }
}
