package dev.weir.cli.capture;

import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.function.LongSupplier;

/** Standard input: kept in a raw file and passed on to standard output, like tee. */
public final class StdinRelay implements Runnable {
    private final OutputStream raw;
    private final OutputStream out;
    private final Stream stream;
    private final LongSupplier clock;

    private StdinRelay(OutputStream raw, OutputStream out, Stream stream, LongSupplier clock) {
        this.raw = raw;
        this.out = out;
        this.stream = stream;
        this.clock = clock;
    }

    /** Starts reading at once. */
    public static Stream start(Path folder, OutputStream out, LongSupplier clock, Bell bell) throws IOException {
        Path file = folder.resolve("stdin.raw");
        Stream stream = Stream.raw("stdin", file, new Progress(bell, Times.beside(file)));
        OutputStream raw = new FileOutputStream(file.toFile());
        Thread thread = new Thread(new StdinRelay(raw, out, stream, clock), "relay-stdin");
        thread.setDaemon(true);
        thread.start();
        return stream;
    }

    @Override
    public void run() {
        byte[] buffer = new byte[1 << 16];
        boolean heard = true;
        try (FileInputStream in = new FileInputStream(FileDescriptor.in);
                raw) {
            for (int read; (read = in.read(buffer)) >= 0; ) {
                raw.write(buffer, 0, read);
                stream.progress().advance(read, clock.getAsLong());
                heard = heard && passOn(buffer, read);
            }
            stream.progress().end();
        } catch (IOException failure) {
            System.err.println("weir: cannot keep standard input any longer: " + failure);
            stream.progress().cutShort("damaged");
        }
    }

    private boolean passOn(byte[] buffer, int length) {
        try {
            out.write(buffer, 0, length);
            return true;
        } catch (IOException readerIsGone) {
            return false; // as under run: the capture goes on
        }
    }
}
