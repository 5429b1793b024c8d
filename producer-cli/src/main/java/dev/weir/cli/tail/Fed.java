package dev.weir.cli.tail;

import dev.weir.cli.capture.Allowance;
import dev.weir.cli.capture.Bell;
import dev.weir.cli.capture.Input;
import dev.weir.cli.capture.LineInput;
import dev.weir.cli.capture.Stream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;

/**
 * One feed that is followed, started again with backoff whenever it ends. A feed that is started again repeats lines: those
 * before the last one's time are left out, and as many of that very time as were taken.
 */
final class Fed implements Runnable {
    private static final long FIRST_PAUSE = 250;
    private static final long LONGEST_PAUSE = 30_000;
    private static final long SAVE_MILLIS = 1_000;
    private static final long GOOD_LIFE = 10_000;

    private final String source;
    private final Feed feed;
    private final Map<String, String> labels;
    private final Kit kit;
    private final Map<String, Taken> streams = new HashMap<>();
    private volatile boolean stopping;
    private String saved = "";
    private long savedAt;

    /** What every feed needs. */
    record Kit(Path folder, OutputStream out, Allowance allowance, Bell bell, Consumer<Stream> onOpen) {}

    /** How far one stream has been taken. */
    private static final class Taken {
        final LineInput input;
        String stamp = "";
        long millis = -1;
        int sameStamp;
        int toSkip;
        boolean repeating;

        Taken(LineInput input) {
            this.input = input;
        }
    }

    Fed(String source, Feed feed, Map<String, String> labels, Kit kit) {
        this.source = source;
        this.feed = feed;
        this.labels = labels;
        this.kit = kit;
    }

    @Override
    public void run() {
        long pause = FIRST_PAUSE;
        try {
            while (!stopping) {
                long begun = System.nanoTime();
                streams.values().forEach(taken -> {
                    taken.repeating = !taken.stamp.isEmpty();
                    taken.toSkip = taken.sameStamp;
                });
                try {
                    feed.follow(streams.isEmpty() ? earlier() : last(), this::take);
                } catch (IOException | UncheckedIOException failure) {
                    if (!stopping) { // then it is broken off on purpose
                        String why = failure.getMessage() == null ? failure.toString() : failure.getMessage();
                        System.err.println("weir: " + source + ": " + why);
                    }
                }
                boolean lived = System.nanoTime() - begun > GOOD_LIFE * 1_000_000;
                pause = lived ? FIRST_PAUSE : Math.min(LONGEST_PAUSE, pause * 2);
                for (long left = pause; left > 0 && !stopping; left -= FIRST_PAUSE) {
                    Thread.sleep(Math.min(left, FIRST_PAUSE));
                }
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        } finally {
            streams.values().forEach(taken -> taken.input.end());
            saveLast();
        }
    }

    private void saveLast() {
        try {
            save();
        } catch (IOException full) {
            System.err.println(
                    "weir: cannot note how far " + source + " was taken, lines of it may come again: " + full);
        }
    }

    /** The earliest of the streams' last times: none may miss a line. */
    private String last() {
        return streams.values().stream()
                .filter(taken -> taken.millis >= 0)
                .min(java.util.Comparator.comparingLong(taken -> taken.millis))
                .map(taken -> taken.stamp)
                .orElse("");
    }

    private void take(String stream, String stamp, byte[] line) throws IOException, InterruptedException {
        Taken taken = streams.computeIfAbsent(stream, this::open);
        long millis = stamp.isEmpty() ? -1 : Stamp.millis(stamp);
        if (taken.repeating && millis >= 0) {
            boolean same = stamp.equals(taken.stamp);
            if (same && taken.toSkip > 0) {
                taken.toSkip--;
                return;
            }
            if (!same && millis <= taken.millis && isBefore(stamp, taken.stamp)) {
                return;
            }
            taken.repeating = same;
        }
        taken.sameStamp = stamp.equals(taken.stamp) ? taken.sameStamp + 1 : 1;
        taken.stamp = millis < 0 ? taken.stamp : stamp;
        taken.millis = millis < 0 ? taken.millis : millis;
        long now = System.currentTimeMillis();
        taken.input.take(line, millis < 0 ? now : millis);
        if (now - savedAt >= SAVE_MILLIS) {
            savedAt = now;
            save();
        }
    }

    /** Of times within one millisecond, as one tool writes them. */
    private static boolean isBefore(String a, String b) {
        long first = Stamp.millis(a);
        long second = Stamp.millis(b);
        return first < second
                || first == second && (a.length() == b.length() ? a.compareTo(b) < 0 : a.length() < b.length());
    }

    private Taken open(String stream) {
        String name = stream.isEmpty() ? source : source + "/" + stream;
        try {
            LineInput input = LineInput.open(
                    new Input.Naming(name, stream.isEmpty() ? "file" : stream, labels),
                    kit.folder(),
                    kit.out(),
                    kit.allowance(),
                    kit.bell());
            kit.onOpen().accept(input.stream());
            return new Taken(input);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private Path since() {
        return kit.folder().resolve(source.replaceAll("[^A-Za-z0-9_-]", "_") + ".since");
    }

    /** Where an earlier process was, or nothing. */
    private String earlier() throws IOException {
        return Files.exists(since()) ? Files.readString(since()).strip() : "";
    }

    private void save() throws IOException {
        String last = last();
        if (!last.isEmpty() && !last.equals(saved)) {
            saved = last;
            Files.writeString(since(), last);
        }
    }

    void stop() {
        stopping = true;
        feed.stop();
    }
}
