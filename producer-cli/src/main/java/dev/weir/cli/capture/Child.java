package dev.weir.cli.capture;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/** The wrapped command while it runs, with its two streams. */
public final class Child {
    private final Process process;
    private final List<Stream> streams;
    private final List<Long> holders;
    private final List<Thread> relays;

    /**
     * What to start.
     *
     * @param breakPipes whether the child shall notice, as without weir, that nobody reads its output any longer
     */
    public record Start(List<String> command, Map<String, String> environment, boolean breakPipes) {}

    private Child(Process process, List<Stream> streams, List<Long> holders, List<Thread> relays) {
        this.process = process;
        this.streams = streams;
        this.holders = holders;
        this.relays = relays;
    }

    /** Starts the command with its output going through the folder's raw files; standard input is the command's alone. */
    public static Child start(Start start, Path folder, LongSupplier clock, Bell bell) throws IOException {
        Stream stdout = stream("stdout", folder, bell);
        Stream stderr = stream("stderr", folder, bell);
        Held out = Held.open(raw(folder, "stdout"));
        Held err = Held.open(raw(folder, "stderr"));
        Process process;
        try {
            ProcessBuilder builder = new ProcessBuilder(start.command())
                    .redirectInput(Redirect.INHERIT)
                    .redirectOutput(out.entrance())
                    .redirectError(err.entrance());
            builder.environment().putAll(start.environment());
            process = builder.start();
        } finally {
            out.release();
            err.release();
        }
        List<Thread> relays = List.of(
                relay(out, FileDescriptor.out, stdout, clock, start.breakPipes()),
                relay(err, FileDescriptor.err, stderr, clock, start.breakPipes()));
        return new Child(process, List.of(stdout, stderr), List.of(out.pid(), err.pid()), relays);
    }

    private static Stream stream(String name, Path folder, Bell bell) {
        Path raw = raw(folder, name);
        return Stream.raw(name, raw, new Progress(bell, Times.beside(raw)));
    }

    private static Path raw(Path folder, String name) {
        return folder.resolve(name + ".raw");
    }

    private static Thread relay(Held held, FileDescriptor to, Stream stream, LongSupplier clock, boolean breakPipe) {
        OutputStream out = new FileOutputStream(to);
        Thread thread = new Thread(new Relay(held, out, stream.progress(), clock, breakPipe), "relay-" + stream.name());
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

    /** Process ids of what keeps the streams, in the streams' order: they may outlive weir. */
    public List<Long> holders() {
        return holders;
    }

    /** Asks the command and all it has started to end, and after a while no longer asks. */
    public void stop(Duration grace) throws InterruptedException {
        List<ProcessHandle> family = family();
        family.forEach(ProcessHandle::destroy);
        if (!process.waitFor(grace.toMillis(), TimeUnit.MILLISECONDS)) {
            family.addAll(family());
            family.forEach(ProcessHandle::destroyForcibly);
        }
    }

    private List<ProcessHandle> family() {
        List<ProcessHandle> family = new ArrayList<>(process.descendants().toList());
        family.add(process.toHandle());
        return family;
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
