package dev.weir.cli.capture;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
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
    private final List<Conduit> conduits;
    private final List<Thread> relays;

    /**
     * What to start.
     *
     * @param way how its output is captured: auto, file or pipe
     * @param breakPipes whether the child shall notice, as without weir, that nobody reads its output any longer
     */
    public record Start(
            List<String> command,
            Map<String, String> environment,
            String way,
            Allowance allowance,
            boolean breakPipes) {
        public Start {
            command = List.copyOf(command);
            environment = Map.copyOf(environment);
        }
    }

    private Child(Process process, List<Stream> streams, List<Conduit> conduits, List<Thread> relays) {
        this.process = process;
        this.streams = streams;
        this.conduits = conduits;
        this.relays = relays;
    }

    /** Starts the command with its output going through the folder; standard input is the command's alone. */
    public static Child start(Start start, Path folder, LongSupplier clock, Bell bell) throws IOException {
        Conduit out = Conduit.open(start.way(), folder, "stdout");
        Conduit err = Conduit.open(start.way(), folder, "stderr");
        Process process;
        try {
            ProcessBuilder builder = new ProcessBuilder(start.command())
                    .redirectInput(Redirect.INHERIT)
                    .redirectOutput(out.entrance())
                    .redirectError(err.entrance());
            builder.environment().putAll(start.environment());
            process = builder.start();
        } catch (IOException failure) {
            out.abandon();
            err.abandon();
            throw failure;
        } finally {
            out.release();
            err.release();
        }
        Stream stdout = stream("stdout", folder, out, start.allowance(), bell);
        Stream stderr = stream("stderr", folder, err, start.allowance(), bell);
        List<Thread> relays = List.of(
                relay(out, FileDescriptor.out, stdout, clock, start.breakPipes()),
                relay(err, FileDescriptor.err, stderr, clock, start.breakPipes()));
        return new Child(process, List.of(stdout, stderr), List.of(out, err), relays);
    }

    private static Stream stream(String name, Path folder, Conduit conduit, Allowance allowance, Bell bell) {
        Ledger ledger = Ledger.beside(Disk.OWN, folder.resolve(name + ".raw"));
        return Stream.kept(name, conduit.kept(), new Progress(bell, ledger, allowance), Stream.Mark.START);
    }

    private static Thread relay(
            Conduit conduit, FileDescriptor to, Stream stream, LongSupplier clock, boolean breakPipe) {
        Relay relay = new Relay(
                conduit,
                new FileOutputStream(to).getChannel(),
                conduit.kept(),
                stream.progress(),
                clock,
                breakPipe ? conduit::breakPipe : () -> {});
        Thread thread = new Thread(relay, "relay-" + stream.name());
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
        return conduits.stream().map(Conduit::pid).toList();
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
        streams.forEach(stream -> stream.progress().allowance().release());
        long deadline = System.nanoTime() + forGrandchildren.toNanos();
        for (Thread relay : relays) {
            TimeUnit.NANOSECONDS.timedJoin(relay, Math.max(1, deadline - System.nanoTime()));
        }
        streams.forEach(stream -> stream.progress().end());
        for (int i = 0; i < conduits.size(); i++) {
            if (!relays.get(i).isAlive()) {
                conduits.get(i).finish();
            }
            conduits.get(i).kept().settle();
        }
        return code;
    }
}
