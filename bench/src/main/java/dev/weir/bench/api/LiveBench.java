package dev.weir.bench.api;

import dev.weir.embedded.RegistryProcess;
import java.net.URI;
import java.net.http.WebSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * From a child's output to a WebSocket: {@code weir run} in a process of its own wraps a command that prints a thousand lines a
 * second with the time in each; one client notes when it got which line, others only watch.
 */
public final class LiveBench {
    private static final Pattern PRINTED = Pattern.compile("line (\\d+) of a steady stream printed at (\\d+)");

    private LiveBench() {}

    public static void main(String[] arguments) throws Exception {
        int perSecond = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 1_000;
        int seconds = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 15;
        int others = arguments.length > 2 ? Integer.parseInt(arguments[2]) : 0;
        Path directory = Files.createTempDirectory("live-bench");
        try (RegistryProcess registry = RegistryProcess.start(directory.resolve("registry"), 0);
                Served server = Served.start(directory, registry.url())) {
            measure(server, directory, perSecond, seconds, others);
        }
    }

    private static void measure(Served server, Path directory, int perSecond, int seconds, int others)
            throws Exception {
        int lines = perSecond * seconds;
        Listener listener = new Listener(lines);
        server.post("/v1/runs", "{\"run\":\"chatter\"}".getBytes(java.nio.charset.StandardCharsets.UTF_8));
        server.await("/v1/runs/chatter", "\"id\":\"chatter\"");
        watch(server, listener);
        AtomicLong elsewhere = new AtomicLong();
        for (int other = 0; other < others; other++) {
            watch(server, new Counting(elsewhere));
        }
        Process run = run(server, directory, perSecond, seconds);
        boolean all = listener.done.await(seconds + 60L, TimeUnit.SECONDS);
        run.waitFor();
        listener.print(all);
        if (others > 0) {
            System.out.printf(Locale.ROOT, "%d other watchers got %d messages in all%n", others, elsewhere.get());
        }
    }

    private static WebSocket watch(Served server, WebSocket.Listener listener) {
        URI uri =
                URI.create(server.uri("/v1/runs/chatter/live?tail=0").toString().replace("http:", "ws:"));
        return server.client().newWebSocketBuilder().buildAsync(uri, listener).join();
    }

    private static Process run(Served server, Path directory, int perSecond, int seconds) throws Exception {
        String java = ProcessHandle.current().info().command().orElse("java");
        String classes = System.getProperty("java.class.path");
        List<String> command = new ArrayList<>(List.of(java, "-XX:TieredStopAtLevel=1", "-cp", classes));
        command.addAll(List.of("dev.weir.cli.Weir", "run", "-q", "--run-id", "chatter", "--"));
        command.addAll(List.of(java, "-XX:TieredStopAtLevel=1", "-cp", classes, Chatter.class.getName()));
        command.addAll(List.of(Integer.toString(perSecond), Integer.toString(seconds)));
        ProcessBuilder builder = new ProcessBuilder(command).redirectOutput(ProcessBuilder.Redirect.DISCARD);
        builder.redirectError(directory.resolve("run.err").toFile());
        builder.environment().putAll(server.cluster());
        builder.environment().put("WEIR_STATE_DIR", directory.resolve("edge").toString());
        return builder.start();
    }

    private static final class Counting implements WebSocket.Listener {
        private final AtomicLong messages;

        Counting(AtomicLong messages) {
            this.messages = messages;
        }

        @Override
        public @Nullable CompletionStage<?> onText(WebSocket socket, CharSequence data, boolean last) {
            messages.incrementAndGet();
            socket.request(1);
            return null;
        }
    }

    private static final class Listener implements WebSocket.Listener {
        final CountDownLatch done = new CountDownLatch(1);
        private final long[] took;
        private final StringBuilder part = new StringBuilder();
        private int got;

        Listener(int lines) {
            took = new long[lines];
        }

        @Override
        public @Nullable CompletionStage<?> onText(WebSocket socket, CharSequence data, boolean last) {
            part.append(data);
            if (last) {
                Matcher printed = PRINTED.matcher(part);
                if (printed.find()) {
                    took[Integer.parseInt(printed.group(1))] = Chatter.epochNanos() - Long.parseLong(printed.group(2));
                    got++;
                }
                part.setLength(0);
                if (got == took.length) {
                    done.countDown();
                }
            }
            socket.request(1);
            return null;
        }

        /** Without the first seconds, in which two JVMs have just begun. */
        void print(boolean all) {
            long[] warm = Arrays.copyOfRange(took, took.length / 5, took.length);
            Arrays.sort(warm);
            System.out.printf(
                    Locale.ROOT,
                    "%d lines of %d%s: p50 %.1f ms  p99 %.1f ms  most %.1f ms%n",
                    got,
                    took.length,
                    all ? "" : " (not all came)",
                    warm[warm.length / 2] / 1e6,
                    warm[warm.length * 99 / 100] / 1e6,
                    warm[warm.length - 1] / 1e6);
        }
    }
}
