package dev.weir.cli.capture;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A stream's bytes in files of some megabytes, named by the position of their first byte and deleted when that has been
 * delivered. What the disk refuses stays in memory, as much as there may be of it, and is offered again with what comes next.
 */
final class Segments implements Kept {
    private final Disk disk;
    private final Path folder;
    private final String name;
    private final TreeMap<Long, Path> files = new TreeMap<>();
    private final Recent recent;
    private @Nullable FileChannel writer;
    private long writerStart;
    private long end; // of what is on disk
    private @Nullable FileChannel reader;
    private long readerStart = -1;

    /** Begins, at this position, files called {@code name.POSITION.raw}. */
    Segments(Disk disk, Path folder, String name, long position) {
        this.disk = disk;
        this.folder = folder;
        this.name = name;
        this.end = position;
        this.recent = new Recent(disk.grain() / HeldFile.RECENT_SHARE, position);
    }

    /** What another process has left, with what its guard has kept since; null if there is nothing. */
    static @Nullable Segments restore(Disk disk, Path folder, String name) throws IOException {
        Path rest = folder.resolve(name + ".rest");
        Segments segments = listed(disk, folder, name);
        if (disk.exists(rest)) {
            // Still appended to, perhaps: its name is all that changes.
            long end = segments == null ? 0 : segments.end();
            Path file = folder.resolve(name + "." + end + ".raw");
            if (disk.size(rest) > 0 || segments == null) {
                disk.move(rest, file);
                segments = listed(disk, folder, name);
            }
        }
        return segments;
    }

    private static @Nullable Segments listed(Disk disk, Path folder, String name) throws IOException {
        TreeMap<Long, Path> found = new TreeMap<>();
        for (Path file : disk.list(folder, name + ".", ".raw")) {
            String text = String.valueOf(file.getFileName());
            if (text.length() > name.length() + 1 + ".raw".length()) {
                found.put(Long.parseLong(text.substring(name.length() + 1, text.length() - ".raw".length())), file);
            }
        }
        if (found.isEmpty()) {
            return null;
        }
        Map.Entry<Long, Path> last = found.lastEntry();
        Segments segments = new Segments(disk, folder, name, last.getKey() + disk.size(last.getValue()));
        segments.files.putAll(found);
        return segments;
    }

    synchronized long start() {
        return files.isEmpty() ? end : files.firstKey();
    }

    synchronized long end() {
        return Math.max(end, recent.end());
    }

    /** As {@link #end}, of files to which another process may still append. */
    synchronized long grownEnd() throws IOException {
        if (files.isEmpty()) {
            Segments come = restore(disk, folder, name);
            if (come == null) {
                return end;
            }
            files.putAll(come.files);
        }
        Map.Entry<Long, Path> last = files.lastEntry();
        end = last.getKey() + disk.size(last.getValue());
        recent.dropTo(end);
        return end;
    }

    @Override
    public synchronized boolean keep(ByteBuffer bytes, long position) {
        if (!recent.hasRoom(bytes.remaining()) && !(settle() && recent.hasRoom(bytes.remaining()))) {
            return false;
        }
        if (position != recent.end() && !skipTo(position)) {
            return false;
        }
        recent.add(bytes);
        settle();
        return true;
    }

    /** Bytes before were not kept: what follows begins a file of its own. */
    private boolean skipTo(long position) {
        if (!recent.isEmpty() && !settle()) {
            return false;
        }
        recent.dropTo(position);
        closeWriter();
        end = position;
        return true;
    }

    @Override
    public synchronized boolean settle() {
        try {
            while (!recent.isEmpty()) {
                FileChannel to = writer();
                ByteBuffer all = recent.all();
                int wrote = to.write(all, end - writerStart);
                end += wrote;
                recent.dropTo(end);
            }
            return true;
        } catch (IOException full) {
            // Said by who is refused; what was written of it counts, and the rest stays in memory.
            return false;
        }
    }

    private FileChannel writer() throws IOException {
        if (writer == null || end - writerStart >= disk.grain()) {
            closeWriter();
            Path file = folder.resolve(name + "." + end + ".raw");
            writer = disk.open(
                    file, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING);
            writerStart = end;
            files.put(end, file);
        }
        return writer;
    }

    private void closeWriter() {
        try {
            if (writer != null) {
                writer.close();
            }
        } catch (IOException late) {
            // What it could not write has stayed in memory.
            return;
        } finally {
            writer = null;
        }
    }

    @Override
    public synchronized int read(ByteBuffer into, long position) throws IOException {
        if (position >= recent.start()) {
            return recent.read(into, position);
        }
        Map.Entry<Long, Path> file = files.floorEntry(position);
        if (file == null) {
            return 0;
        }
        if (reader == null || readerStart != file.getKey()) {
            closeReader();
            reader = disk.open(file.getValue(), StandardOpenOption.READ);
            readerStart = file.getKey();
        }
        return reader.read(into, position - readerStart);
    }

    private void closeReader() throws IOException {
        if (reader != null) {
            reader.close();
            reader = null;
            readerStart = -1;
        }
    }

    @Override
    public long grain() {
        return disk.grain();
    }

    @Override
    public synchronized void delivered(long position) {
        recent.dropTo(Math.min(position, recent.end()));
        end = Math.max(end, recent.start());
    }

    @Override
    public synchronized void release(long position) throws IOException {
        for (Map.Entry<Long, Path> first; (first = files.firstEntry()) != null; ) {
            Long next = files.higherKey(first.getKey());
            boolean isWritten = writer != null && first.getKey() == writerStart;
            long itsEnd = next == null ? first.getKey() + disk.size(first.getValue()) : next;
            if (itsEnd > position || isWritten) {
                return;
            }
            drop(first.getKey());
        }
    }

    @Override
    public synchronized void giveUp(long from, long to) throws IOException {
        for (Long start : files.subMap(from, true, to, false).keySet().toArray(Long[]::new)) {
            Long next = files.higherKey(start);
            boolean isWritten = writer != null && start == writerStart;
            if (!isWritten && next != null && next <= to) {
                drop(start);
            }
        }
    }

    private void drop(Long start) throws IOException {
        if (start == readerStart) {
            closeReader();
        }
        Path file = files.remove(start);
        if (file != null) {
            disk.delete(file);
        }
    }

    @Override
    public synchronized void sync() throws IOException {
        if (writer != null) {
            writer.force(false);
        }
    }

    @Override
    public synchronized void close() throws IOException {
        settle();
        closeReader();
        closeWriter();
    }
}
