package dev.weir.api.keys;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Stands for a key for a minute, in a URL, where browsers' EventSource and WebSocket cannot send a header. It is signed
 * with the key's hash, which every server knows and nobody else does, so that any server can check one that another made.
 */
record Ticket(String key, long expires, String signature) {
    static final long LIFE_MILLIS = 60_000;
    private static final Pattern FORM = Pattern.compile("([0-9A-Za-z-]{1,10})\\.(\\d{1,15})\\.([0-9A-Za-z_-]{43})");

    static Ticket create(String key, long expires, byte[] secret) {
        return new Ticket(key, expires, sign(key, expires, secret));
    }

    static Optional<Ticket> parse(String text) {
        Matcher matcher = FORM.matcher(text);
        return matcher.matches()
                ? Optional.of(new Ticket(matcher.group(1), Long.parseLong(matcher.group(2)), matcher.group(3)))
                : Optional.empty();
    }

    boolean isGood(byte[] secret, long now) {
        byte[] expected = sign(key, expires, secret).getBytes(StandardCharsets.US_ASCII);
        return MessageDigest.isEqual(expected, signature.getBytes(StandardCharsets.US_ASCII)) && now < expires;
    }

    String text() {
        return key + "." + expires + "." + signature;
    }

    private static String sign(String key, long expires, byte[] secret) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret, "HmacSHA256"));
            byte[] signature = mac.doFinal(("ticket." + key + "." + expires).getBytes(StandardCharsets.US_ASCII));
            return Base64.getUrlEncoder().withoutPadding().encodeToString(signature);
        } catch (GeneralSecurityException never) {
            throw new IllegalStateException("Every Java has HmacSHA256", never);
        }
    }
}
