package dev.weir.cli.ship;

import dev.weir.cli.capture.Stream;
import dev.weir.cli.edit.Editor;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * Shows a stream's lines to whoever watches them as soon as they have come, whether there is a way to Kafka or not. It reads
 * ahead of the shipping and for itself; what was given up before it was seen is passed over. Used by the shipper's thread.
 */
final class Lookout {
    private static final int READ = 64 << 10;
    private static final int MOST_AT_ONCE = 4 << 20; // a backlog must not keep the thread from its other duties

    private final Stream stream;
    private final Editor editor;
    private final LineWatch watch;
    private final LineSplitter splitter = new LineSplitter();
    private byte[] bytes = new byte[READ];
    private int from;
    private int to;
    private long readTo;
    private boolean seenAll;
    private volatile long lines;

    Lookout(Stream stream, Editor editor, LineWatch watch) {
        this.stream = stream;
        this.editor = editor;
        this.watch = watch;
        this.readTo = stream.from().position();
    }

    /** How many lines have been seen. */
    long lines() {
        return lines;
    }

    boolean seenAll() {
        return seenAll;
    }

    /**
     * Looks at what has come since the last time.
     *
     * @param cut before this position there is nothing to be read any longer
     */
    void look(long cut, long now) throws IOException {
        if (seenAll) {
            return;
        }
        if (readTo < cut) {
            passOver(cut);
        }
        boolean ended = stream.progress().ended(); // asked first: what it has taken is then final
        long taken = stream.progress().taken();
        long most = readTo + MOST_AT_ONCE;
        if (readTo < taken) {
            stream.progress().settle(); // or the last bytes' time would not be known
        }
        while (readTo < taken && readTo < most) {
            makeRoom();
            ByteBuffer room = ByteBuffer.wrap(bytes, to, (int) Math.min(bytes.length - to, taken - readTo));
            int read = stream.bytes().read(room, readTo);
            if (read <= 0) {
                return; // on its way to the disk, or never to come: then the shipping passes over it
            }
            to += read;
            readTo += read;
            show(false, now);
        }
        if (ended && readTo >= taken) {
            show(true, now);
            seenAll = true;
        }
    }

    private void show(boolean last, long now) {
        for (LineSplitter.Entry entry; (entry = splitter.first(bytes, from, to, last)) != null; ) {
            byte[] edited = editor.edited(bytes, entry.start(), entry.length()).orElse(null);
            if (entry.part() <= 1 && !editor.leavesOut(bytes, entry.start(), entry.length())) {
                long time = stream.progress().timeAt(readTo - (to - from), now);
                watch.see(stream, edited, bytes, entry.start(), entry.length(), time);
            }
            lines += entry.last() ? 1 : 0;
            from += entry.size();
        }
    }

    private void passOver(long position) {
        readTo = position;
        from = to;
        splitter.reset();
        editor.skipped();
    }

    private void makeRoom() {
        if (from > 0) {
            System.arraycopy(bytes, from, bytes, 0, to - from);
            to -= from;
            from = 0;
        }
        if (bytes.length - to < READ / 2) {
            bytes = Arrays.copyOf(bytes, bytes.length * 2);
        }
    }
}
