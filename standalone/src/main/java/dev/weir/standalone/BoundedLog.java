package dev.weir.standalone;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/** A log file of at most twice a size: when it is full it becomes the old one, and the one before that is forgotten. */
final class BoundedLog extends OutputStream {
    private final Path file;
    private final long most;
    private OutputStream current;
    private long size;

    BoundedLog(Path file, long most) throws IOException {
        this.file = file;
        this.most = most;
        this.size = Files.exists(file) ? Files.size(file) : 0;
        this.current = open();
    }

    PrintStream asPrintStream() {
        return new PrintStream(this, true, StandardCharsets.UTF_8);
    }

    private OutputStream open() throws IOException {
        return Files.newOutputStream(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }

    @Override
    public synchronized void write(int value) throws IOException {
        write(new byte[] {(byte) value}, 0, 1);
    }

    @Override
    public synchronized void write(byte[] bytes, int offset, int length) throws IOException {
        if (size + length > most && size > 0) {
            current.close();
            Files.move(file, file.resolveSibling(file.getFileName() + ".1"), StandardCopyOption.REPLACE_EXISTING);
            current = open();
            size = 0;
        }
        current.write(bytes, offset, length);
        size += length;
    }

    @Override
    public synchronized void close() throws IOException {
        current.close();
    }
}
