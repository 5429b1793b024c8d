package dev.weir.cli.tail;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.weir.cli.capture.Bell;
import dev.weir.cli.capture.Stream;
import dev.weir.cli.capture.Stream.Mark;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of one followed name, looked at by hand: no clock, no thread. */
class FollowedTest {
    @TempDir
    Path folder;

    private final ByteArrayOutputStream seen = new ByteArrayOutputStream();
    private final List<Stream> opened = new ArrayList<>();
    private long now = 1_000;

    @Test
    void goesWithALinkThatIsSetAnew() throws Exception {
        Path first = write("release-1.log", "a\n");
        Path second = write("release-2.log", "x\n");
        Path link = Files.createSymbolicLink(folder.resolve("current.log"), first);
        Followed followed = follow(link);

        append(first, "b\n");
        look(followed);
        Path fresh = Files.createSymbolicLink(folder.resolve("fresh"), second);
        Files.move(fresh, link, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        append(first, "last words\n"); // by who still has it open
        look(followed);
        append(second, "y\n");
        look(followed);

        assertEquals(List.of("current.log", "current.log#2"), sources());
        assertEquals(List.of("a", "b", "last words", "x", "y"), lines());
    }

    @Test
    void takesAFileThatGotTheInodeOfADeletedOneForNew() throws Exception {
        Path log = write("app.log", "first\n");
        Followed followed = follow(log);
        Files.delete(log);
        look(followed);
        // Once nobody has the old file open any longer, its inode is free: most file systems give it to the next file.
        now += 60_000;
        look(followed);
        for (Stream stream : opened) {
            stream.bytes().close();
        }
        for (int i = 0; i < 20; i++) {
            String text = "anew " + i + "\n";
            write("app.log", text);
            look(followed);

            assertTrue(seen.toString(UTF_8).endsWith(text), () -> seen.toString(UTF_8));

            Files.delete(log);
            look(followed);
            now += 60_000;
            look(followed);
            opened.get(opened.size() - 1).bytes().close();
        }
        assertEquals(21, lines().size());
    }

    @Test
    void readsAFileThatGotTheInodeOfADeletedOneBetweenTwoLooks() throws Exception {
        Path log = write("app.log", "a\n");
        Followed followed = follow(log);
        Files.move(log, folder.resolve("app.log.1"));
        write("app.log", "b\n");
        look(followed);
        now += 60_000;
        look(followed); // and is done with the first
        opened.get(0).bytes().close();

        // The first is deleted; on most file systems the next to be made gets its inode, and is rotated away unseen.
        Files.move(log, folder.resolve("app.log.2"));
        Files.delete(folder.resolve("app.log.1"));
        write("app.log", "c\n");
        Files.move(log, folder.resolve("app.log.3"));
        write("app.log", "d\n");
        look(followed);
        look(followed);

        assertEquals(List.of("a", "b", "c", "d"), lines());
    }

    @Test
    void takesAFileThatIsWrittenAnewInPlaceForNewThoughItIsAsLong() throws Exception {
        Path log = write("app.log", "0123456789\n");
        Followed followed = follow(log);

        Files.writeString(log, "abcdefghij\nmore\n", StandardOpenOption.TRUNCATE_EXISTING);
        look(followed);

        assertEquals(List.of("app.log", "app.log#2"), sources());
        assertEquals(List.of("0123456789", "abcdefghij", "more"), lines());
        assertEquals("truncated", opened.get(0).progress().whyLost());
    }

    @Test
    void neverReadsPackedPredecessorsAgain() throws Exception {
        Path log = write("app.log", "a\n");
        Followed followed = follow(log);
        for (String packed : List.of("gz", "xz", "bz2", "zst", "lz4", "zip")) {
            Files.move(log, folder.resolve("app.log.1"));
            write("app.log", packed + "\n");
            look(followed);

            Files.move(folder.resolve("app.log.1"), folder.resolve("app.log." + packed));
            write("app.log.2." + packed, "packed\n");
            write("app.log-20260131." + packed, "packed\n");
            look(followed);
        }

        assertEquals(List.of("a", "gz", "xz", "bz2", "zst", "lz4", "zip"), lines());
    }

    @Test
    void readsWhatWasRotatedTwiceBetweenTwoLooks() throws Exception {
        Path log = write("app.log", "a\n");
        Followed followed = follow(log);
        append(log, "b\n");
        Files.move(log, folder.resolve("app.log.2"));
        write("app.log", "c\n");
        Files.move(log, folder.resolve("app.log.1"));
        write("app.log", "d\n");

        look(followed);

        assertEquals(List.of("a", "b", "c", "d"), lines());
    }

    @Test
    void isDoneWithTheOldestOfManyThatWereRotatedAwayInAMoment() throws Exception {
        Path log = write("app.log", "0\n");
        Followed followed = follow(log);
        for (int i = 1; i <= 100; i++) {
            Files.move(log, folder.resolve("app.log." + i));
            write("app.log", i + "\n");
            followed.look(now);
        }

        long open = opened.stream().filter(stream -> !stream.progress().ended()).count();
        assertEquals(101, lines().size());
        assertEquals(1 + 64, open, "the file itself and the youngest of the others");
    }

    @Test
    void waitsForANameThatIsNotThereAndReadsItFromItsStart() throws Exception {
        Followed followed = follow(folder.resolve("later.log"));
        look(followed);

        write("later.log", "here\n");
        look(followed);

        assertEquals(List.of("here"), lines());
    }

    private Followed follow(Path path) throws IOException {
        Followed followed =
                new Followed(path, new Bell(), seen, generation -> opened.add(generation.stream()), opened::add);
        followed.begin(file -> Mark.START, now);
        return followed;
    }

    private void look(Followed followed) throws IOException {
        now += 250;
        followed.look(now);
    }

    private List<String> lines() {
        return seen.toString(UTF_8).lines().toList();
    }

    /** By file name alone. */
    private List<String> sources() {
        return opened.stream()
                .map(stream -> stream.name().substring(stream.name().lastIndexOf('/') + 1))
                .toList();
    }

    private Path write(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text);
    }

    private static void append(Path file, String text) throws IOException {
        Files.writeString(file, text, StandardOpenOption.APPEND);
    }
}
