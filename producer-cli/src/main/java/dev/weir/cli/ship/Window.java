package dev.weir.cli.ship;

import dev.weir.cli.capture.Progress;
import dev.weir.cli.capture.Repair;
import dev.weir.cli.capture.Stream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The bytes of a stream between what has been cut and what has been read, checked against their checksums on the way. One
 * flipped bit is put right; worse damage, and what was never kept, is a gap. Used by the shipper's thread.
 */
final class Window {
    private static final int READ = 128 * 1024;
    private static final int LEAST = 1024;
    private static final byte[] NONE = {};

    private final Stream stream;
    private final Progress progress;
    private byte[] bytes = NONE;
    private int from;
    private int to;
    private long cut; // position in the stream of bytes[from]
    private @Nullable Gap gap;
    private boolean fallsShort;

    /** Bytes that will not come, with the entries that ended in them. */
    record Gap(long end, long bytes, long entries, boolean dropped, String why) {}

    Window(Stream stream) {
        this.stream = stream;
        this.progress = stream.progress();
        this.cut = stream.from().position();
    }

    byte[] bytes() {
        return bytes;
    }

    int from() {
        return from;
    }

    int to() {
        return to;
    }

    long cut() {
        return cut;
    }

    boolean isEmpty() {
        return from == to;
    }

    void take(int count) {
        from += count;
        cut += count;
    }

    boolean hasMore() {
        return gap != null || !fallsShort && readTo() < progress.taken();
    }

    private long readTo() {
        return cut + (to - from);
    }

    /** Whether what is here is the last before the stream's end, or before a gap. */
    boolean isLast() {
        return gap != null || progress.ended() && (fallsShort || readTo() >= progress.taken());
    }

    boolean atGap() {
        return gap != null && isEmpty();
    }

    boolean fallsShort() {
        return fallsShort && isEmpty() && gap == null;
    }

    Gap passGap() {
        Gap passed = gap;
        if (passed == null) {
            throw new IllegalStateException("no gap");
        }
        gap = null;
        cut = passed.end();
        return passed;
    }

    /** Reads on; false if that changed nothing. */
    boolean read() {
        if (gap != null) {
            return false;
        }
        boolean ended = progress.ended(); // asked first: what it has taken is then final
        long at = readTo();
        long missing = progress.taken() - at;
        makeRoom(missing);
        if (missing > 0) {
            progress.settle();
        }
        int most = (int) Math.max(0, Math.min(missing, bytes.length - to));
        Progress.Stretch here = most == 0 ? null : progress.stretchAt(at);
        if (here != null && here.isLost()) {
            boolean disk = here.sum() == 1;
            stopAt(
                    here.start(),
                    new Gap(here.end(), here.end() - here.start(), here.lost(), !disk, disk ? "disk" : "overflow"));
            return true;
        }
        int read;
        try {
            read = most == 0 ? 0 : fill(at, most);
        } catch (IOException faulty) {
            // The disk cannot read it: a gap, as if it were damaged, up to where something else is known.
            long end = Math.min(at + most, here == null ? at + most : here.end());
            stopAt(at, new Gap(end, end - at, 0, false, "damaged"));
            return true;
        }
        int sound = here == null ? read : check(at, read, here, ended);
        if (sound > 0) {
            to += sound;
            return true;
        }
        if (gap != null) {
            return true;
        }
        boolean wasShort = fallsShort;
        fallsShort = ended && (missing > 0 || progress.isCutShort());
        return fallsShort && !wasShort;
    }

    /** As much as there is to be read, up to a bound, for thousands of streams may have nothing to say. */
    private void makeRoom(long missing) {
        if (isEmpty()) {
            from = 0;
            to = 0;
            if (missing == 0) {
                bytes = NONE;
                return;
            }
        } else if (from > 0) {
            System.arraycopy(bytes, from, bytes, 0, to - from);
            to -= from;
            from = 0;
        }
        if (bytes.length - to < Math.min(missing, READ / 2)) {
            int wanted = to + (int) Math.max(LEAST, Math.min(missing, READ));
            bytes = Arrays.copyOf(bytes, to == 0 ? wanted : Math.max(wanted, bytes.length * 2));
        }
    }

    private int fill(long position, int most) throws IOException {
        int read = 0;
        while (read < most) {
            int more = stream.bytes().read(ByteBuffer.wrap(bytes, to + read, most - read), position + read);
            if (more <= 0) {
                break;
            }
            read += more;
        }
        return read;
    }

    /** How many of the bytes just read, which stand behind the window, can be used. */
    private int check(long position, int read, Progress.Stretch first, boolean ended) {
        int sound = 0;
        Progress.Stretch here = first;
        while (sound < read) {
            long end = Math.min(here.end(), position + read);
            int length = (int) (end - (position + sound));
            if (here.isLost()) {
                return sound; // met again by the next read, from its start
            }
            if (here.checked() && here.start() == position + sound) {
                if (end < here.end()) {
                    // Not all there yet. At the end of all there never will be more: then it is taken as it is.
                    boolean isAll = ended && to + read < bytes.length && position + read < progress.taken();
                    return isAll ? read : sound;
                }
                if (!isSound(to + sound, length, here.sum())) {
                    if (sound == 0) {
                        stopAt(position, damaged(end, length));
                    }
                    return sound;
                }
            }
            sound += length;
            if (sound < read) {
                here = progress.stretchAt(position + sound);
            }
        }
        return sound;
    }

    private boolean isSound(int start, int length, int sum) {
        return Repair.sum(bytes, start, length) == sum || Repair.flip(bytes, start, length, sum);
    }

    private Gap damaged(long end, int length) {
        long newlines = 0;
        for (int i = to; i < to + length; i++) {
            newlines += bytes[i] == '\n' ? 1 : 0;
        }
        // The line that has begun before is an entry of its own already.
        return new Gap(end, length, Math.max(0, newlines - (isEmpty() ? 0 : 1)), false, "damaged");
    }

    private void stopAt(long start, Gap reached) {
        to = (int) Math.max(from, Math.min(to, from + (start - cut)));
        gap = reached;
    }
}
