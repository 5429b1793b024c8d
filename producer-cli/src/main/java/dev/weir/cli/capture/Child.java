package dev.weir.cli.capture;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/** The wrapped command while it runs, with its two streams. */
public final class Child {
    private final Process process;
    private final List<Stream> streams;
    private final List<Thread> relays;

    private Child(Process process, List<Stream> streams, List<Thread> relays) {
        this.process = process;
        this.streams = streams;
        this.relays = relays;
    }

    /** Starts the command with its output going through the folder's raw files; standard input is the command's alone. */
    public static Child start(
            List<String> command, Map<String, String> environment, Path folder, LongSupplier clock, Bell bell)
            throws IOException {
        Held out = Held.open(folder.resolve("stdout.raw"));
        Held err = Held.open(folder.resolve("stderr.raw"));
        Process process;
        try {
            ProcessBuilder builder = new ProcessBuilder(command)
                    .redirectInput(Redirect.INHERIT)
                    .redirectOutput(out.entrance())
                    .redirectError(err.entrance());
            builder.environment().putAll(environment);
            process = builder.start();
        } finally {
            out.release();
            err.release();
        }
        Stream stdout = new Stream("stdout", folder.resolve("stdout.raw"), new Progress(bell));
        Stream stderr = new Stream("stderr", folder.resolve("stderr.raw"), new Progress(bell));
        return new Child(
                process,
                List.of(stdout, stderr),
                List.of(relay(out, FileDescriptor.out, stdout, clock), relay(err, FileDescriptor.err, stderr, clock)));
    }

    private static Thread relay(Held held, FileDescriptor to, Stream stream, LongSupplier clock) {
        OutputStream out = new FileOutputStream(to);
        Thread thread = new Thread(new Relay(held, out, stream.progress(), clock, () -> {}), "relay-" + stream.name());
        thread.setDaemon(true);
        thread.start();
        return thread;
    }

    public Process process() {
        return process;
    }

    public List<Stream> streams() {
        return streams;
    }

    /** Waits for the command, then for whoever else still holds its streams open, but not longer than this. */
    public int await(Duration forGrandchildren) throws InterruptedException {
        int code = process.waitFor();
        long deadline = System.nanoTime() + forGrandchildren.toNanos();
        for (Thread relay : relays) {
            TimeUnit.NANOSECONDS.timedJoin(relay, Math.max(1, deadline - System.nanoTime()));
        }
        streams.forEach(stream -> stream.progress().end());
        return code;
    }
}
