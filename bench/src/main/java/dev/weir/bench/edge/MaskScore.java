package dev.weir.bench.edge;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.weir.cli.mask.Masker;
import dev.weir.cli.mask.Masks;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** How many of a labelled set's secrets the masks find, and what else they take for one. */
public final class MaskScore {
    private static final int FILLED = 10;
    private static final Pattern PLACE = Pattern.compile("\\{(uuid|(hex|HEX|b64|url|an|AN|a|d|b32):(\\d+))\\}");
    private static final Pattern SECRET = Pattern.compile("«([^»]*)»");
    private static final Map<String, String> ALPHABETS = Map.of(
            "hex", "0123456789abcdef",
            "HEX", "0123456789ABCDEF",
            "b64", "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/",
            "url", "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_",
            "an", "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789",
            "AN", "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789",
            "a", "abcdefghijklmnopqrstuvwxyz",
            "d", "0123456789",
            "b32", "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567");

    private final Random random = new Random(1);
    private final List<String> missed = new ArrayList<>();
    private final List<String> wronged = new ArrayList<>();
    private int secrets;
    private int found;
    private int harmless;
    private int falsePositives;

    private MaskScore() {}

    public static void main(String[] arguments) throws IOException {
        MaskScore score = new MaskScore();
        for (String line : Files.readAllLines(Path.of(arguments[0]), UTF_8)) {
            if (!line.isBlank() && !line.startsWith("#")) {
                score.judge(line);
            }
        }
        score.print();
    }

    private void judge(String labelled) {
        boolean secret = SECRET.matcher(labelled).find();
        int hits = 0;
        for (int i = 0; i < FILLED; i++) {
            String filled = fill(labelled);
            Masker masker = Masks.of(false, Map.of(), Map.of()).masker().orElseThrow();
            String masked = masker.mask(filled.replace("«", "").replace("»", ""));
            hits += secret ? (isCovered(filled, masked) ? 1 : 0) : masked.equals(filled) ? 0 : 1;
        }
        if (secret) {
            secrets += FILLED;
            found += hits;
            note(missed, labelled, FILLED - hits);
        } else {
            harmless += FILLED;
            falsePositives += hits;
            note(wronged, labelled, hits);
        }
    }

    private static void note(List<String> list, String labelled, int times) {
        if (times > 0) {
            list.add(String.format("  %2d of %d  %s", times, FILLED, labelled));
        }
    }

    /** A secret of which any eight characters in a row are left is not masked. */
    private static boolean isCovered(String filled, String masked) {
        Matcher secret = SECRET.matcher(filled);
        while (secret.find()) {
            String text = secret.group(1);
            int piece = Math.min(8, text.length());
            for (int i = 0; i + piece <= text.length(); i++) {
                if (masked.contains(text.substring(i, i + piece))) {
                    return false;
                }
            }
        }
        return true;
    }

    private String fill(String line) {
        return PLACE.matcher(line)
                .replaceAll(place -> Matcher.quoteReplacement(
                        place.group(2) == null ? uuid() : letters(place.group(2), Integer.parseInt(place.group(3)))));
    }

    private String uuid() {
        return letters("hex", 8) + "-" + letters("hex", 4) + "-4" + letters("hex", 3) + "-a" + letters("hex", 3) + "-"
                + letters("hex", 12);
    }

    private String letters(String alphabet, int count) {
        String from = ALPHABETS.getOrDefault(alphabet, "");
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < count; i++) {
            text.append(from.charAt(random.nextInt(from.length())));
        }
        return text.toString();
    }

    private void print() {
        System.out.printf("secrets masked: %d of %d, %.1f %%%n", found, secrets, 100.0 * found / secrets);
        missed.forEach(System.out::println);
        System.out.printf(
                "harmless lines changed: %d of %d, %.1f %%%n",
                falsePositives, harmless, 100.0 * falsePositives / harmless);
        wronged.forEach(System.out::println);
    }
}
