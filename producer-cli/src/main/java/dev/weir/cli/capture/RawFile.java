package dev.weir.cli.capture;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/** A stream's raw file, which its holder makes a moment after the child has started. */
final class RawFile implements Bytes {
    private final Path path;
    private @Nullable FileChannel channel;

    RawFile(Path path) {
        this.path = path;
    }

    @Override
    public int read(ByteBuffer into, long position) throws IOException {
        if (channel == null) {
            try {
                channel = FileChannel.open(path, StandardOpenOption.READ);
            } catch (NoSuchFileException notYet) {
                return 0;
            }
        }
        return channel.read(into, position);
    }

    @Override
    public void close() throws IOException {
        if (channel != null) {
            channel.close();
        }
    }
}
