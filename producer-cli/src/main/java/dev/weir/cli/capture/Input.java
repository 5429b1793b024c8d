package dev.weir.cli.capture;

import java.nio.channels.ReadableByteChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.LongSupplier;

/** Something that is read as it comes, such as standard input: kept in segments and passed on, like tee. */
public final class Input {
    private Input() {}

    /** What it is called, what kind of stream it is and what tells it from others. */
    public record Naming(String source, String kind, Map<String, String> labels) {
        public Naming {
            labels = Map.copyOf(labels);
        }

        /** As a part of file names. */
        String file() {
            return source.replaceAll("[^A-Za-z0-9_-]", "_");
        }
    }

    /** Starts reading at once, on a thread of its own. */
    public static Stream start(
            Naming naming,
            ReadableByteChannel in,
            WritableByteChannel out,
            Path folder,
            Allowance allowance,
            LongSupplier clock,
            Bell bell) {
        Segments segments = new Segments(Disk.OWN, folder, naming.file(), 0);
        Progress progress =
                new Progress(bell, Ledger.beside(Disk.OWN, folder.resolve(naming.file() + ".raw")), allowance);
        Stream stream =
                new Stream(naming.source(), naming.kind(), naming.labels(), segments, progress, Stream.Mark.START);
        Thread thread = new Thread(new Relay(in, out, segments, progress, clock, () -> {}), "input-" + naming.source());
        thread.setDaemon(true);
        thread.start();
        return stream;
    }
}
