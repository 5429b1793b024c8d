package dev.weir.cli.capture;

import java.io.IOException;
import java.io.OutputStream;
import java.io.Reader;
import java.io.Writer;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;

/**
 * A source whose lines come with times of their own, such as a container's log: kept in segments until Kafka has them. Taken
 * from one thread.
 */
public final class LineInput {
    private static final String STREAM = ".stream";
    private static final String LABEL = "label.";

    private final Stream stream;
    private final Segments segments;
    private final OutputStream out;
    private long position;

    private LineInput(Stream stream, Segments segments, OutputStream out) {
        this.stream = stream;
        this.segments = segments;
        this.out = out;
    }

    /** A source of this name; each time it is opened anew in a folder, it is a source of its own, numbered from 0. */
    public static LineInput open(Input.Naming plain, Path folder, OutputStream out, Allowance allowance, Bell bell)
            throws IOException {
        int generation = 1 + Disk.OWN.list(folder, plain.file() + "-", STREAM).size();
        String file = plain.file() + "-" + generation;
        String source = generation == 1 ? plain.source() : plain.source() + "#" + generation;
        Input.Naming naming = new Input.Naming(source, plain.kind(), plain.labels());
        describe(naming, folder.resolve(file + STREAM));
        Segments segments = new Segments(Disk.OWN, folder, file, 0);
        Progress progress =
                new Progress(bell, Ledger.beside(Disk.OWN, folder.resolve(file + ".raw")), allowance).exact();
        Stream stream =
                new Stream(naming.source(), naming.kind(), naming.labels(), segments, progress, Stream.Mark.START);
        return new LineInput(stream, segments, out);
    }

    private static void describe(Input.Naming naming, Path file) throws IOException {
        Properties text = new Properties();
        text.setProperty("source", naming.source());
        text.setProperty("kind", naming.kind());
        naming.labels().forEach((name, value) -> text.setProperty(LABEL + name, value));
        try (Writer writer = Files.newBufferedWriter(file)) {
            text.store(writer, null);
        }
    }

    /** What an earlier process has left in this folder undelivered. */
    public static List<Stream> left(Path folder, Bell bell) throws IOException {
        List<Stream> left = new ArrayList<>();
        for (Path file : Disk.OWN.list(folder, "", STREAM)) {
            Properties text = new Properties();
            try (Reader reader = Files.newBufferedReader(file)) {
                text.load(reader);
            }
            Map<String, String> labels = new HashMap<>();
            text.stringPropertyNames().stream()
                    .filter(name -> name.startsWith(LABEL))
                    .forEach(name -> labels.put(name.substring(LABEL.length()), text.getProperty(name)));
            String name = String.valueOf(file.getFileName());
            Stream kept = Follower.follow(
                    name.substring(0, name.length() - STREAM.length()),
                    folder,
                    () -> false,
                    System::currentTimeMillis,
                    bell);
            if (kept != null) {
                left.add(new Stream(
                        text.getProperty("source"),
                        text.getProperty("kind"),
                        labels,
                        kept.bytes(),
                        kept.progress(),
                        kept.from()));
            }
        }
        return left;
    }

    public Stream stream() {
        return stream;
    }

    /** Takes one line; waits where there is no room and the user would rather wait. */
    public void take(byte[] line, long time) throws IOException, InterruptedException {
        byte[] whole = java.util.Arrays.copyOf(line, line.length + 1);
        whole[line.length] = '\n';
        stream.progress().allowance().await(whole.length);
        if (segments.keep(ByteBuffer.wrap(whole), position)) {
            stream.progress().advance(ByteBuffer.wrap(whole), time);
        } else {
            stream.progress().lose(whole.length, 1, time, true);
        }
        position += whole.length;
        out.write(whole);
    }

    public void end() {
        stream.progress().end();
    }
}
