package dev.weir.cli.tail;

import dev.weir.cli.capture.Stream.Mark;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;

/** Begins a file a number of lines before its end; a last line without newline counts as one. */
record LastLines(long lines) implements Generation.Start {
    private static final int READ = 1 << 16;

    @Override
    public Mark in(FileChannel file) throws IOException {
        long end = file.size();
        if (lines == 0) {
            return new Mark(end, 0);
        }
        long newlines = 0;
        ByteBuffer buffer = ByteBuffer.allocate(READ);
        for (long at = end; at > 0; at -= READ) {
            long from = Math.max(0, at - READ);
            buffer.clear().limit((int) (at - from));
            while (buffer.hasRemaining() && file.read(buffer, from + buffer.position()) > 0) {
                // until this stretch is whole, or the file has shrunk meanwhile
            }
            for (int i = buffer.position() - 1; i >= 0; i--) {
                // The newline at the very end belongs to the last line; the one before the first wanted line is the
                // cut.
                if (buffer.get(i) == '\n' && from + i < end - 1 && ++newlines == lines) {
                    return new Mark(from + i + 1, 0);
                }
            }
        }
        return Mark.START;
    }
}
