package dev.weir.cli.capture;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.file.NoSuchFileException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A disk in memory with as much room as it is given; survives everything but {@link #damage}. */
final class MemoryDisk implements Disk {
    private final Map<Path, Content> files = new HashMap<>();
    private final int grain;
    private long room;
    private long used;

    MemoryDisk(int grain, long room) {
        this.grain = grain;
        this.room = room;
    }

    private static final class Content {
        byte[] bytes = new byte[64];
        int size;
        long punched;
    }

    void room(long bytes) {
        room = bytes;
    }

    long used() {
        return used;
    }

    @Override
    public int grain() {
        return grain;
    }

    @Override
    public FileChannel open(Path file, OpenOption... options) throws IOException {
        List<OpenOption> how = Arrays.asList(options);
        Content content = files.get(file);
        if (content == null) {
            if (!how.contains(StandardOpenOption.CREATE)) {
                throw new NoSuchFileException(file.toString());
            }
            if (used >= room) {
                throw new IOException("No space left on device");
            }
            content = new Content();
            files.put(file, content);
        }
        if (how.contains(StandardOpenOption.TRUNCATE_EXISTING)) {
            used -= content.size;
            content.size = 0;
        }
        return new Channel(content);
    }

    @Override
    public boolean exists(Path file) {
        return files.containsKey(file);
    }

    @Override
    public long size(Path file) throws IOException {
        return content(file).size;
    }

    private Content content(Path file) throws IOException {
        Content content = files.get(file);
        if (content == null) {
            throw new NoSuchFileException(file.toString());
        }
        return content;
    }

    @Override
    public void delete(Path file) {
        Content gone = files.remove(file);
        if (gone != null) {
            used -= gone.size - gone.punched;
        }
    }

    @Override
    public void move(Path from, Path to) throws IOException {
        files.put(to, content(from));
        files.remove(from);
    }

    @Override
    public List<Path> list(Path folder, String prefix, String suffix) {
        return files.keySet().stream()
                .filter(file -> String.valueOf(file.getFileName()).startsWith(prefix)
                        && file.toString().endsWith(suffix))
                .toList();
    }

    @Override
    public boolean punch(Path file, long from, long to) throws IOException {
        Content content = content(file);
        int end = (int) Math.min(to, content.size);
        if (end > from) {
            Arrays.fill(content.bytes, (int) from, end, (byte) 0);
            content.punched += end - from;
            used -= end - from;
        }
        return true;
    }

    /** Flips a bit. */
    void damage(Path file, long position, int bit) throws IOException {
        content(file).bytes[(int) position] ^= (byte) (1 << bit);
    }

    /** Cuts some bytes off. */
    void tear(Path file, int bytes) {
        Content content = files.get(file);
        if (content != null) {
            int gone = Math.min(bytes, content.size);
            content.size -= gone;
            used -= gone;
        }
    }

    private final class Channel extends FileChannel {
        private final Content content;

        Channel(Content content) {
            this.content = content;
        }

        @Override
        public int read(ByteBuffer into, long position) {
            int count = (int) Math.min(into.remaining(), content.size - position);
            if (count <= 0) {
                return -1;
            }
            into.put(content.bytes, (int) position, count);
            return count;
        }

        /** As much as there is room for; an error if there is none. */
        @Override
        public int write(ByteBuffer from, long position) throws IOException {
            long growth = Math.max(0, position + from.remaining() - content.size);
            long free = Math.max(0, room - used);
            int count = (int) Math.max(0, Math.min(from.remaining(), from.remaining() - (growth - free)));
            if (count == 0 && from.hasRemaining()) {
                throw new IOException("No space left on device");
            }
            int end = (int) position + count;
            if (end > content.bytes.length) {
                content.bytes = Arrays.copyOf(content.bytes, Math.max(end, content.bytes.length * 2));
            }
            from.get(content.bytes, (int) position, count);
            used += Math.max(0, end - content.size);
            content.size = Math.max(content.size, end);
            return count;
        }

        @Override
        public long size() {
            return content.size;
        }

        @Override
        public void force(boolean metaData) {
            // survives anyway
        }

        @Override
        public FileChannel truncate(long size) {
            throw new UnsupportedOperationException();
        }

        @Override
        public int read(ByteBuffer into) {
            throw new UnsupportedOperationException();
        }

        @Override
        public long read(ByteBuffer[] into, int offset, int length) {
            throw new UnsupportedOperationException();
        }

        @Override
        public int write(ByteBuffer from) {
            throw new UnsupportedOperationException();
        }

        @Override
        public long write(ByteBuffer[] from, int offset, int length) {
            throw new UnsupportedOperationException();
        }

        @Override
        public long position() {
            throw new UnsupportedOperationException();
        }

        @Override
        public FileChannel position(long position) {
            throw new UnsupportedOperationException();
        }

        @Override
        public long transferTo(long position, long count, WritableByteChannel target) {
            throw new UnsupportedOperationException();
        }

        @Override
        public long transferFrom(ReadableByteChannel source, long position, long count) {
            throw new UnsupportedOperationException();
        }

        @Override
        public MappedByteBuffer map(MapMode mode, long position, long size) {
            throw new UnsupportedOperationException();
        }

        @Override
        public FileLock lock(long position, long size, boolean shared) {
            throw new UnsupportedOperationException();
        }

        @Override
        public FileLock tryLock(long position, long size, boolean shared) {
            throw new UnsupportedOperationException();
        }

        @Override
        protected void implCloseChannel() {
            // nothing to let go of
        }
    }
}
