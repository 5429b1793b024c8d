package dev.weir.cli.tail;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.math.BigDecimal;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Docker's Engine as far as logs go: containers that speak, stop, start again and are made anew under the same name. */
final class FakeEngine implements AutoCloseable {
    private final ServerSocketChannel server;
    private final Map<String, Container> containers = new TreeMap<>();

    private static final class Container {
        final boolean terminal;
        final List<Line> lines = new ArrayList<>();
        boolean running = true;

        Container(boolean terminal) {
            this.terminal = terminal;
        }
    }

    private record Line(int type, String stamp, String text) {
        byte[] bytes(boolean terminal) {
            byte[] line = (stamp + " " + text + (terminal ? "\r\n" : "\n")).getBytes(UTF_8);
            ByteBuffer bytes = ByteBuffer.allocate((terminal ? 0 : 8) + line.length);
            if (!terminal) {
                bytes.put((byte) type).put(new byte[3]).putInt(line.length);
            }
            return bytes.put(line).array();
        }

        BigDecimal seconds() {
            Instant at = Instant.parse(stamp);
            return BigDecimal.valueOf(at.getEpochSecond()).add(BigDecimal.valueOf(at.getNano(), 9));
        }
    }

    FakeEngine(Path socket) throws IOException {
        server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        server.bind(UnixDomainSocketAddress.of(socket));
        Thread accepting = new Thread(this::accept, "engine");
        accepting.setDaemon(true);
        accepting.start();
    }

    /** Makes a container, in place of one of that name. */
    synchronized void make(String name, boolean terminal) {
        stop(name);
        containers.put(name, new Container(terminal));
        notifyAll();
    }

    synchronized void stop(String name) {
        Container container = containers.get(name);
        if (container != null) {
            container.running = false;
            notifyAll();
        }
    }

    synchronized void start(String name) {
        named(name).running = true;
    }

    synchronized void say(String name, int type, String stamp, String text) {
        named(name).lines.add(new Line(type, stamp, text));
        notifyAll();
    }

    private Container named(String name) {
        return Objects.requireNonNull(containers.get(name), name);
    }

    private void accept() {
        try {
            while (true) {
                SocketChannel client = server.accept();
                Thread one = new Thread(() -> serve(client), "engine-client");
                one.setDaemon(true);
                one.start();
            }
        } catch (IOException closed) {
            return;
        }
    }

    private void serve(SocketChannel client) {
        try (client) {
            ByteBuffer request = ByteBuffer.allocate(4_096);
            client.read(request);
            String path = new String(request.array(), 0, request.position(), ISO_8859_1).split(" ")[1];
            String name = path.split("/")[2];
            Container container;
            synchronized (this) {
                container = containers.get(name);
            }
            if (container == null) {
                answer(client, "404 Not Found", "{\"message\":\"No such container: " + name + "\"}");
            } else if (path.endsWith("/json")) {
                answer(client, "200 OK", "{\"Config\":{\"Tty\":" + container.terminal + "}}");
            } else {
                log(client, path, container);
            }
        } catch (IOException | InterruptedException gone) {
            return;
        }
    }

    /** As the Engine: {@code since} is seconds and a fraction, and inclusive. */
    private void log(SocketChannel client, String path, Container container) throws IOException, InterruptedException {
        Matcher since = Pattern.compile("[?&]since=([^&]*)").matcher(path);
        BigDecimal from = BigDecimal.ZERO;
        if (since.find()) {
            if (!since.group(1).matches("\\d+(\\.\\d+)?")) {
                answer(client, "400 Bad Request", "{\"message\":\"invalid value for 'since'\"}");
                return;
            }
            from = new BigDecimal(since.group(1));
        }
        write(client, "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n".getBytes(ISO_8859_1));
        for (int next = 0; ; next++) {
            Line line;
            synchronized (this) {
                while (next >= container.lines.size() && container.running) {
                    wait();
                }
                line = next < container.lines.size() ? container.lines.get(next) : null;
            }
            if (line == null) {
                write(client, "0\r\n\r\n".getBytes(ISO_8859_1));
                return;
            }
            if (line.seconds().compareTo(from) >= 0) {
                byte[] bytes = line.bytes(container.terminal);
                write(client, (Integer.toHexString(bytes.length) + "\r\n").getBytes(ISO_8859_1));
                write(client, bytes);
                write(client, "\r\n".getBytes(ISO_8859_1));
            }
        }
    }

    private static void answer(SocketChannel client, String status, String body) throws IOException {
        write(
                client,
                ("HTTP/1.1 " + status + "\r\nContent-Length: " + body.length() + "\r\n\r\n" + body)
                        .getBytes(ISO_8859_1));
    }

    private static void write(SocketChannel client, byte[] bytes) throws IOException {
        for (ByteBuffer left = ByteBuffer.wrap(bytes); left.hasRemaining(); ) {
            client.write(left);
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
