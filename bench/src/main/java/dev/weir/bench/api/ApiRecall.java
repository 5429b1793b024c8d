package dev.weir.bench.api;

import dev.weir.bench.tokens.Answer;
import dev.weir.bench.tokens.Recording;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Recorded failures posted to a server as runs that end with exit code 1, and which of the lines that explain them a snapshot
 * within a budget still says: what {@code bench/tokens} measures of {@code weir compact}. With noise, so many harmless lines
 * stand before each recording, and after it, as in a long build, so that the server cannot read the run whole.
 */
public final class ApiRecall {
    private static final int POST_LINES = 5_000;

    private final Served server;
    private final int budget;
    private final int noise;
    private final int after;
    private final List<String> lost = new ArrayList<>();
    private int marked;

    private ApiRecall(Served server, int budget, int noise, int after) {
        this.server = server;
        this.budget = budget;
        this.noise = noise;
        this.after = after;
    }

    public static void main(String[] arguments) throws Exception {
        int budget = 1_500;
        int noise = 0;
        int after = 0;
        List<Path> folders = new ArrayList<>();
        for (String argument : arguments) {
            if (argument.startsWith("--budget=")) {
                budget = Integer.parseInt(argument.substring("--budget=".length()));
            } else if (argument.startsWith("--noise=")) {
                noise = Integer.parseInt(argument.substring("--noise=".length()));
            } else if (argument.startsWith("--after=")) {
                after = Integer.parseInt(argument.substring("--after=".length()));
            } else {
                folders.add(Path.of(argument));
            }
        }
        try (Served server = Served.start()) {
            ApiRecall recall = new ApiRecall(server, budget, noise, after);
            for (Path folder : folders) {
                for (Recording recording : Recording.below(folder)) {
                    recall.measure(recording);
                }
            }
            recall.print();
        }
    }

    private void measure(Recording recording) throws IOException, InterruptedException {
        String run = recording.name();
        long lines = noise + after + recording.lines().size();
        for (int at = 0; at < noise; at += POST_LINES) {
            server.post("/v1/runs/" + run + "/lines", noise(at, Math.min(noise, at + POST_LINES)));
        }
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        for (byte[] line : recording.lines()) {
            body.writeBytes(line);
            body.write('\n');
        }
        server.post("/v1/runs/" + run + "/lines", body.toByteArray());
        for (int at = 0; at < after; at += POST_LINES) {
            server.post("/v1/runs/" + run + "/lines", noise(at, Math.min(after, at + POST_LINES)));
        }
        server.post("/v1/runs/" + run + "/end", "{\"exitCode\":1}".getBytes(StandardCharsets.UTF_8));
        server.await("/v1/runs/" + run, "\"read\":" + lines + ",");
        server.await("/v1/runs/" + run, "\"exitCode\":1,");
        long before = System.nanoTime();
        String text = server.get("/v1/runs/" + run + "/snapshot?format=text&budget=" + budget);
        long took = System.nanoTime() - before;
        Answer answer = new Answer(text.getBytes(StandardCharsets.UTF_8));
        int missing = 0;
        for (int mark : recording.marks()) {
            if (!answer.says(recording.text(mark))) {
                missing++;
                lost.add(String.format("  %-20s %5d %s", run, mark + 1, recording.text(mark)));
            }
        }
        marked += recording.marks().size();
        System.out.printf(
                Locale.ROOT,
                "%-22s %8d lines %6d bytes %7.1f ms %4d of %4d%n",
                run,
                lines,
                text.getBytes(StandardCharsets.UTF_8).length,
                took / 1e6,
                recording.marks().size() - missing,
                recording.marks().size());
    }

    private void print() {
        System.out.printf(
                Locale.ROOT, "recall %.1f %% of %d marked lines%n", 100.0 * (marked - lost.size()) / marked, marked);
        lost.forEach(System.out::println);
    }

    private static byte[] noise(int from, int to) {
        StringBuilder body = new StringBuilder();
        for (int i = from; i < to; i++) {
            body.append("[")
                    .append(i)
                    .append("] compiled module ")
                    .append(i % 997)
                    .append(" in ")
                    .append(i % 89)
                    .append(" ms\n");
        }
        return body.toString().getBytes(StandardCharsets.UTF_8);
    }
}
