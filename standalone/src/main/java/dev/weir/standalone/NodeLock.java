package dev.weir.standalone;

import dev.weir.embedded.StartFailure;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Held by a node for its life. The system lets go of it when the process ends, however it ends: a killed node leaves no
 * stale lock, only the file, which means nothing by itself.
 */
final class NodeLock implements AutoCloseable {
    private final FileChannel channel;

    private NodeLock(FileChannel channel) {
        this.channel = channel;
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
            return Optional.of(new NodeLock(channel));
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

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException broken) {
            throw new IllegalStateException("Cannot close the node's lock", broken);
        }
    }
}
