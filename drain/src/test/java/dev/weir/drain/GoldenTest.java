package dev.weir.drain;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Logs of many formats, each with the templates a person would find in it. {@code -Dweir.golden=update} writes down what
 * the miner finds now; whoever does that reads the difference before committing it.
 */
class GoldenTest {
    private static final Path CORPORA = Path.of("src/test/resources/golden");
    /** 4 March 2025, 9:00 UTC: what a timestamp without a year is near. */
    private static final long ARRIVAL = 1_741_078_800_000L;

    private static final boolean UPDATE = "update".equals(System.getProperty("weir.golden"));

    @ParameterizedTest
    @MethodSource("corpora")
    void findsTheTemplatesThatAPersonWould(String corpus) throws IOException {
        List<byte[]> lines = Lines.of(Files.readAllBytes(CORPORA.resolve(corpus).resolve("input.log")));

        String found = found(lines);

        Path expected = CORPORA.resolve(corpus).resolve("expected.txt");
        if (UPDATE) {
            Files.writeString(expected, found);
        }
        assertEquals(Files.readString(expected), found);
    }

    @ParameterizedTest
    @MethodSource("corpora")
    void countsEveryLineOnce(String corpus) throws IOException {
        List<byte[]> lines = Lines.of(Files.readAllBytes(CORPORA.resolve(corpus).resolve("input.log")));

        long counted = mined(lines).templates().stream()
                .mapToLong(Template::totalCount)
                .sum();

        assertEquals(lines.size(), counted);
    }

    static Stream<String> corpora() throws IOException {
        try (Stream<Path> folders = Files.list(CORPORA)) {
            return folders.filter(Files::isDirectory).map(f -> f.getFileName().toString()).sorted().toList().stream();
        }
    }

    private static String found(List<byte[]> lines) {
        StringBuilder out = new StringBuilder("count events level   template\n");
        for (Template t : mined(lines).templates()) {
            out.append(String.format("%5d %6d %-7s ", t.totalCount(), t.totalEvents(), t.level()));
            out.append(t.text()).append('\n');
        }
        return out.toString();
    }

    private static Miner mined(List<byte[]> lines) {
        Miner miner = new Miner();
        Miner.Source source = miner.source("stdout");
        for (int i = 0; i < lines.size(); i++) {
            byte[] line = lines.get(i);
            miner.mine(source, line, 0, line.length, i, 0, Level.UNKNOWN, ARRIVAL);
        }
        return miner;
    }

    /** The lines of a file as an edge sends them: cut at newlines, and only there. */
    static final class Lines {
        private Lines() {}

        static List<byte[]> of(byte[] all) {
            String text = new String(all, StandardCharsets.ISO_8859_1);
            if (text.endsWith("\n")) {
                text = text.substring(0, text.length() - 1);
            }
            return Stream.of(text.split("\n", -1))
                    .map(line -> line.getBytes(StandardCharsets.ISO_8859_1))
                    .toList();
        }
    }
}
