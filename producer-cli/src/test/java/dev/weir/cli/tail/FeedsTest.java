package dev.weir.cli.tail;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.weir.cli.capture.Allowance;
import dev.weir.cli.capture.Bell;
import dev.weir.cli.capture.Stream;
import dev.weir.embedded.Await;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Feeds against an Engine that speaks the real bytes, torn wherever they can be, and against stand-ins for tools. */
@Timeout(60)
class FeedsTest {
    private static final String T = "2026-01-31T12:00:0";
    private static final String PARTED = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n";

    @TempDir
    Path folder;

    private final List<String> asked = new CopyOnWriteArrayList<>();

    @Test
    void readsFramesHoweverTheyAreTorn() throws Exception {
        byte[] answer = chunked(
                frame(1, T + "1.000000001Z out 1\n" + T + "1.000000002Z out "),
                frame(2, T + "2.5Z err\n"),
                frame(1, "2\n"));

        for (int tear = 1; tear < answer.length; tear++) {
            List<String> lines = logOf(false, answer, tear);

            assertEquals(
                    List.of(
                            "stdout " + T + "1.000000001Z out 1",
                            "stderr " + T + "2.5Z err",
                            "stdout " + T + "1.000000002Z out 2"),
                    lines,
                    "torn at " + tear);
        }
    }

    @Test
    void takesNoHalfLineOfAnAnswerThatBreaksOff() throws Exception {
        byte[] answer = chunked(frame(1, T + "1Z one\n" + T + "2Z two\n"));
        int afterOne = indexOf(answer, "two");

        assertThrows(IOException.class, () -> logOf(false, java.util.Arrays.copyOf(answer, afterOne + 2), 1));
        assertEquals(List.of("stdout " + T + "1Z one"), taken);
    }

    @Test
    void readsATerminalWithoutFrames() throws Exception {
        byte[] answer = chunked((T + "1Z a\r\n").getBytes(UTF_8), "last\n".getBytes(UTF_8));

        for (int tear = 1; tear < answer.length; tear++) {
            assertEquals(
                    List.of("stdout " + T + "1Z a\r", "stdout  last"), logOf(true, answer, tear), "torn at " + tear);
        }
    }

    @Test
    void goesOnAfterARestartWithoutLossOrRepetition() throws Exception {
        // As tools do: "since" is inclusive, so that each start repeats what was said at the very end of the one
        // before.
        Path tool = tool(
                "#!/bin/sh\necho \"$@\" >> asked\n" + "n=$(cat count 2>/dev/null || echo 0); echo $((n+1)) > count\n"
                        + "case $n in\n"
                        + "0) echo " + T + "1Z a; echo " + T + "2Z b; echo " + T + "2Z c ;;\n"
                        + "1) echo " + T + "2Z b; echo " + T + "2Z c; echo " + T + "2Z d; echo " + T + "3Z e ;;\n"
                        + "*) echo " + T + "3Z e; echo " + T + "4Z f; exec sleep 60 ;; esac\n");
        List<Stream> opened = new CopyOnWriteArrayList<>();
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        Feeds feeds = feeds(Map.of("mine", tool + " {name} --since={iso}"), opened, out);

        feeds.start("mine:web");
        Await.until("all has come", () -> out.toString(UTF_8).endsWith("f\n"));
        feeds.stop("mine:web");

        assertEquals("a\nb\nc\nd\ne\nf\n", out.toString(UTF_8));
        assertEquals(
                List.of("web", "web --since=" + T + "2Z", "web --since=" + T + "3Z"),
                Files.readAllLines(folder.resolve("asked")));
        assertEquals(1, opened.size());
        assertEquals(Map.of("mine", "web"), opened.get(0).labels());
        assertArrayEquals(out.toByteArray(), bytesOf(opened.get(0)));
        assertEquals(
                java.time.Instant.parse(T + "3Z").toEpochMilli(),
                opened.get(0).progress().timeAt(8, 0));
    }

