package dev.weir.cli.capture;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;

/**
 * Takes up a raw file whose weir is gone: what it holds already, and what the holder still adds. The output itself went where
 * it went; this only feeds a shipper.
 */
public final class Follower implements Runnable {
    private static final long LOOK_MILLIS = 20;

    private final Stream stream;
    private final Path raw;
    private final BooleanSupplier growing;
    private final LongSupplier clock;

    private Follower(Stream stream, Path raw, BooleanSupplier growing, LongSupplier clock) {
        this.stream = stream;
        this.raw = raw;
        this.growing = growing;
        this.clock = clock;
    }

    /** Starts following; {@code growing} tells whether the holder still lives. */
    public static Stream follow(String name, Path raw, BooleanSupplier growing, LongSupplier clock, Bell bell)
            throws IOException {
        Stream stream = Stream.raw(name, raw, new Progress(bell, Times.beside(raw)));
        stream.progress().restore();
        long there = Files.size(raw);
        stream.progress().adopt(there, Files.getLastModifiedTime(raw).toMillis());
        Thread thread = new Thread(new Follower(stream, raw, growing, clock), "follow-" + name);
        thread.setDaemon(true);
        thread.start();
        return stream;
    }

    @Override
    public void run() {
        try {
            while (true) {
                boolean more = growing.getAsBoolean(); // asked before looking, or the last bytes would be missed
                long grown = Files.size(raw) - stream.progress().taken();
                if (grown > 0) {
                    stream.progress().advance(grown, clock.getAsLong());
                } else if (!more) {
                    return;
                }
                Thread.sleep(more ? LOOK_MILLIS : 0);
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        } catch (IOException gone) {
            System.err.println("weir: cannot follow " + raw + " any longer: " + gone);
        } finally {
            stream.progress().end();
        }
    }
}
