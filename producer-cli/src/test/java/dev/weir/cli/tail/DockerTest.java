package dev.weir.cli.tail;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.weir.cli.capture.Allowance;
import dev.weir.cli.capture.Bell;
import dev.weir.cli.capture.Stream;
import dev.weir.embedded.Await;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Containers through their lives, against an Engine that reads times as the real one does. */
@Timeout(60)
class DockerTest {
    private static final String T = "2026-01-31T12:00:0";

    @TempDir
    Path folder;

    private final List<Stream> opened = new CopyOnWriteArrayList<>();
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private FakeEngine engine;
    private Feeds feeds;

    @BeforeEach
    void begin() throws Exception {
        Path socket = folder.resolve("engine.sock");
        engine = new FakeEngine(socket);
        feeds = new Feeds(Map.of(), socket.toString(), folder, out, Allowance.unbounded(), new Bell(), opened::add);
    }

    @AfterEach
    void end() throws Exception {
        feeds.stopAll();
        engine.close();
    }

    @Test
    void goesOnWithAContainerThatIsStartedAgainAndWithOneMadeAnew() throws Exception {
        engine.make("web", false);
        engine.say("web", 1, T + "1.000000001Z", "a");
        engine.say("web", 2, T + "1.000000002Z", "oh");
        engine.say("web", 1, T + "1.000000003Z", "b");
        feeds.start("docker:web");
        awaitLast("b");
        engine.stop("web");
        engine.say("web", 1, T + "1.000000003Z", "at the same time as b");
        engine.start("web");
        engine.say("web", 2, T + "2.5Z", "oh again");
        awaitLast("oh again");
        engine.make("web", false);
        engine.say("web", 1, T + "3Z", "born anew");
        awaitLast("born anew");

        assertEquals(
                Map.of(
                        "docker:web/stdout", "a\nb\nat the same time as b\nborn anew\n",
                        "docker:web/stderr", "oh\noh again\n"),
                bytes());
    }

    @Test
    void waitsForAContainerThatIsNotThereYet() throws Exception {
        feeds.start("docker:later");
        engine.make("later", false);
        engine.say("later", 1, T + "1Z", "here");
        awaitLast("here");

        assertEquals(Map.of("docker:later/stdout", "here\n"), bytes());
    }

    @Test
    void keepsSeveralContainersApartWithAndWithoutATerminal() throws Exception {
        engine.make("web", false);
        engine.make("shell", true);
        feeds.start("docker:web");
        feeds.start("docker:shell");
        engine.say("web", 1, T + "1Z", "from web");
        engine.say("shell", 1, T + "1Z", "from shell");
        Await.until(
                "both",
                () -> out.toString(UTF_8).contains("from web")
                        && out.toString(UTF_8).contains("from shell"));

        assertEquals(Map.of("docker:web/stdout", "from web\n", "docker:shell/stdout", "from shell\r\n"), bytes());
        for (Stream stream : opened) {
            assertEquals(Map.of("docker", stream.name().split("[:/]")[1]), stream.labels());
        }
    }

    @Test
    void saysWhatIsWrongWithAContainerButNotThatItWasToldToStop() throws Exception {
        PrintStream before = System.err;
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        System.setErr(new PrintStream(said, true, UTF_8));
        try {
            feeds.start("docker:none");
            Await.until("it is missed", () -> said.toString(UTF_8).contains("docker:none: No such container: none"));
            engine.make("web", false);
            engine.say("web", 1, T + "1Z", "here");
            feeds.start("docker:web");
            awaitLast("here");
            feeds.stopAll();
        } finally {
            System.setErr(before);
        }

        assertEquals(false, said.toString(UTF_8).contains("docker:web"), said.toString(UTF_8));
    }

    private void awaitLast(String line) {
        Await.until(line, () -> out.toString(UTF_8).endsWith(line + "\n"));
    }

    private Map<String, String> bytes() throws Exception {
        Map<String, String> all = new TreeMap<>();
        for (Stream stream : opened) {
            ByteBuffer bytes = ByteBuffer.allocate(1_000);
            stream.bytes().read(bytes, 0);
            all.put(stream.name(), new String(bytes.array(), 0, bytes.position(), UTF_8));
        }
        return all;
    }
}
