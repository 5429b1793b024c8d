package dev.weir.cli.capture;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/**
 * A stream's raw file, which its holder writes and which is given back to the disk from its front as it is delivered.
 *
 * <p>What the file does not have yet, or never will because its disk is full, is in memory too. Once that is more than a holder
 * can possibly have still to write, the holder has given the file up, and files of weir's own go on where it ends.
 */
final class HeldFile implements Kept {
    /** Of a grain, what stays in memory: half a megabyte, more than any tee has in its hands. */
    static final int RECENT_SHARE = 32;

    /** How much comes before the file is asked again how far it is. */
    private static final int LOOK_BYTES = 64 << 10;

    /** Nor is so much copied at once before it is: the holder writes in smaller pieces, so most of it is there. */
    private static final int MUCH = 16 << 10;

    private final Disk disk;
    private final Path folder;
    private final String name;
    private final Path raw;
    private final long holder;
    private final Recent recent;
    private @Nullable FileChannel channel;
    private @Nullable Segments own;
    private long ownFrom = Long.MAX_VALUE;
    private long holeEnd;
    private boolean holesWork = true;

    /** @param holder the process that writes it; 0 if nobody does any longer */
    HeldFile(Disk disk, Path folder, String name, long holder) {
        this.disk = disk;
        this.folder = folder;
        this.name = name;
        this.raw = folder.resolve(name + ".raw");
        this.holder = holder;
        this.recent = new Recent(disk.grain() / RECENT_SHARE, 0);
    }

    /** Takes up what another process has left. */
    void restore() throws IOException {
        Segments left = Segments.restore(disk, folder, name);
        if (left != null) {
            own = left;
            ownFrom = left.start();
        }
    }

    synchronized long end() throws IOException {
        return own != null ? own.end() : size();
    }

    private long size() throws IOException {
        if (channel == null) {
            try {
                channel = disk.open(raw, StandardOpenOption.READ);
            } catch (NoSuchFileException notYet) {
                return 0; // the holder makes it a moment after the child has started
            }
        }
        return channel.size();
    }

    @Override
    public synchronized boolean keep(ByteBuffer bytes, long position) throws IOException {
        if (own == null) {
            int coming = bytes.remaining();
            if (coming >= MUCH || recent.end() - recent.start() >= LOOK_BYTES || !recent.hasRoom(coming)) {
                long there = size();
                recent.dropTo(Math.min(there, recent.end()));
                if (recent.isEmpty()) {
                    bytes.position(bytes.position() + (int) Math.max(0, Math.min(coming, there - position)));
                }
            }
            long from = position + coming - bytes.remaining();
            if (recent.isEmpty()) {
                recent.dropTo(from);
            }
            if (from == recent.end() && recent.hasRoom(bytes.remaining())) {
                recent.add(bytes);
                return true;
            }
            takeOver();
            return own != null && own.keep(bytes, from);
        }
        return own.keep(bytes, position);
    }

    private void takeOver() {
        Segments instead = new Segments(disk, folder, name, recent.start());
        ByteBuffer all = recent.all();
        if (all.hasRemaining()) {
            instead.keep(all, recent.start());
        }
        ownFrom = recent.start();
        recent.dropTo(recent.end());
        own = instead;
    }

    @Override
    public synchronized boolean settle() {
        try {
            if (own == null) {
                recent.dropTo(Math.min(size(), recent.end()));
                if (recent.isEmpty()) {
                    return true;
                }
                takeOver();
            }
            return own == null || own.settle();
        } catch (IOException unreadable) {
            return false;
        }
    }

    @Override
    public synchronized int read(ByteBuffer into, long position) throws IOException {
        if (own != null && position >= ownFrom) {
            return own.read(into, position);
        }
        int read = size() > position && channel != null ? channel.read(into, position) : 0;
        return read > 0 ? read : recent.read(into, position);
    }

    @Override
    public long grain() {
        return disk.grain();
    }

    @Override
    public synchronized void delivered(long position) {
        recent.dropTo(Math.min(position, recent.end()));
        if (own != null) {
            own.delivered(position);
        }
    }

    @Override
    public synchronized void release(long position) throws IOException {
        if (own != null) {
            own.release(position);
            if (position >= ownFrom) {
                disk.delete(raw); // its holder has closed it
                return;
            }
        }
        if (position - holeEnd >= disk.grain()) {
            punch(holeEnd, position);
            holeEnd = position;
        }
    }

    @Override
    public synchronized void giveUp(long from, long to) throws IOException {
        if (own != null) {
            own.giveUp(from, to);
        }
        punch(from, Math.min(to, ownFrom));
    }

    private void punch(long from, long to) throws IOException {
        if (holesWork && to > from) {
            holesWork = disk.punch(raw, from, to);
            if (!holesWork && holder != 0) {
                Holes.stopGrowth(holder); // then files of weir's own go on, which can be deleted one by one
            }
        }
    }

    @Override
    public synchronized void sync() throws IOException {
        if (channel != null) {
            channel.force(false);
        }
        if (own != null) {
            own.sync();
        }
    }

    @Override
    public synchronized void close() throws IOException {
        settle();
        if (own != null) {
            own.close();
        }
        if (channel != null) {
            channel.close();
        }
    }
}
