package dev.weir.cli.tail;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.weir.cli.net.Json;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.URLEncoder;
import java.nio.file.Path;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A container's log through the Engine's API on its socket: stdout and stderr apart by the 8-byte frames, a terminal's without
 * frames. Ends with the container; whoever starts it again finds the container of that name, be it another.
 */
final class DockerFeed implements Feed {
    private static final int TAIL = 1_000;
    private static final int LARGEST_LINE = 1 << 20;

    private final Path socket;
    private final String name;
    private volatile @Nullable UnixHttp open;

    DockerFeed(Path socket, String name) {
        this.socket = socket;
        this.name = name;
    }

    @Override
    public void follow(String since, Taker taker) throws IOException, InterruptedException {
        String path = "/containers/" + URLEncoder.encode(name, UTF_8);
        boolean terminal;
        try (UnixHttp inspect = UnixHttp.get(socket, path + "/json")) {
            Json container = Json.parse(new String(inspect.body().readAllBytes(), UTF_8));
            if (inspect.status() != 200) {
                throw new IOException(container.get("message").text());
            }
            terminal = container.get("Config").get("Tty").isTrue();
        }
        String from = since.isEmpty() ? "&tail=" + TAIL : "&since=" + seconds(since);
        try (UnixHttp logs =
                UnixHttp.get(socket, path + "/logs?follow=true&stdout=true&stderr=true&timestamps=true" + from)) {
            open = logs;
            if (logs.status() != 200) {
                throw new IOException("the Engine answered " + logs.status() + " to a request for the log of " + name);
            }
            if (terminal) {
                read(logs.body(), "stdout", taker);
            } else {
                frames(logs.body(), taker);
            }
        } finally {
            open = null;
        }
    }

    /** The Engine writes times as people do, and reads seconds only. */
    private static String seconds(String stamp) throws IOException {
        try {
            Instant at = Instant.parse(stamp);
            return at.getEpochSecond() + "."
                    + String.valueOf(1_000_000_000 + at.getNano()).substring(1);
        } catch (DateTimeParseException unknown) {
            throw new IOException("'" + stamp + "' is no time that the Engine writes", unknown);
        }
    }

    private static void read(InputStream in, String stream, Taker taker) throws IOException, InterruptedException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int b; (b = in.read()) >= 0; ) {
            add(line, b, stream, taker);
        }
        if (line.size() > 0) {
            take(line, stream, taker);
        }
    }

    private static void frames(InputStream in, Taker taker) throws IOException, InterruptedException {
        Map<String, ByteArrayOutputStream> lines = new HashMap<>();
        while (true) {
            int type = in.read();
            if (type < 0) {
                break;
            }
            byte[] rest = in.readNBytes(7);
            if (rest.length < 7) {
                throw new EOFException("the log of a container ended within a frame");
            }
            String stream = type == 2 ? "stderr" : "stdout";
            ByteArrayOutputStream line = lines.computeIfAbsent(stream, fresh -> new ByteArrayOutputStream());
            long length = (rest[3] & 0xFFL) << 24 | (rest[4] & 0xFFL) << 16 | (rest[5] & 0xFFL) << 8 | rest[6] & 0xFFL;
            for (long i = 0; i < length; i++) {
                int b = in.read();
                if (b < 0) {
                    throw new EOFException("the log of a container ended within a frame");
                }
                add(line, b, stream, taker);
            }
        }
        for (Map.Entry<String, ByteArrayOutputStream> line : lines.entrySet()) {
            if (line.getValue().size() > 0) {
                take(line.getValue(), line.getKey(), taker);
            }
        }
    }

    private static void add(ByteArrayOutputStream line, int b, String stream, Taker taker)
            throws IOException, InterruptedException {
        if (b != '\n') {
            line.write(b);
        }
        if (b == '\n' || line.size() >= LARGEST_LINE) {
            take(line, stream, taker);
        }
    }

    private static void take(ByteArrayOutputStream line, String stream, Taker taker)
            throws IOException, InterruptedException {
        Stamp stamp = Stamp.of(line.toByteArray(), false);
        line.reset();
        taker.take(stream, stamp.text(), stamp.line());
    }

    @Override
    public void stop() {
        UnixHttp logs = open;
        if (logs != null) {
            logs.close();
        }
    }
}
