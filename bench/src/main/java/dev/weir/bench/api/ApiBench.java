package dev.weir.bench.api;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A run of 500 templates and, by default, a million lines; then, requests over kept connections from
 * plain sockets in this process: a snapshot after a new line each time, a delta with nothing new, the list of runs, an expansion.
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
        String cursor = cursor();
        Load snapshot = (client, i) -> client.get("/v1/runs/big/snapshot?limit=50");
        Load line = (client, i) -> client.post(
                "/v1/runs/big/lines",
                ("request of kind " + word(i % TEMPLATES) + " took " + i + " ms\n").getBytes(StandardCharsets.UTF_8));
        timed("snapshot of 50 templates, after a new line", 1, 500, line, snapshot);
        timed("the same, two at a time", 2, 1_000, line, snapshot);
        timed(
                "snapshot within 1,500 tokens",
                1,
                200,
                line,
                (client, i) -> client.get("/v1/runs/big/snapshot?budget=1500"));
        String latest = cursor();
        timed("delta with nothing new", 1, 5_000, NOTHING, (client, i) -> client.get(delta(latest)));
        timed("the same, four at a time", 4, 20_000, NOTHING, (client, i) -> client.get(delta(latest)));
        timed("delta in which most templates grew", 1, 500, line, (client, i) -> client.get(delta(cursor)));
        timed("runs, page of 50 of " + (runs + 1), 1, 300, NOTHING, (client, i) -> client.get("/v1/runs"));
        timed(
                "expand, 20 lines",
                1,
                200,
                NOTHING,
                (client, i) -> client.get("/v1/runs/big/templates/" + i % 50 + "/lines?n=20"));
    }

    private static final Load NOTHING = (client, i) -> 0;

    private static String delta(String cursor) {
        return "/v1/runs/big/snapshot?cursor=" + cursor;
    }

    private interface Load {
        int ask(RawClient client, int i) throws IOException;
    }

    /** Only the request itself is timed, not what precedes it; a second is one of the whole, what precedes left out. */
    private void timed(String what, int atOnce, int times, Load before, Load request) throws InterruptedException {
        run(atOnce, Math.min(1_000, times), before, request);
        long[] nanos = run(atOnce, times, before, request);
        long sum = Arrays.stream(nanos).sum();
        Arrays.sort(nanos);
        System.out.printf(
                Locale.ROOT,
                "%-45s p50 %7.2f ms  p99 %7.2f ms  %7.0f a second%n",
                what,
                nanos[nanos.length / 2] / 1e6,
                nanos[nanos.length * 99 / 100] / 1e6,
                nanos.length * 1e9 * atOnce / sum);
    }

    private long[] run(int atOnce, int times, Load before, Load request) throws InterruptedException {
        long[] nanos = new long[times / atOnce * atOnce];
        List<Thread> clients = new ArrayList<>();
        for (int one = 0; one < atOnce; one++) {
            int first = one;
            Thread thread = new Thread(() -> {
                try (RawClient client = new RawClient(server.uri("/"))) {
                    for (int i = first; i < nanos.length; i += atOnce) {
                        before.ask(client, i);
                        long begun = System.nanoTime();
                        request.ask(client, i);
                        nanos[i] = System.nanoTime() - begun;
                    }
                } catch (IOException failed) {
                    throw new UncheckedIOException(failed);
                }
            });
            thread.start();
            clients.add(thread);
        }
        for (Thread client : clients) {
            client.join();
        }
        return nanos;
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
