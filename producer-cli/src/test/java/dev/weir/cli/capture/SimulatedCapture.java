package dev.weir.cli.capture;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.channels.ReadableByteChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Random;

/** One stream of a run whose disk, holder and clock are simulated: deterministic, and thousands of times faster than real. */
public final class SimulatedCapture {
    private static final int GRAIN = 8 << 10;
    private static final int HANDFUL = 100; // what the holder writes at a time
    private static final Path FOLDER = Path.of("/spool");
    private static final Path RAW = FOLDER.resolve("stdout.raw");

    private final Random random;
    private final MemoryDisk disk;
    private final Allowance allowance;
    private final boolean held;
    private final Deque<byte[]> pipe = new ArrayDeque<>();
    private final Bell bell = new Bell();
    private long now = 1_000;
    private boolean holderFailed;
    private boolean fed;
    private final Relay relay;
    private boolean relaying = true;
    private boolean killed;
    private Stream stream;
    private Kept kept;
    private long rawFollowed;

    /** @param held whether a holder writes the file; else weir does */
    public SimulatedCapture(Random random, boolean held, long room, Allowance allowance) {
        this.random = random;
        this.held = held;
        this.disk = new MemoryDisk(GRAIN, room);
        this.allowance = allowance;
        this.kept = held ? new HeldFile(disk, FOLDER, "stdout", 1) : new Segments(disk, FOLDER, "stdout", 0);
        Progress progress = new Progress(bell, Ledger.beside(disk, RAW), allowance);
        this.stream = Stream.kept("stdout", kept, progress, Stream.Mark.START);
        this.relay = new Relay(
                new Source(),
                Channels.newChannel(OutputStream.nullOutputStream()),
                kept,
                progress,
                () -> now,
                () -> {},
                128);
    }

    private final class Source implements ReadableByteChannel {
        @Override
        public int read(ByteBuffer into) {
            byte[] next = pipe.pollFirst();
            if (next == null) {
                return -1;
            }
            into.put(next);
            return next.length;
        }

        @Override
        public boolean isOpen() {
            return true;
        }

        @Override
        public void close() {
            pipe.clear();
        }
    }

    public Stream stream() {
        return stream;
    }

    public boolean holderFailed() {
        return holderFailed;
    }

    public long diskUsed() {
        return disk.used();
    }

    public void room(long bytes) {
        disk.room(bytes);
    }

    public void tick() {
        now += random.nextInt(15);
    }

    /** The child writes: the holder passes it on and writes it down, in this order. */
    public void write(byte[] bytes) throws IOException {
        for (int at = 0; at < bytes.length; ) {
            int length = Math.min(bytes.length - at, 1 + random.nextInt(HANDFUL));
            byte[] some = java.util.Arrays.copyOfRange(bytes, at, at + length);
            at += length;
            if (relaying) {
                pipe.addLast(some);
            }
            if (held && !holderFailed) {
                try (FileChannel raw = disk.open(RAW, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
                    ByteBuffer rest = ByteBuffer.wrap(some);
                    while (rest.hasRemaining()) {
                        raw.write(rest, raw.size());
                    }
                } catch (IOException full) {
                    holderFailed = true;
                }
            }
        }
    }

    /** The relay takes what it may take without waiting. */
    public void relay(int most) throws IOException, InterruptedException {
        for (int i = 0; i < most && !pipe.isEmpty() && !waits(); i++) {
            relay.step();
        }
    }

    private boolean waits() {
        boolean mayWait = allowance.overflow() == Allowance.Overflow.BLOCK
                || allowance.overflow() == Allowance.Overflow.DROP_OLDEST;
        return mayWait && allowance.held() > 0 && allowance.held() + 128 > allowance.most();
    }

    public void closePipe() {
        fed = true;
    }

    /** Whether everything that was written has been taken. */
    public boolean over() throws IOException {
        if (!fed || !pipe.isEmpty()) {
            return false;
        }
        if (relaying) {
            relay.end();
            relaying = false;
        } else if (!stream.progress().ended()) {
            follow();
            stream.progress().end();
        }
        return true;
    }

    /** weir is killed; another takes up what it has left. */
    public void kill() throws IOException {
        relaying = false;
        killed = true;
        pipe.clear();
        HeldFile left = new HeldFile(disk, FOLDER, "stdout", 0);
        left.restore();
        kept = left;
        Progress progress = new Progress(bell, Ledger.beside(disk, RAW), allowance);
        stream = Stream.kept("stdout", kept, progress, progress.marked());
        progress.restore(left.end(), now);
        rawFollowed = progress.taken();
    }

    /** What another weir does while the holder goes on. */
    public void follow() throws IOException {
        if (!killed) {
            return;
        }
        long grown = ((HeldFile) kept).end() - rawFollowed;
        if (grown > 0) {
            stream.progress().advance(grown, now);
            rawFollowed += grown;
        }
    }

    public void tearLedger() {
        disk.tear(FOLDER.resolve("stdout.ledger"), random.nextInt(90));
    }

    /**
     * Flips bits of one span that is known by its checksum and has not been read.
     *
     * @return whether there was one
     */
    public boolean flip(long from, int bits) throws IOException {
        stream.progress().settle();
        long end = disk.exists(RAW) ? disk.size(RAW) : 0;
        if (end <= from) {
            return false;
        }
        long position = from + (long) (random.nextDouble() * (end - from));
        Progress.Stretch span = stream.progress().stretchAt(position);
        if (!span.checked() || span.start() < from || span.end() > end) {
            return false;
        }
        for (int i = 0; i < bits; i++) {
            disk.damage(RAW, span.start() + random.nextInt((int) (span.end() - span.start())), random.nextInt(8));
        }
        return true;
    }
}
