package dev.weir.cli.capture;

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

    /** A stream of which weir keeps the bytes. */
    static Stream kept(String name, Bytes bytes, Progress progress, Mark from) {
        return new Stream(name, name, Map.of(), bytes, progress, from);
    }
}
