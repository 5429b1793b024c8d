package dev.weir.cli.capture;

import java.nio.file.Path;
import java.util.Map;

/**
 * One stream of bytes that is being captured.
 *
 * @param name what tells it from the run's other sources
 * @param kind stdout, stderr, stdin or file
 * @param labels what else tells it from others
 * @param from where in it to begin, and which number the first entry there has
 */
public record Stream(String name, String kind, Map<String, String> labels, Bytes bytes, Progress progress, Mark from) {
    public Stream {
        labels = Map.copyOf(labels);
    }

    /** A place between two entries. */
    public record Mark(long position, long seq) {
        public static final Mark START = new Mark(0, 0);
    }

    /** A stream that a raw file holds from its first byte on. */
    static Stream raw(String name, Path raw, Progress progress) {
        return new Stream(name, name, Map.of(), new RawFile(raw), progress, Mark.START);
    }
}