    @Test
    void followsEveryContainerThatRunsAndThoseThatAreStartedLater() throws Exception {
        Path socket = folder.resolve("engine.sock");
        List<String> running = new CopyOnWriteArrayList<>(List.of("web"));
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        List<Stream> opened = new CopyOnWriteArrayList<>();
        try (ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            server.bind(UnixDomainSocketAddress.of(socket));
            Thread engine = new Thread(() -> serveAll(server, running), "engine");
            engine.setDaemon(true);
            engine.start();
            Feeds feeds =
                    new Feeds(Map.of(), socket.toString(), folder, out, Allowance.unbounded(), new Bell(), opened::add);

            feeds.startAllContainers();
            Await.until("the first is followed", () -> out.toString(UTF_8).equals("I am web\n"));
            running.add("worker");
            Await.until("the other, too", () -> out.toString(UTF_8).equals("I am web\nI am worker\n"));
            feeds.stopAll();
        }

        assertEquals(
                List.of("docker:web/stdout", "docker:worker/stdout"),
                opened.stream().map(Stream::name).toList());
        assertEquals(Map.of("docker", "worker"), opened.get(1).labels());
    }

    @Test
    void looksAgainBeforeItTakesAContainerForGone() throws Exception {
        Path socket = folder.resolve("engine.sock");
        List<String> running = new CopyOnWriteArrayList<>(List.of("web"));
        List<String> heard = new ArrayList<>();
        try (ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            server.bind(UnixDomainSocketAddress.of(socket));
            Thread engine = new Thread(() -> serveAll(server, running), "engine");
            engine.setDaemon(true);
            engine.start();
            Containers containers =
                    new Containers(socket, name -> heard.add("+" + name), name -> heard.add("-" + name));

            containers.look();
            running.clear();
            for (int i = 0; i < 60; i++) {
                containers.look();
            }
            List<String> soFar = List.copyOf(heard);
            containers.look();

            assertEquals(List.of("+web"), soFar);
            assertEquals(List.of("+web", "-web"), heard);
        }
    }

    /** Lists the containers; each says who it is and goes on running. */
    private void serveAll(ServerSocketChannel server, List<String> running) {
        List<SocketChannel> followed = new ArrayList<>();
        try {
            while (true) {
                SocketChannel client = server.accept();
                ByteBuffer request = ByteBuffer.allocate(4_096);
                client.read(request);
                String path = new String(request.array(), 0, request.position(), ISO_8859_1).split(" ")[1];
                if (path.contains("/logs")) {
                    String text = T + "1Z I am " + path.split("/")[2] + "\n";
                    client.write(ByteBuffer.wrap(PARTED.getBytes(ISO_8859_1)));
                    byte[] frame = frame(1, text);
                    client.write(ByteBuffer.wrap((Integer.toHexString(frame.length) + "\r\n").getBytes(ISO_8859_1)));
                    client.write(ByteBuffer.wrap(frame));
                    client.write(ByteBuffer.wrap("\r\n".getBytes(ISO_8859_1)));
                    followed.add(client);
                    continue;
                }
                String body = path.equals("/containers/json")
                        ? running.stream()
                                .map(name -> "{\"Names\":[\"/other/alias\",\"/" + name + "\"]}")
                                .collect(java.util.stream.Collectors.joining(",", "[", "]"))
                        : "{\"Config\":{\"Tty\":false}}";
                client.write(ByteBuffer.wrap(("HTTP/1.1 200 OK\r\nContent-Length: " + body.length() + "\r\n\r\n" + body)
                        .getBytes(ISO_8859_1)));
                client.close();
            }
        } catch (IOException closed) {
            asked.add("closed, " + followed.size() + " followed");
        }
    }

    @Test
    void readsTheTimesAndMessagesOfTools() {
        Stamp journald =
                Stamp.of("{\"MESSAGE\":[104,105],\"__REALTIME_TIMESTAMP\":\"1769860800000001\"}".getBytes(UTF_8), true);

        assertEquals("hi", new String(journald.line(), UTF_8));
        assertEquals(1_769_860_800_000L, Stamp.millis(journald.text()));
        assertEquals(
                "no stamp here",
                new String(Stamp.of("no stamp here".getBytes(UTF_8), false).line(), UTF_8));
        assertEquals(1_769_860_800_123L, Stamp.millis("2026-01-31T12:00:00.123456+00:00"));
    }

