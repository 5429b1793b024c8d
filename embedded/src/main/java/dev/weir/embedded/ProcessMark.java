package dev.weir.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * A process written down so that a later one can find it: its id and when it started. An id alone may by then belong to a
 * stranger, who must not be killed in its place.
 */
public record ProcessMark(long pid, Instant started) {
    /** The system counts a start in hundredths since boot, and a corrected clock moves the boot. */
    private static final Duration TOLERANCE = Duration.ofSeconds(2);

    /** Places in /proc/PID/stat, counted from after the name. */
    private static final int STATE = 0;

    private static final int THREADS = 17;

    public static ProcessMark of(ProcessHandle process) {
        return new ProcessMark(process.pid(), startOf(process));
    }

    public void write(Path file) throws IOException {
        Files.writeString(file, pid + " " + started.toEpochMilli() + "\n");
    }

    /** Empty if there is none, or one that was written by half. */
    public static Optional<ProcessMark> read(Path file) {
        try {
            return parse(Files.readString(file));
        } catch (IOException absent) {
            return Optional.empty();
        }
    }

    public static Optional<ProcessMark> parse(String text) {
        String[] parts = text.strip().split(" ");
        try {
            return parts.length == 2
                    ? Optional.of(
                            new ProcessMark(Long.parseLong(parts[0]), Instant.ofEpochMilli(Long.parseLong(parts[1]))))
                    : Optional.empty();
        } catch (NumberFormatException halfWritten) {
            return Optional.empty();
        }
    }

    /** The process itself, if it still runs; never another that was given its id. */
    public Optional<ProcessHandle> running() {
        return ProcessHandle.of(pid)
                .filter(ProcessMark::isRunning)
                .filter(process ->
                        Duration.between(started, startOf(process)).abs().compareTo(TOLERANCE) <= 0);
    }

    /**
     * Whether it still does anything. Java calls one alive that has ended and that nobody has waited for, and in a container
     * whose first process waits for none, that is for ever. One whose first thread alone has ended still holds its ports.
     */
    static boolean isRunning(ProcessHandle process) {
        if (!process.isAlive()) {
            return false;
        }
        try {
            String stat = Files.readString(Path.of("/proc", Long.toString(process.pid()), "stat"));
            // The name before them, in brackets, may hold anything.
            String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
            return !fields[STATE].equals("Z") || Integer.parseInt(fields[THREADS]) > 1;
        } catch (IOException noProcOrJustGone) {
            return process.isAlive();
        }
    }

    private static Instant startOf(ProcessHandle process) {
        return process.info().startInstant().orElse(Instant.EPOCH);
    }
}
