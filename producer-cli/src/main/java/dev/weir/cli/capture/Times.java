package dev.weir.cli.capture;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/**
 * When which bytes of a stream came, on disk beside its raw file, so that lines keep their times when another process has to
 * ship them. Pairs of a position and the time from there on; a torn last pair is ignored.
 */
final class Times {
    private static final int PAIR = 16;

    private final Path file;
    private @Nullable FileChannel channel;
    private boolean broken;

    Times(Path file) {
        this.file = file;
    }

    static Times beside(Path raw) {
        return new Times(raw.resolveSibling(raw.getFileName().toString().replace(".raw", ".times")));
    }

    void add(long position, long time) {
        if (broken) {
            return;
        }
        try {
            if (channel == null) {
                channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
            }
            ByteBuffer pair =
                    ByteBuffer.allocate(PAIR).putLong(position).putLong(time).flip();
            channel.write(pair);
        } catch (IOException full) {
            // Without it a resumed run's lines have less exact times; nothing else depends on it.
            broken = true;
        }
    }

    ByteBuffer read() throws IOException {
        return Files.exists(file) ? ByteBuffer.wrap(Files.readAllBytes(file)) : ByteBuffer.allocate(0);
    }

    static boolean hasPair(ByteBuffer pairs) {
        return pairs.remaining() >= PAIR;
    }
}
