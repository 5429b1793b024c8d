package dev.weir.schemas;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URLDecoder;
import java.net.URLEncoder;
import java.util.Optional;

/**
 * The key of a baseline: {@code tenant/job/branch}. Jobs and branches are anybody's text and branches often have slashes:
 * both are percent-encoded (as in a form: a space is a plus), so that no two of them can make one key.
 */
public record BaselineKey(String tenant, String job, String branch) {

    public BaselineKey {
        RunKey.requireName("tenant", tenant);
    }

    public static Optional<BaselineKey> find(String text) {
        String[] parts = text.split("/", -1);
        if (parts.length != 3 || !RunKey.isName(parts[0])) {
            return Optional.empty();
        }
        try {
            return Optional.of(
                    new BaselineKey(parts[0], URLDecoder.decode(parts[1], UTF_8), URLDecoder.decode(parts[2], UTF_8)));
        } catch (IllegalArgumentException brokenEscape) {
            return Optional.empty();
        }
    }

    public byte[] bytes() {
        return toString().getBytes(UTF_8);
    }

    /** The key as it is on the wire. */
    @Override
    public String toString() {
        return tenant + "/" + URLEncoder.encode(job, UTF_8) + "/" + URLEncoder.encode(branch, UTF_8);
    }
}
