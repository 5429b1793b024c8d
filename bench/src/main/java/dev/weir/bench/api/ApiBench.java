package dev.weir.bench.api;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A run of 500 templates and, by default, a million lines; then, one request after another from one JDK HttpClient in
 * this process: a snapshot after a new line each time, a delta with nothing new, the list of runs, an expansion.
 */
public final class ApiBench {
    private static final int TEMPLATES = 500;
    private static final int POST_LINES = 20_000;
    private static final Pattern CURSOR = Pattern.compile("\"cursor\":\"([^\"]*)\"");

    private final Served server;

    private ApiBench(Served server) {
        this.server = server;
    }

    public static void main(String[] arguments) throws Exception {
        int lines = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 1_000_000;
        int runs = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 1_000;
        try (Served server = Served.start()) {
            new ApiBench(server).measure(lines, runs);
        }
    }

    private void measure(int lines, int runs) throws IOException, InterruptedException {
        for (int at = 0; at < lines; at += POST_LINES) {
            post("/v1/runs/big/lines", batch(at));
        }
        await("/v1/runs/big", "\"counted\":" + (lines + POST_LINES - 1) / POST_LINES * POST_LINES + ",");
        for (int run = 0; run < runs; run++) {
            post("/v1/runs/small-" + run + "/lines", "one line of run " + run + "\n");
        }
        System.out.println("lines " + lines + ", templates in the run: " + templates());
        timed("snapshot of 50 templates, after a new line", 500, i -> {
            post("/v1/runs/big/lines", "request of kind " + word(i % TEMPLATES) + " took " + i + " ms\n");
            return "/v1/runs/big/snapshot?limit=50";
        });
        String cursor = cursor();
        timed("delta with nothing new", 5_000, i -> "/v1/runs/big/snapshot?cursor=" + cursor);
        timed("runs, page of 50 of " + (runs + 1), 300, i -> "/v1/runs");
        timed("expand, 20 lines", 100, i -> "/v1/runs/big/templates/" + i % 50 + "/lines?n=20");
    }

    private interface Request {
        String path(int i) throws IOException, InterruptedException;
    }

    /** Only the request itself is timed, not what precedes it. */
    private void timed(String what, int times, Request request) throws IOException, InterruptedException {
        for (int i = 0; i < Math.min(300, times); i++) {
            get(request.path(i));
        }
        long[] nanos = new long[times];
        long sum = 0;
        for (int i = 0; i < times; i++) {
            String path = request.path(i);
            long before = System.nanoTime();
            get(path);
            nanos[i] = System.nanoTime() - before;
            sum += nanos[i];
        }
        Arrays.sort(nanos);
        System.out.printf(
                Locale.ROOT,
                "%-45s p50 %7.2f ms  p99 %7.2f ms  %7.0f a second%n",
                what,
                nanos[times / 2] / 1e6,
                nanos[times * 99 / 100] / 1e6,
                times * 1e9 / sum);
    }

    private static String batch(int from) {
        StringBuilder body = new StringBuilder(POST_LINES * 40);
        for (int i = from; i < from + POST_LINES; i++) {
            body.append("request of kind ")
                    .append(word(i % TEMPLATES))
                    .append(" took ")
                    .append(i)
                    .append(" ms\n");
        }
        return body.toString();
    }

    /** Constant words of one to five parts each, so that the miner keeps the kinds apart. */
    private static String word(int kind) {
        return "step ".repeat(kind % 25) + "of ".repeat(kind / 25 + 1) + "work";
    }

    private String templates() throws IOException, InterruptedException {
        Matcher found = Pattern.compile("\"templates\":(\\d+),\"signals\"").matcher(get("/v1/runs/big"));
        return found.find() ? found.group(1) : "unknown";
    }

    private String cursor() throws IOException, InterruptedException {
        Matcher found = CURSOR.matcher(get("/v1/runs/big/snapshot?limit=1"));
        if (!found.find()) {
            throw new IllegalStateException("A snapshot without a cursor");
        }
        return found.group(1);
    }

    private void await(String path, String wanted) throws IOException, InterruptedException {
        server.await(path, wanted);
    }

    private String get(String path) throws IOException, InterruptedException {
        return server.get(path);
    }

    private void post(String path, String body) throws IOException, InterruptedException {
        server.post(path, body.getBytes(StandardCharsets.UTF_8));
    }
}
