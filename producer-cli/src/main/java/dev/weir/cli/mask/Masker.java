package dev.weir.cli.mask;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.re2j.Matcher;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Masks the secrets of one stream's lines. A line's bytes are looked at as Latin-1, so that a match's characters are bytes
 * whatever the encoding is.
 *
 * <p>Single-threaded, one per source: a private key spreads over lines.
 */
public final class Masker {
    private final Known known;
    private static final int SHORTEST_KEY_LINE = 16;

    private boolean inPrivateKey;
    private boolean perhapsInPrivateKey;

    /** One stretch to be masked. */
    private record Span(int from, int to, String rule) {}

    /** Patterns by the name their mark shows, and values that are secret wherever they stand, by theirs. */
    Masker(Map<String, String> patterns, Map<String, String> values) {
        this(new Known(patterns, values));
    }

    private Masker(Known known) {
        this.known = known;
    }

    /** For one more source of the same run, used by the same thread: what one learns to be secret, the other knows. */
    public Masker another() {
        return new Masker(known);
    }

    /** The line with its secrets masked; empty if it has none, which is nearly always and costs one pass. */
    public Optional<byte[]> mask(byte[] bytes, int start, int length) {
        BitSet found = known.in(bytes, start, length);
        if (found == null && !known.looksAtEveryLine() && !inPrivateKey && !perhapsInPrivateKey) {
            return Optional.empty();
        }
        String line = new String(bytes, start, length, ISO_8859_1);
        if (inPrivateKey) {
            inPrivateKey = !line.contains("-----END ");
            return Optional.of("[masked:private-key]".getBytes(ISO_8859_1));
        }
        if (perhapsInPrivateKey) {
            perhapsInPrivateKey = looksLikeKey(line);
            if (perhapsInPrivateKey) {
                return Optional.of("[masked:private-key]".getBytes(ISO_8859_1));
            }
        }
        List<Rule> candidates = known.candidates(found, line);
        boolean special = known.addsMask(found) || known.beginsKey(found);
        if (candidates.isEmpty() && !special) {
            return Optional.empty();
        }
        List<Span> spans = new ArrayList<>();
        if (known.addsMask(found)) {
            learn(line, spans);
        }
        if (known.beginsKey(found)) {
            privateKey(line, spans);
        }
        candidates.forEach(rule -> find(rule, line, spans));
        return spans.isEmpty() ? Optional.empty() : Optional.of(masked(line, spans));
    }

    /** Lines are missing here. A private key may have begun in them: what looks like its middle is taken for that. */
    public void skipped() {
        perhapsInPrivateKey = true;
    }

    private static boolean looksLikeKey(String line) {
        int at = 0;
        while (at < line.length() && isBase64(line.charAt(at))) {
            at++;
        }
        return at == line.stripTrailing().length() && at >= SHORTEST_KEY_LINE;
    }

    private static boolean isBase64(char c) {
        return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || c == '+' || c == '/' || c == '=';
    }

    /** A text, such as a command's argument. */
    public String mask(String text) {
        byte[] bytes = text.getBytes(UTF_8);
        return mask(bytes, 0, bytes.length)
                .map(masked -> new String(masked, UTF_8))
                .orElse(text);
    }

    private static void find(Rule rule, String line, List<Span> spans) {
        Matcher matcher = rule.pattern().matcher(line);
        while (matcher.find()) {
            int group = matcher.groupCount() > 0 && matcher.start(1) >= 0 ? 1 : 0;
            if (matcher.end(group) > matcher.start(group)) {
                spans.add(new Span(matcher.start(group), matcher.end(group), rule.name()));
            }
        }
    }

    /** GitHub's command that makes a value secret from now on. */
    private void learn(String line, List<Span> spans) {
        int from = line.indexOf(Known.ADD_MASK) + Known.ADD_MASK.length();
        String value = line.substring(Math.min(from, line.length())).strip();
        if (line.contains(Known.ADD_MASK) && !value.isEmpty()) {
            spans.add(new Span(from, line.length(), "add-mask"));
            known.learn("add-mask", new String(value.getBytes(ISO_8859_1), UTF_8));
        }
    }

    private void privateKey(String line, List<Span> spans) {
        int begin = line.indexOf("-----BEGIN ");
        int key = line.indexOf("PRIVATE KEY", Math.max(begin, 0));
        if (begin < 0 || key < 0) {
            return;
        }
        int end = line.indexOf("-----END ", key);
        inPrivateKey = end < 0;
        int from = Math.min(
                line.length(), line.indexOf("-----", key) < 0 ? line.length() : line.indexOf("-----", key) + 5);
        int to = end < 0 ? line.length() : end;
        if (to > from) {
            spans.add(new Span(from, to, "private-key"));
        }
    }

    private static byte[] masked(String line, List<Span> spans) {
        spans.sort(Comparator.comparingInt(Span::from));
        StringBuilder text = new StringBuilder(line.length());
        int at = 0;
        for (int i = 0; i < spans.size(); i++) {
            Span span = spans.get(i);
            if (span.to() <= at) {
                continue; // inside the one before
            }
            if (span.from() >= at) {
                text.append(line, at, span.from())
                        .append("[masked:")
                        .append(span.rule())
                        .append(']');
            }
            at = span.to();
        }
        return text.append(line, at, line.length()).toString().getBytes(ISO_8859_1);
    }

    /** Whether a variable of this name holds a secret, by its name alone. */
    public static boolean isSecretName(String variable) {
        String name = variable.toUpperCase(Locale.ROOT);
        for (String part : new String[] {
            "PASSWORD",
            "PASSWD",
            "PASSPHRASE",
            "SECRET",
            "TOKEN",
            "API_KEY",
            "APIKEY",
            "ACCESS_KEY",
            "PRIVATE_KEY",
            "CREDENTIAL"
        }) {
            if (name.contains(part)) {
                return true;
            }
        }
        return false;
    }
}
