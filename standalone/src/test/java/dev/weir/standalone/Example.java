package dev.weir.standalone;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** One command of a document's {@code console} block, with what the document says it prints. */
record Example(String command, String output) {

    /** All of a document's, in order. */
    static List<Example> in(Path document) throws IOException {
        List<Example> examples = new ArrayList<>();
        String command = null;
        StringBuilder output = new StringBuilder();
        boolean inside = false;
        for (String line : Files.readAllLines(document)) {
            boolean fence = line.startsWith("```");
            if (inside && (fence || line.startsWith("$ ")) && command != null) {
                examples.add(new Example(command, output.toString()));
                command = null;
                output.setLength(0);
            }
            if (fence) {
                inside = line.equals("```console");
            } else if (inside && line.startsWith("$ ")) {
                command = line.substring(2);
            } else if (inside) {
                output.append(line).append('\n');
            }
        }
        return examples;
    }

    /** What differs from run to run, and says nothing about whether a document is true, made alike. */
    static String alike(String text) {
        return text.replaceAll("\\d{8}-\\d{6}-[a-z0-9]{5}", "RUN")
                .replaceAll("\\d{4}-\\d\\d-\\d\\dT[0-9:.]+Z", "TIME")
                .replaceAll("\\b\\d\\d:\\d\\d:\\d\\d(\\.\\d+)?\\b", "TIME")
                .replaceAll("\\b\\d+(\\.\\d+)? ?(ms|s)\\b", "DURATION")
                .replaceAll("(?m)^cursor: [A-Za-z0-9_-]+$", "cursor: CURSOR")
                .replaceAll("(?m)[ \\t]+$", "");
    }
}
