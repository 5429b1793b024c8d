package dev.weir.api.keys;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.CRC32;

/**
 * A key as its owner holds it: {@code weir_<id>_<256 random bits><checksum>}. The prefix and the checksum let a secret
 * scanner find one in a text and be sure; the id names it in lists and logs.
 */
public record KeyText(String id, String text) {
    private static final Pattern FORM = Pattern.compile("weir_([0-9A-Za-z]{10})_([0-9A-Za-z]{43})([0-9A-Za-z]{6})");
    private static final String DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
    private static final int SECRET_DIGITS = 43;
    private static final int CHECK_DIGITS = 6;

    public static KeyText create(SecureRandom random) {
        byte[] id = new byte[7];
        byte[] secret = new byte[32];
        random.nextBytes(id);
        random.nextBytes(secret);
        String body =
                "weir_" + digits(new BigInteger(1, id), 10) + "_" + digits(new BigInteger(1, secret), SECRET_DIGITS);
        return new KeyText(body.substring(5, 15), body + check(body));
    }

    /** Empty for what is no key, or one that was mistyped. */
    public static Optional<KeyText> parse(String text) {
        Matcher matcher = FORM.matcher(text);
        if (!matcher.matches()
                || !check(text.substring(0, text.length() - CHECK_DIGITS)).equals(matcher.group(3))) {
            return Optional.empty();
        }
        return Optional.of(new KeyText(matcher.group(1), text));
    }

    /** One fast hash is enough for 256 random bits: there is nothing to guess. */
    byte[] hash() {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.US_ASCII));
        } catch (NoSuchAlgorithmException never) {
            throw new IllegalStateException("Every Java has SHA-256", never);
        }
    }

    /** Never the key: it could end up in a log. */
    @Override
    public String toString() {
        return "key " + id;
    }

    private static String check(String body) {
        CRC32 crc = new CRC32();
        crc.update(body.getBytes(StandardCharsets.US_ASCII));
        return digits(BigInteger.valueOf(crc.getValue()), CHECK_DIGITS);
    }

    private static String digits(BigInteger number, int width) {
        char[] digits = new char[width];
        BigInteger left = number;
        BigInteger base = BigInteger.valueOf(DIGITS.length());
        for (int i = width - 1; i >= 0; i--) {
            BigInteger[] parts = left.divideAndRemainder(base);
            digits[i] = DIGITS.charAt(parts[1].intValue());
            left = parts[0];
        }
        return new String(digits);
    }
}