    @Test
    void asksEveryToolInItsOwnWords() {
        assertEquals(
                List.of("kubectl", "logs", "--follow", "--timestamps", "web", "--since-time=2026-01-31T12:00:01Z"),
                Preset.of("k8s", Map.of()).orElseThrow().command("web", T + "1.9Z"));
        assertEquals(
                "--since=@1769860801",
                Preset.of("journald", Map.of())
                        .orElseThrow()
                        .command("ssh", "1769860801000000")
                        .get(5));
        for (String known : List.of("compose", "pm2", "fly", "vercel", "aws")) {
            assertEquals(
                    true,
                    Preset.of(known, Map.of()).orElseThrow().command("x", "").contains("x"),
                    known);
        }
    }

    private Feeds feeds(Map<String, String> presets, List<Stream> opened, ByteArrayOutputStream out) {
        return new Feeds(presets, "", folder, out, Allowance.unbounded(), new Bell(), opened::add);
    }

    private Path tool(String script) throws IOException {
        Path tool = Files.writeString(
                folder.resolve("tool"),
                script.replace("asked", folder + "/asked").replace("count", folder + "/count"));
        return Files.setPosixFilePermissions(tool, PosixFilePermissions.fromString("rwx------"));
    }

    private static byte[] bytesOf(Stream stream) throws IOException {
        ByteBuffer all = ByteBuffer.allocate(1_000);
        stream.bytes().read(all, 0);
        return java.util.Arrays.copyOf(all.array(), all.position());
    }

    private final List<String> taken = new ArrayList<>();

    private List<String> logOf(boolean terminal, byte[] answer, int tear) throws Exception {
        taken.clear();
        Path socket = folder.resolve("engine.sock");
        Files.deleteIfExists(socket);
        try (ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            server.bind(UnixDomainSocketAddress.of(socket));
            Thread engine = new Thread(() -> serve(server, terminal, answer, tear), "engine");
            engine.setDaemon(true);
            engine.start();
            new DockerFeed(socket, "web")
                    .follow(
                            "",
                            (stream, stamp, line) -> taken.add(stream + " " + stamp + " " + new String(line, UTF_8)));
            engine.join();
        }
        return List.copyOf(taken);
    }

    private void serve(ServerSocketChannel server, boolean terminal, byte[] answer, int tear) {
        String about = "{\"Config\":{\"Tty\":" + terminal + "}}";
        byte[] inspected =
                ("HTTP/1.1 200 OK\r\nContent-Length: " + about.length() + "\r\n\r\n" + about).getBytes(ISO_8859_1);
        try {
            answer(server, inspected, inspected.length);
            answer(server, answer, tear);
        } catch (IOException gone) {
            asked.add("gone");
        }
    }

    private void answer(ServerSocketChannel server, byte[] bytes, int tear) throws IOException {
        try (SocketChannel client = server.accept()) {
            ByteBuffer request = ByteBuffer.allocate(4_096);
            client.read(request);
            asked.add(new String(request.array(), 0, request.position(), ISO_8859_1));
            client.write(ByteBuffer.wrap(bytes, 0, tear));
            client.write(ByteBuffer.wrap(bytes, tear, bytes.length - tear));
        }
    }

    private static byte[] frame(int type, String text) {
        byte[] bytes = text.getBytes(UTF_8);
        return ByteBuffer.allocate(8 + bytes.length)
                .put((byte) type)
                .put(new byte[3])
                .putInt(bytes.length)
                .put(bytes)
                .array();
    }

    private static byte[] chunked(byte[]... parts) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        all.writeBytes(PARTED.getBytes(ISO_8859_1));
        for (byte[] part : parts) {
            all.writeBytes((Integer.toHexString(part.length) + "\r\n").getBytes(ISO_8859_1));
            all.writeBytes(part);
            all.writeBytes("\r\n".getBytes(ISO_8859_1));
        }
        all.writeBytes("0\r\n\r\n".getBytes(ISO_8859_1));
        return all.toByteArray();
    }

    private static int indexOf(byte[] bytes, String text) {
        return new String(bytes, ISO_8859_1).indexOf(text);
    }
}
