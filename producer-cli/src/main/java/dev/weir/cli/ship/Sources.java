package dev.weir.cli.ship;

import dev.weir.cli.capture.Stream;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * The streams that a run is made of: those being read, and what remains of those that are done with. Added to and asked by any
 * thread; read and let go of by the shipper's.
 */
final class Sources implements Iterable<SourceReader> {
    private static final int MOST_POSITIONS = 1_000;
    private static final int MANY = 64;

    private final List<SourceReader> readers = new CopyOnWriteArrayList<>();
    private final Deque<Position> done = new ArrayDeque<>();
    private final Queue<String> retired = new ConcurrentLinkedQueue<>();
    private int readersThen;
    private volatile long linesDone;

    void add(SourceReader reader) {
        readers.add(reader);
    }

    @Override
    public Iterator<SourceReader> iterator() {
        return readers.iterator();
    }

    /** Streams that are done with since this was asked last. */
    List<String> takeRetired() {
        List<String> taken = new ArrayList<>();
        for (String name; (name = retired.poll()) != null; ) {
            taken.add(name);
        }
        return taken;
    }

    /** How far each stream has been acknowledged; not those that are done with. */
    Map<String, Stream.Mark> acknowledged() {
        return readers.stream()
                .filter(reader -> !isDone(reader))
                .collect(Collectors.toMap(reader -> reader.stream().name(), SourceReader::acknowledged, (a, b) -> b));
    }

    private static boolean isDone(SourceReader reader) {
        return reader.finished() && reader.mark().equals(reader.acknowledged());
    }

    long lines() {
        return linesDone + readers.stream().mapToLong(SourceReader::lines).sum();
    }

    /** How many bytes have come. */
    long taken() {
        long taken = 0;
        for (SourceReader reader : readers) {
            taken += reader.progress().taken();
        }
        return taken;
    }

    boolean areFinished() {
        return readers.stream().allMatch(SourceReader::finished);
    }

    boolean any(Predicate<SourceReader> one) {
        return readers.stream().anyMatch(one);
    }

    /** Of which most waits. */
    Optional<SourceReader> longest() {
        return readers.stream().max(Comparator.comparingLong(SourceReader::backlog));
    }

    List<Position> positions() {
        return readers.stream().map(SourceReader::position).toList();
    }

    /** Those of streams that are done with, too, as far as they are remembered. */
    List<Position> allPositions() {
        List<Position> all = new ArrayList<>(done);
        all.addAll(positions());
        return all;
    }

    /** Whether so many have come since the last time that waiting for the next is not good enough: files may be rotated fast. */
    boolean wantRetiring() {
        return readers.size() >= readersThen + MANY;
    }

    /** Lets go of what is done with: a log that is rotated for weeks has thousands of files. */
    void retire(Predicate<SourceReader> isSeen) throws IOException {
        for (SourceReader reader : readers) {
            if (isSeen.test(reader) && isDone(reader)) {
                reader.close();
                linesDone += reader.lines();
                readers.remove(reader);
                retired.add(reader.stream().name());
                done.addLast(reader.position());
                if (done.size() > MOST_POSITIONS) {
                    done.removeFirst();
                }
            }
        }
        readersThen = readers.size();
    }
}
