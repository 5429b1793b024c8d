package dev.weir.cli;

import dev.weir.cli.edit.Edits;
import dev.weir.cli.ship.Ending;
import dev.weir.cli.ship.Origin;
import dev.weir.schemas.RunKey;
import java.io.IOException;
import java.io.Reader;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The folder of one run's undelivered output: raw files with their times, what the run said of itself, and, once it is known,
 * how it ended. A lock says that a weir is at it; the kernel lets go of it when that weir is gone.
 */
final class Spool implements AutoCloseable {
    private final Path folder;
    private @Nullable FileChannel lock;

    Spool(Path folder) {
        this.folder = folder;
    }

    Path folder() {
        return folder;
    }

    String run() {
        return String.valueOf(folder.getFileName());
    }

    /** As {@link #claim}, once the weir that has it is gone. False if nothing is left by then. */
    boolean claimInTurn() throws IOException {
        FileChannel channel = FileChannel.open(folder.resolve("lock"), StandardOpenOption.WRITE);
        channel.lock();
        if (Files.exists(folder.resolve("lock"))) {
            lock = channel;
            return true;
        }
        channel.close();
        return false;
    }

    /** False if another weir has it. */
    boolean claim() throws IOException {
        FileChannel channel =
                FileChannel.open(folder.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        try {
            FileLock held = channel.tryLock();
            if (held != null) {
                lock = channel;
                return true;
            }
        } catch (OverlappingFileLockException ours) {
            // held in this very process
        }
        channel.close();
        return false;
    }

    /** What another process needs to bring this run to its end. */
    record Notes(String tenant, Origin origin, Edits edits, long child, Map<String, Long> holders) {
        Notes {
            holders = Map.copyOf(holders);
        }
    }

    void note(Notes notes) throws IOException {
        Properties text = OriginText.write(notes.origin());
        notes.edits().write(text);
        text.setProperty("tenant", notes.tenant());
        text.setProperty("pid", Long.toString(notes.child()));
        notes.holders().forEach((stream, pid) -> text.setProperty("holder." + stream, Long.toString(pid)));
        write("run", text);
    }

    Optional<Notes> notes() throws IOException {
        Properties text = read("run");
        if (text.isEmpty()) {
            return Optional.empty(); // killed in the moment between the child's start and this note
        }
        Map<String, Long> holders = new java.util.HashMap<>();
        for (String name : text.stringPropertyNames()) {
            if (name.startsWith("holder.")) {
                holders.put(name.substring("holder.".length()), Long.parseLong(text.getProperty(name)));
            }
        }
        return Optional.of(new Notes(
                text.getProperty("tenant", RunKey.DEFAULT_TENANT),
                OriginText.read(text),
                Edits.read(text),
                Long.parseLong(text.getProperty("pid", "0")),
                holders));
    }

    void noteEnd(Ending ending) throws IOException {
        Properties text = new Properties();
        text.setProperty("at", Long.toString(ending.at()));
        text.setProperty("reason", ending.reason());
        if (ending.exitCode() != null) {
            text.setProperty("exit", Integer.toString(ending.exitCode()));
        }
        if (ending.signal() != null) {
            text.setProperty("signal", ending.signal());
        }
        write("end", text);
    }

    /** How it ended, if its weir lived to see it. */
    Optional<Ending> end() throws IOException {
        Properties text = read("end");
        if (text.isEmpty()) {
            return Optional.empty();
        }
        String exit = text.getProperty("exit");
        return Optional.of(new Ending(
                Long.parseLong(text.getProperty("at")),
                text.getProperty("reason"),
                exit == null ? null : Integer.valueOf(exit),
                text.getProperty("signal")));
    }

    private void write(String name, Properties text) throws IOException {
        Path fresh = folder.resolve(name + ".new");
        StringBuilder written = new StringBuilder();
        for (String key : text.stringPropertyNames()) {
            escape(written, key).append('=');
            escape(written, text.getProperty(key)).append('\n');
        }
        Files.writeString(fresh, written);
        Files.move(fresh, folder.resolve(name), java.nio.file.StandardCopyOption.ATOMIC_MOVE);
    }

    /** As Java's properties do it, which would write the date, too, and take twenty milliseconds to learn how. */
    private static StringBuilder escape(StringBuilder to, String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '\n' -> to.append("\\n");
                case '\r' -> to.append("\\r");
                case '\t' -> to.append("\\t");
                case '\f' -> to.append("\\f");
                case ' ', '=', ':', '#', '!', '\\' -> to.append('\\').append(c);
                default -> to.append(c);
            }
        }
        return to;
    }

    private Properties read(String name) throws IOException {
        Properties text = new Properties();
        Path file = folder.resolve(name);
        if (Files.exists(file)) {
            try (Reader reader = Files.newBufferedReader(file)) {
                text.load(reader);
            }
        }
        return text;
    }

    /** Gone as soon as its lines are safe: raw output may hold secrets. */
    void delete() {
        try {
            close();
            try (Stream<Path> files = Files.list(folder)) {
                for (Path file : files.toList()) {
                    Files.deleteIfExists(file);
                }
            }
            Files.deleteIfExists(folder);
        } catch (IOException failure) {
            System.err.println("weir: cannot delete " + folder + ", which holds captured output: " + failure);
        }
    }

    @Override
    public void close() throws IOException {
        if (lock != null) {
            lock.close();
        }
    }
}
