package dev.weir.cli.mask;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.BitSet;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.Test;

class KeywordsTest {
    private static final List<String> WORDS = List.of(
            "sk-",
            "eyj",
            "://",
            "token",
            "akia",
            "asia",
            "secret",
            "api_key",
            "api-key",
            "apikey",
            "-----begin ",
            "sg.",
            "p\u00e4ss");

    @Test
    void findsAWordWhereverItStands() {
        Keywords keywords = Keywords.of(WORDS);

        for (int word = 0; word < WORDS.size(); word++) {
            for (String line : List.of("%s", "a line with %s in it", "%s at first", "at last %s", "S%s%s")) {
                assertEquals(
                        word,
                        found(keywords, line.replace("%s", inCapitals(WORDS.get(word))))
                                .nextSetBit(0),
                        line + WORDS.get(word));
            }
        }
    }

    @Test
    void findsWhatLookingForEachWordFinds() {
        Keywords keywords = Keywords.of(WORDS);
        Random random = new Random(7);
        String letters = "skeyj:/token-aizp_.g ";

        for (int i = 0; i < 200_000; i++) {
            StringBuilder line = new StringBuilder();
            for (int length = random.nextInt(12); length > 0; length--) {
                if (random.nextInt(4) == 0) {
                    String word = WORDS.get(random.nextInt(WORDS.size()));
                    line.append(word, 0, 1 + random.nextInt(word.length()));
                } else {
                    line.append(letters.charAt(random.nextInt(letters.length())));
                }
            }
            BitSet wanted = new BitSet();
            for (int word = 0; word < WORDS.size(); word++) {
                wanted.set(word, line.indexOf(WORDS.get(word)) >= 0);
            }

            assertEquals(wanted, found(keywords, line.toString()), line::toString);
        }
    }

    /** As a line of bytes has it: letters beyond ASCII are no letters there. */
    private static String inCapitals(String word) {
        return word.chars().allMatch(c -> c < 128) ? word.toUpperCase(Locale.ROOT) : word;
    }

    private static BitSet found(Keywords keywords, String line) {
        byte[] bytes = ("xyz" + line + "token").getBytes(ISO_8859_1);
        BitSet found = keywords.in(bytes, 3, line.length());
        return found == null ? new BitSet() : found;
    }
}
