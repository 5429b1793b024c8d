package dev.weir.standalone;

import dev.weir.embedded.StartFailure;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Held by a node for its life. The system lets go of it when the process ends, however it ends: a killed node leaves no
 * stale lock, only the file, which means nothing by itself.
 */
final class NodeLock implements AutoCloseable {
    private final Path file;
    private final Object identity;
    private final FileChannel channel;

    private NodeLock(Path file, FileChannel channel) throws IOException {
        this.file = file;
        this.channel = channel;
        this.identity = identity(file);
    }

    /** The inode; where a file system has none, the path stands for it. */
    private static Object identity(Path file) throws IOException {
        Object key = Files.readAttributes(file, BasicFileAttributes.class).fileKey();
        return key == null ? file : key;
    }

    /** Empty if another holds it. */
    static Optional<NodeLock> take(StateDirectory directory) {
        Path file = directory.lock();
        try {
            FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            if (tryLock(channel) == null) {
                channel.close();
                return Optional.empty();
            }
            return Optional.of(new NodeLock(file, channel));
        } catch (IOException broken) {
            throw new StartFailure(
                    "Cannot lock " + file + " (" + broken + "): check its permissions, and that its file system has"
                            + " locks, or choose another directory with --state-dir",
                    broken);
        }
    }

    private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException inThisProcess) {
            return null;
        }
    }

    /** False once somebody has deleted or moved the directory: what this node writes then goes where nobody finds it. */
    boolean isInPlace() {
        try {
            return identity(file).equals(identity);
        } catch (NoSuchFileException gone) {
            return false;
        } catch (IOException unknown) {
            return true; // says nothing about the file
        }
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException broken) {
            throw new IllegalStateException("Cannot close the node's lock", broken);
        }
    }
}
