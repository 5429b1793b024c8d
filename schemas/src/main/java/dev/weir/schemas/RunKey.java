package dev.weir.schemas;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The key of a run's records: {@code tenant/run} in plain UTF-8, so that Kafka's default partitioner of every language
 * (murmur2 of the key; librdkafka calls it {@code murmur2_random}) places a run on the same partition.
 *
 * <p>Both names are of one alphabet without a slash: what is joined can always be taken apart again.
 */
public record RunKey(String tenant, String run) {
    public static final String DEFAULT_TENANT = "default";

    private static final int LONGEST_NAME = 128;
    private static final int LONGEST = 2 * LONGEST_NAME + 1;
    private static final String RULE =
            "use 1 to 128 letters, digits, '.', '_' or '-', of which the first is a letter or digit";

    public RunKey {
        requireName("tenant", tenant);
        requireName("run-id", run);
    }

    /** Whether this may name a run or a tenant. */
    public static boolean isName(String text) {
        if (text.isEmpty() || text.length() > LONGEST_NAME || !isLetterOrDigit(text.charAt(0))) {
            return false;
        }
        for (int i = 1; i < text.length(); i++) {
            char c = text.charAt(i);
            if (!isLetterOrDigit(c) && c != '.' && c != '_' && c != '-') {
                return false;
            }
        }
        return true;
    }

    private static boolean isLetterOrDigit(char c) {
        return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9';
    }

    /** The name itself, or an exception that says what names look like. */
    public static String requireName(String what, String text) {
        if (!isName(text)) {
            throw new IllegalArgumentException(what + " is '" + Shown.of(text) + "': " + RULE);
        }
        return text;
    }

    /** The key, or an exception that says what keys look like. */
    public static RunKey parse(String text) {
        return find(text)
                .orElseThrow(() -> new IllegalArgumentException(
                        "key is '" + Shown.of(text) + "': use tenant/run; for each of the two, " + RULE));
    }

    /** The key in a record's bytes; empty if they are none. A record without a key has no run. */
    public static Optional<RunKey> find(byte @Nullable [] key) {
        return key == null || key.length > LONGEST ? Optional.empty() : find(new String(key, UTF_8));
    }

    public static Optional<RunKey> find(String text) {
        int slash = text.indexOf('/');
        if (slash < 0 || text.length() > LONGEST) {
            return Optional.empty();
        }
        String tenant = text.substring(0, slash);
        String run = text.substring(slash + 1);
        return isName(tenant) && isName(run) ? Optional.of(new RunKey(tenant, run)) : Optional.empty();
    }

    public byte[] bytes() {
        return toString().getBytes(UTF_8);
    }

    /** Key of a template of this run in {@code weir.templates}. */
    public String ofTemplate(int template) {
        return this + "/" + template;
    }

    /** Key of a wake of this run in {@code weir.wake-states}. */
    public String ofWake(String wake) {
        return this + "/" + requireName("wake", wake);
    }

    /** The key as it is on the wire. */
    @Override
    public String toString() {
        return tenant + "/" + run;
    }
}
