package dev.weir.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.weir.cli.mask.Masker;
import dev.weir.cli.mask.Masks;
import dev.weir.cli.net.Http;
import java.io.ByteArrayOutputStream;
import java.net.URLEncoder;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The lines of a command that was woken, on their way to the run over HTTP: masked, numbered by source so that a batch that
 * is sent again counts once, and bounded while the server is away. Safe for the threads that read its two streams.
 */
final class PhaseLines {
    private static final int LONGEST_LINE = 256 << 10;
    private static final int BATCH = 64 << 10;
    private static final int MOST_WAITING = 8 << 20;
    private static final long LAST_TRIES_MILLIS = 10_000;
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final NodeApi api;
    private final String run;
    private final String source;
    private final Masks masks;
    private final Map<String, Source> sources = new HashMap<>();

    PhaseLines(NodeApi api, String run, String source, Map<String, String> environment) {
        this.api = api;
        this.run = run;
        this.source = source;
        this.masks = Masks.of(false, Map.of(), environment);
    }

    /** One stream of the command. */
    private final class Source {
        final String stream;
        final Optional<Masker> masker = masks.masker();
        final ByteArrayOutputStream line = new ByteArrayOutputStream();
        final StringBuilder waiting = new StringBuilder();
        long next;
        long waitingLines;

        Source(String stream) {
            this.stream = stream;
        }

        void line(boolean newline) {
            byte[] bytes = line.toByteArray();
            line.reset();
            byte[] masked =
                    masker.flatMap(each -> each.mask(bytes, 0, bytes.length)).orElse(bytes);
            if (waiting.length() < MOST_WAITING) {
                waiting.append("{\"bytes\":\"").append(Base64.getEncoder().encodeToString(masked));
                waiting.append("\",\"time\":\"").append(Instant.now()).append('"');
                waiting.append(newline ? "}\n" : ",\"newline\":false}\n");
                waitingLines++;
            }
        }

        boolean sent() {
            if (waitingLines == 0) {
                return true;
            }
            String path = "/v1/runs/" + run + "/lines?source=" + coded(source + "-" + stream) + "&stream="
                    + coded(stream) + "&seq=" + next;
            try {
                Http.Answer answer = api.send("POST", path, "application/x-ndjson", waiting.toString(), PATIENCE);
                if (answer.ok()) {
                    next += waitingLines;
                    waitingLines = 0;
                    waiting.setLength(0);
                }
                return answer.ok();
            } catch (NodeApi.Unreachable away) {
                return false;
            }
        }
    }

    synchronized void bytes(String stream, byte[] bytes, int length) {
        Source to = sources.computeIfAbsent(stream, Source::new);
        int start = 0;
        for (int i = 0; i < length; i++) {
            if (bytes[i] == '\n') {
                to.line.write(bytes, start, i - start);
                to.line(true);
                start = i + 1;
            }
        }
        to.line.writeBytes(Arrays.copyOfRange(bytes, start, length));
        if (to.line.size() > LONGEST_LINE) {
            to.line(true);
        }
        if (to.waiting.length() > BATCH) {
            to.sent();
        }
    }

    /** Sends what is left, for some time; what nobody takes then is lost to the run, and was on weir's own output. */
    synchronized void flush() throws InterruptedException {
        long end = System.nanoTime() + LAST_TRIES_MILLIS * 1_000_000;
        for (Source each : sources.values()) {
            if (each.line.size() > 0) {
                each.line(false);
            }
            while (!each.sent() && System.nanoTime() < end) {
                wait(500);
            }
        }
    }

    private static String coded(String text) {
        return URLEncoder.encode(text, UTF_8);
    }
}
