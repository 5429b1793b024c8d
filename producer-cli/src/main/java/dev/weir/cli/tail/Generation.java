package dev.weir.cli.tail;

import dev.weir.cli.capture.Bell;
import dev.weir.cli.capture.Bytes;
import dev.weir.cli.capture.Progress;
import dev.weir.cli.capture.Stream;
import dev.weir.cli.capture.Stream.Mark;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One file under a followed name, from when it is opened until it is done with. The open file stays the same when renamed. */
final class Generation {
    private final OutputStream echo;
    private final Naming naming;
    private final Object key;
    private final FileChannel file;
    private final OpenFile bytes;
    private final Progress progress;
    private final Stream stream;
    private volatile Fingerprint fingerprint;
    private long lastGrowth;

    private Generation(Naming naming, Object key, OpenFile bytes, Stream stream, OutputStream echo, long now)
            throws IOException {
        this.naming = naming;
        this.key = key;
        this.bytes = bytes;
        this.file = bytes.file;
        this.echo = echo;
        this.fingerprint = Fingerprint.of(file);
        this.stream = stream;
        this.progress = stream.progress();
        this.lastGrowth = now;
    }

    /** Opens a file; null if it went away, or was exchanged, in that very moment. */
    static @Nullable Generation open(Path path, Naming naming, Bell bell, OutputStream echo, long now, Start start)
            throws IOException {
        Object before = keyOf(path);
        FileChannel file = FileChannel.open(path, StandardOpenOption.READ);
        if (!before.equals(keyOf(path))) {
            file.close();
            return null;
        }
        Mark from = start.in(file);
        Progress progress = Progress.from(bell, from.position());
        OpenFile bytes = new OpenFile(file);
        Stream stream = new Stream(naming.source(), "file", Map.of("file", naming.label()), bytes, progress, from);
        return new Generation(naming, before, bytes, stream, echo, now);
    }

    /** What its source is called, and what it is labelled with: the name it was followed by. */
    record Naming(String source, String label, int generation) {}

    /** Where in a file to begin. */
    interface Start {
        Mark in(FileChannel file) throws IOException;
    }

    static Object keyOf(Path path) throws IOException {
        BasicFileAttributes attributes = Files.readAttributes(path, BasicFileAttributes.class);
        Object key = attributes.fileKey();
        return key != null ? key : path.toRealPath();
    }

    Stream stream() {
        return stream;
    }

    Object key() {
        return key;
    }

    Fingerprint fingerprint() {
        return fingerprint;
    }

    /** Whether this is the file that another follower has left. */
    boolean isAs(Standing standing) throws IOException {
        return standing.fingerprint().matches(file)
                && file.size() >= standing.mark().position();
    }

    Standing standing(Mark acknowledged) {
        Fingerprint taken = fingerprint;
        return new Standing(
                naming.label(),
                naming.source(),
                naming.generation(),
                key.toString(),
                taken.length(),
                taken.sum(),
                acknowledged);
    }

    /** A source whose file cannot be found again: nothing but a gap. */
    static Stream lost(Standing standing, Bell bell) {
        Progress progress = Progress.from(bell, standing.mark().position());
        progress.cutShort("rotated");
        return new Stream(
                standing.source(), "file", Map.of("file", standing.path()), new NoBytes(), progress, standing.mark());
    }

    private static final class NoBytes implements Bytes {
        @Override
        public int read(ByteBuffer into, long position) {
            return -1;
        }

        @Override
        public void close() {
            // nothing was opened
        }
    }

    long lastGrowth() {
        return lastGrowth;
    }

    /** How many of the last bytes stay in memory until they are delivered. */
    void keepAtMost(int most) {
        bytes.keepAtMost(most);
    }

    /**
     * Takes what has been added.
     *
     * @return false if the file no longer is what it was: truncated, or written anew
     */
    boolean grow(long now) throws IOException {
        long size = file.size();
        if (size < progress.taken() || size < fingerprint.length()) {
            return false;
        }
        if (!fingerprint.matches(file)) {
            return false;
        }
        if (size == progress.taken()) {
            return true;
        }
        if (fingerprint.isGrowing()) {
            fingerprint = Fingerprint.of(file);
        }
        passOn(progress.taken(), size);
        progress.advance(size - progress.taken(), now);
        lastGrowth = now;
        return true;
    }

    private void passOn(long from, long to) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate((int) Math.min(to - from, 1 << 16));
        for (long at = from; at < to; ) {
            buffer.clear().limit((int) Math.min(buffer.capacity(), to - at));
            int read = file.read(buffer, at);
            if (read <= 0) {
                return;
            }
            bytes.keep(buffer.array(), read, at);
            echo.write(buffer.array(), 0, read);
            at += read;
        }
    }

    void end() {
        progress.end();
    }

    /** Ends it where what was taken may no longer be there. */
    void cutShort(String reason) {
        bytes.revoke();
        progress.cutShort(reason);
    }

    /** Reads by position, so that shipper and follower share the one open file. */
    private static final class OpenFile implements Bytes {
        private final FileChannel file;
        private boolean revoked;
        private int mostKept = 1 << 16;
        private byte[] kept = new byte[0];
        private long keptFrom;

        OpenFile(FileChannel file) {
            this.file = file;
        }

        /** The last bytes stay in memory: a truncation a moment later must not take what was already seen. */
        synchronized void keep(byte[] from, int length, long at) {
            int own = Math.min(length, mostKept);
            int before = keptFrom + kept.length == at ? Math.min(kept.length, mostKept - own) : 0;
            byte[] both = new byte[before + own];
            System.arraycopy(kept, kept.length - before, both, 0, before);
            System.arraycopy(from, length - own, both, before, own);
            kept = both;
            keptFrom = at + length - both.length;
        }

        synchronized void keepAtMost(int most) {
            mostKept = most;
        }

        @Override
        public synchronized void delivered(long position) {
            if (kept.length > 0 && position >= keptFrom + kept.length) {
                keptFrom += kept.length;
                kept = new byte[0];
            }
        }

        /** After a truncation the same place holds other bytes. */
        synchronized void revoke() {
            revoked = true;
        }

        @Override
        public synchronized int read(ByteBuffer into, long position) throws IOException {
            long at = position - keptFrom;
            if (at >= 0 && at < kept.length) {
                int length = (int) Math.min(into.remaining(), kept.length - at);
                into.put(kept, (int) at, length);
                return length;
            }
            return revoked ? -1 : file.read(into, position);
        }

        @Override
        public synchronized void close() throws IOException {
            kept = new byte[0];
            file.close();
        }
    }
}
