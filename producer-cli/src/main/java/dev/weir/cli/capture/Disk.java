package dev.weir.cli.capture;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** What the spool asks of a file system; a simulation puts a faulty one in its place. */
interface Disk {
    FileChannel open(Path file, OpenOption... options) throws IOException;

    boolean exists(Path file);

    long size(Path file) throws IOException;

    void delete(Path file) throws IOException;

    void move(Path from, Path to) throws IOException;

    /** The files of a folder whose names begin and end so. */
    List<Path> list(Path folder, String prefix, String suffix) throws IOException;

    /** Gives back the room of a stretch of a file; false if this file system cannot. */
    boolean punch(Path file, long from, long to) throws IOException;

    /** In which units room is given back, and how long a file of weir's own becomes. */
    default int grain() {
        return 16 << 20;
    }

    default byte[] read(Path file) throws IOException {
        try (FileChannel channel = open(file, java.nio.file.StandardOpenOption.READ)) {
            ByteBuffer all = ByteBuffer.allocate((int) channel.size());
            while (all.hasRemaining() && channel.read(all, all.position()) > 0) {
                // until it is whole
            }
            return java.util.Arrays.copyOf(all.array(), all.position());
        }
    }

    /** The machine's own. */
    Disk OWN = new Disk() {
        @Override
        public FileChannel open(Path file, OpenOption... options) throws IOException {
            return FileChannel.open(file, options);
        }

        @Override
        public boolean exists(Path file) {
            return Files.exists(file);
        }

        @Override
        public long size(Path file) throws IOException {
            return Files.size(file);
        }

        @Override
        public void delete(Path file) throws IOException {
            Files.deleteIfExists(file);
        }

        @Override
        public void move(Path from, Path to) throws IOException {
            Files.move(from, to);
        }

        @Override
        public List<Path> list(Path folder, String prefix, String suffix) throws IOException {
            List<Path> found = new ArrayList<>();
            try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
                for (Path file : files) {
                    String name = String.valueOf(file.getFileName());
                    if (name.startsWith(prefix) && name.endsWith(suffix)) {
                        found.add(file);
                    }
                }
            }
            return found;
        }

        @Override
        public boolean punch(Path file, long from, long to) throws IOException {
            return Holes.punch(file, from, to);
        }
    };
}
