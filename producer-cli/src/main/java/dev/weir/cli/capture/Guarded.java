package dev.weir.cli.capture;

import java.io.File;
import java.io.FileInputStream;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;

/**
 * A pipe that weir reads itself, and a guard that holds its other end open: {@code child ─▶ pipe ─▶ weir ─▶ segments}.
 *
 * <p>If weir is killed, the guard takes over within a second and keeps the rest in a file, so that the child neither dies of
 * SIGPIPE nor waits for ever. What weir had read and not yet written, at most one read, is lost then.
 */
final class Guarded implements Conduit {
    private static final String GUARD = "trap '' INT HUP TERM QUIT PIPE TSTP USR1 USR2; umask 077; exec >>\"$0\";"
            + " tail --pid=\"$1\" -f /dev/null 2>/dev/null || while kill -0 \"$1\" 2>/dev/null; do sleep 1; done; exec cat";

    private final Process guard;
    private final File entrance;
    private final FileChannel exit;
    private final Segments segments;

    private Guarded(Process guard, File entrance, FileChannel exit, Segments segments) {
        this.guard = guard;
        this.entrance = entrance;
        this.exit = exit;
        this.segments = segments;
    }

    static Guarded open(Path folder, String name) throws IOException {
        Process guard = new ProcessBuilder(
                        "/bin/sh",
                        "-c",
                        GUARD,
                        folder.resolve(name + ".rest").toString(),
                        Long.toString(ProcessHandle.current().pid()))
                .redirectOutput(Redirect.DISCARD)
                .redirectError(Redirect.DISCARD)
                .start();
        File entrance = new File("/proc/" + guard.pid() + "/fd/0");
        FileChannel exit = new FileInputStream(entrance).getChannel();
        return new Guarded(guard, entrance, exit, new Segments(Disk.OWN, folder, name, 0));
    }

    @Override
    public Redirect entrance() {
        return Redirect.to(entrance);
    }

    @Override
    public long pid() {
        return guard.pid();
    }

    @Override
    public void release() throws IOException {
        guard.getOutputStream().close();
    }

    @Override
    public int read(ByteBuffer into) throws IOException {
        return exit.read(into);
    }

    @Override
    public Kept kept() {
        return segments;
    }

    @Override
    public boolean isOpen() {
        return exit.isOpen();
    }

    @Override
    public void close() throws IOException {
        exit.close();
    }

    @Override
    public void breakPipe() {
        finish();
        try {
            close();
        } catch (IOException closed) {
            throw new java.io.UncheckedIOException(closed);
        }
    }

    @Override
    public void finish() {
        guard.descendants().forEach(ProcessHandle::destroyForcibly);
        guard.destroyForcibly();
    }

    @Override
    public void abandon() {
        finish();
        guard.onExit().join();
    }
}
