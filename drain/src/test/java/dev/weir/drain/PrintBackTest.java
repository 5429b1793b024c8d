package dev.weir.drain;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class PrintBackTest {
    private static final MinerSettings SETTINGS = MinerSettings.DEFAULTS.withHeader(false);

    static List<Corpus> corpora() {
        List<Corpus> all = new ArrayList<>(Corpus.all());
        all.add(new Corpus("everything at once", Corpus.interleaved(all)));
        return all;
    }

    @ParameterizedTest
    @MethodSource("corpora")
    void everyLineIsItsTemplateWithItsOwnValuesByteForByte(Corpus corpus) {
        Hash hash = new Hash(17);
        Lexed lexed = new Lexed(SETTINGS.maxTokens() * 6, hash);
        Lexer lexer = new Lexer(lexed, SETTINGS.maxBytes(), SETTINGS.maxTokens() * 6, hash);
        Normaliser normaliser = new Normaliser(lexed, new Marked(), SETTINGS.maxTokens());
        Catalogue catalogue = new Catalogue(SETTINGS, hash);
        List<Template> templates = new ArrayList<>();
        for (byte[] line : corpus.lines()) {
            lexer.lex(line, 0, line.length, true, null);
            templates.add(catalogue.place(normaliser.tokens(line, 0), Level.INFO));
        }

        int i = 0;
        for (byte[] line : corpus.lines()) {
            Template t = templates.get(i++);
            while (t.mergedInto >= 0) {
                t = catalogue.roster.get(t.mergedInto);
                assertTrue(t != null);
            }
            lexer.lex(line, 0, line.length, true, null);
            Token[] tokens = normaliser.tokens(line, 0);
            String message = Bytes.latin1(line, 0, line.length);

            String printed = PrintBack.fill(t, PrintBack.values(t, tokens, line));

            assertEquals(trimmed(message), printed);
        }
    }

    /** White space around a message is not part of it. */
    private static String trimmed(String message) {
        int from = 0;
        int to = message.length();
        while (from < to && Bytes.space((byte) message.charAt(from))) {
            from++;
        }
        while (to > from && Bytes.space((byte) message.charAt(to - 1))) {
            to--;
        }
        return message.substring(from, to);
    }
}
