package dev.weir.cli.capture;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Takes up a stream whose weir is gone: what its files hold already, and what the holder still adds. The output itself went
 * where it went; this only feeds a shipper.
 */
public final class Follower implements Runnable {
    private static final long LOOK_MILLIS = 20;

    private final Stream stream;
    private final Left left;
    private final BooleanSupplier growing;
    private final LongSupplier clock;

    private Follower(Stream stream, Left left, BooleanSupplier growing, LongSupplier clock) {
        this.stream = stream;
        this.left = left;
        this.growing = growing;
        this.clock = clock;
    }

    /** What a stream has left. */
    private interface Left {
        long end() throws IOException;
    }

    /** Starts following; {@code growing} tells whether the holder still lives. Null if the stream has left nothing. */
    public static @Nullable Stream follow(
            String name, Path folder, BooleanSupplier growing, LongSupplier clock, Bell bell) throws IOException {
        Path raw = folder.resolve(name + ".raw");
        Bytes bytes;
        Left left;
        Path written;
        if (Files.exists(raw)) {
            HeldFile file = new HeldFile(Disk.OWN, folder, name, 0);
            file.restore();
            bytes = file;
            left = file::end;
            written = raw;
        } else {
            Segments segments = Segments.restore(Disk.OWN, folder, name);
            if (segments == null) {
                return null;
            }
            bytes = segments;
            left = segments::grownEnd;
            written = folder;
        }
        Progress progress = new Progress(bell, Ledger.beside(Disk.OWN, raw), Allowance.unbounded());
        Stream stream = Stream.kept(name, bytes, progress, progress.marked());
        progress.restore(left.end(), Files.getLastModifiedTime(written).toMillis());
        Thread thread = new Thread(new Follower(stream, left, growing, clock), "follow-" + name);
        thread.setDaemon(true);
        thread.start();
        return stream;
    }

    @Override
    public void run() {
        try {
            while (true) {
                boolean more = growing.getAsBoolean(); // asked before looking, or the last bytes would be missed
                long grown = left.end() - stream.progress().taken();
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
            System.err.println("weir: cannot follow " + stream.name() + " any longer: " + gone);
        } finally {
            stream.progress().end();
        }
    }
}
