package dev.weir.cli.capture;

import java.io.File;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;

/**
 * A pipe with a holder: {@code child ─▶ pipe ─▶ tee ─┬─▶ pipe ─▶ weir}, and {@code └─▶ raw file} beside it.
 *
 * <p>The child sees an ordinary pipe. The holder is {@code tee}, deaf to every signal that a terminal or an impatient user sends:
 * if weir is killed, it goes on reading and the raw file goes on growing, so that the child neither dies of SIGPIPE nor loses a
 * byte; if the disk fills up, it goes on passing the bytes to weir. It lives until the last writer has closed the pipe, be it
 * a grandchild.
 *
 * <p>All ends are opened through {@code /proc/PID/fd}, because Java's own process pipes are closed, with what they hold, when
 * the direct child exits.
 */
final class Held implements Conduit {
    // The shell is there for the traps only: an ignored signal stays ignored across exec, and Java cannot set one.
    private static final String HOLD =
            "trap '' INT HUP TERM QUIT PIPE TSTP USR1 USR2 XFSZ; umask 077; exec tee -a \"$0\"";

    private final Process tee;
    private final File entrance;
    private final FileChannel exit;
    private final FileChannel spare;
    private final HeldFile file;

    private Held(Process tee, File entrance, FileChannel exit, FileChannel spare, HeldFile file) {
        this.tee = tee;
        this.entrance = entrance;
        this.exit = exit;
        this.spare = spare;
        this.file = file;
    }

    static Held open(Path folder, String name) throws IOException {
        Process tee = new ProcessBuilder(
                        "/bin/sh", "-c", HOLD, folder.resolve(name + ".raw").toString())
                .redirectError(Redirect.DISCARD)
                .start();
        File descriptors = new File("/proc/" + tee.pid() + "/fd");
        FileChannel exit = new FileInputStream(new File(descriptors, "1")).getChannel();
        FileChannel spare = new FileInputStream(new File(descriptors, "0")).getChannel();
        // Closed now and not with the entrance: what is open when the holder ends, Java empties into a buffer of its
        // own, and a command that ends at once would lose its output to it.
        tee.getInputStream().close();
        return new Held(tee, new File(descriptors, "0"), exit, spare, new HeldFile(Disk.OWN, folder, name, tee.pid()));
    }

    @Override
    public Redirect entrance() {
        return Redirect.to(entrance);
    }

    @Override
    public long pid() {
        return tee.pid();
    }

    @Override
    public void release() throws IOException {
        tee.getOutputStream().close();
    }

    /** Reads what the holder passes on and, should the holder ever die before the writers, the pipe itself. */
    @Override
    public int read(ByteBuffer into) throws IOException {
        int read = exit.read(into);
        return read >= 0 ? read : spare.read(into);
    }

    @Override
    public Kept kept() {
        return file;
    }

    @Override
    public boolean isOpen() {
        return exit.isOpen();
    }

    @Override
    public void close() throws IOException {
        exit.close();
        spare.close();
    }

    @Override
    public void breakPipe() {
        tee.destroyForcibly();
        try {
            close();
        } catch (IOException closed) {
            throw new UncheckedIOException(closed);
        }
    }

    @Override
    public void finish() {
        // The holder has ended with the last writer.
    }

    @Override
    public void abandon() {
        tee.destroyForcibly();
        tee.onExit().join();
    }
}
