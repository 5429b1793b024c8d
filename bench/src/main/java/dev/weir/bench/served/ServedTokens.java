package dev.weir.bench.served;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.weir.bench.tokens.Answer;
import dev.weir.bench.tokens.Recording;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * What recorded logs cost a reader of a server: raw, as one snapshot within a budget, and looked at again and again while
 * they come, once by cursor and once reading all there is so far; and which marked lines the snapshot says.
 */
public final class ServedTokens {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int BYTES_PER_TOKEN = 4;
    private static final int LOOKS = 10;
    private static final int CHUNK = 4 << 20;
    private static final long PATIENCE_NANOS = 120_000_000_000L;

    private final HttpClient client = HttpClient.newHttpClient();
    private final URI server;
    private final int budget;
    private final boolean showLost;
    private final List<String> lost = new ArrayList<>();
    private final long[] sums = new long[7];

    private ServedTokens(URI server, int budget, boolean showLost) {
        this.server = server;
        this.budget = budget;
        this.showLost = showLost;
    }

    public static void main(String[] args) throws Exception {
        int budget = 1500;
        boolean lost = false;
        List<Path> folders = new ArrayList<>();
        for (String arg : args) {
            if (arg.startsWith("--budget=")) {
                budget = Integer.parseInt(arg.substring("--budget=".length()));
            } else if (arg.equals("--lost")) {
                lost = true;
            } else if (!arg.startsWith("http:")) {
                folders.add(Path.of(arg));
            }
        }
        if (args.length == 0 || !args[0].startsWith("http:") || folders.isEmpty()) {
            System.err.println("Usage: served-tokens [--budget=TOKENS] [--lost] FOLDER...");
            System.exit(2);
        }
        for (Path folder : folders) {
            new ServedTokens(URI.create(args[0]), budget, lost).measure(Recording.below(folder));
        }
    }

    private void measure(List<Recording> recordings) throws Exception {
        System.out.printf(
                "%-22s %8s %9s %8s %6s %9s %9s %6s %5s %6s%n",
                "log", "lines", "raw", "snapshot", "x", "rereads", "by cursor", "x", "marks", "recall");
        for (Recording recording : recordings) {
            measure(recording);
        }
        row("all " + recordings.size(), sums);
        System.out.println("Tokens of " + BYTES_PER_TOKEN + " bytes; snapshots within " + budget + ". Rereads: " + LOOKS
                + " looks at all there is so far; by cursor: as many snapshots of what changed since the one before.");
        lost.forEach(System.out::println);
    }

    private void measure(Recording recording) throws Exception {
        String run = "tokens-" + Long.toString(System.nanoTime(), 36);
        post("/v1/runs", "{\"run\":\"" + run + "\"}", 201);
        int size = recording.lines().size();
        long soFar = 0;
        long rereads = 0;
        long byCursor = 0;
        String cursor = "";
        int next = 0;
        for (int look = 1; look <= LOOKS; look++) {
            int end = (int) ((long) size * look / LOOKS);
            for (byte[] line : recording.lines().subList(next, end)) {
                soFar += line.length + 1;
            }
            send(run, recording.lines().subList(next, end));
            counted(run, end);
            next = end;
            String text = snapshot(run, cursor);
            cursor = JSON.readTree(get("/v1/runs/" + run + "/snapshot?limit=1"))
                    .path("cursor")
                    .asText();
            rereads += tokens(soFar);
            byCursor += tokens(text.getBytes(StandardCharsets.UTF_8).length);
        }
        post("/v1/runs/" + run + "/end", "{\"exitCode\":1}", 200);
        byte[] snapshot = snapshot(run, "").getBytes(StandardCharsets.UTF_8);
        Answer answer = new Answer(snapshot);
        List<String> missing = recording.marks().stream()
                .filter(mark -> !answer.says(recording.text(mark)))
                .map(mark -> String.format("  %-20s %5d %s", recording.name(), mark + 1, recording.text(mark)))
                .toList();
        lost.addAll(showLost ? missing : missing.subList(0, Math.min(1, missing.size())));
        long[] numbers = {
            size,
            tokens(recording.bytes().length),
            tokens(snapshot.length),
            rereads,
            byCursor,
            recording.marks().size(),
            recording.marks().size() - missing.size()
        };
        for (int i = 0; i < numbers.length; i++) {
            sums[i] += numbers[i];
        }
        row(recording.name(), numbers);
    }

    private String snapshot(String run, String cursor) throws IOException, InterruptedException {
        return get("/v1/runs/" + run + "/snapshot?format=text&budget=" + budget
                + (cursor.isEmpty() ? "" : "&cursor=" + URLEncoder.encode(cursor, StandardCharsets.UTF_8)));
    }

    private void send(String run, List<byte[]> lines) throws IOException, InterruptedException {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        for (byte[] line : lines) {
            body.writeBytes(line);
            body.write('\n');
            if (body.size() > CHUNK) {
                postLines(run, body);
            }
        }
        postLines(run, body);
    }

    private void postLines(String run, ByteArrayOutputStream body) throws IOException, InterruptedException {
        if (body.size() > 0) {
            answer(
                    HttpRequest.newBuilder(server.resolve("/v1/runs/" + run + "/lines"))
                            .header("Content-Type", "text/plain")
                            .POST(HttpRequest.BodyPublishers.ofByteArray(body.toByteArray()))
                            .build(),
                    200);
            body.reset();
        }
    }

    private void counted(String run, long lines) throws IOException, InterruptedException {
        long end = System.nanoTime() + PATIENCE_NANOS;
        while (true) {
            HttpResponse<String> answer = client.send(
                    HttpRequest.newBuilder(server.resolve("/v1/runs/" + run)).build(),
                    HttpResponse.BodyHandlers.ofString());
            JsonNode sum = JSON.readTree(answer.body()).path("accounting");
            if (answer.statusCode() == 200 && sum.path("read").asLong() == lines) {
                return;
            }
            if (System.nanoTime() > end) {
                throw new IOException(run + " does not come to " + lines + " lines: " + sum);
            }
            Thread.sleep(10);
        }
    }

    private String get(String path) throws IOException, InterruptedException {
        return answer(HttpRequest.newBuilder(server.resolve(path)).build(), 200);
    }

    private void post(String path, String body, int expected) throws IOException, InterruptedException {
        answer(
                HttpRequest.newBuilder(server.resolve(path))
                        .POST(HttpRequest.BodyPublishers.ofString(body))
                        .build(),
                expected);
    }

    private String answer(HttpRequest request, int expected) throws IOException, InterruptedException {
        HttpResponse<String> answer = client.send(request, HttpResponse.BodyHandlers.ofString());
        if (answer.statusCode() != expected) {
            throw new IOException(request.uri() + " answered " + answer.statusCode() + ": " + answer.body());
        }
        return answer.body();
    }

    private static void row(String name, long[] n) {
        System.out.printf(
                "%-22s %,8d %,9d %,8d %6.1f %,9d %,9d %6.1f %5d %6s%n",
                name,
                n[0],
                n[1],
                n[2],
                (double) n[1] / n[2],
                n[3],
                n[4],
                (double) n[3] / n[4],
                n[5],
                n[5] == 0 ? "-" : String.format("%.1f%%", 100.0 * n[6] / n[5]));
    }

    private static long tokens(long bytes) {
        return (bytes + BYTES_PER_TOKEN - 1) / BYTES_PER_TOKEN;
    }
}
