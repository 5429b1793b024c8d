package dev.weir.cli.capture;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Hands the signals that reach weir on to the child, each once: a key pressed at the terminal has already reached the child,
 * which is in the same foreground group.
 *
 * <p>QUIT stays with the JVM, which prints its threads then; KILL and STOP nobody can hand on. A signal that was ignored when
 * weir started (nohup) stays ignored, for weir and for the child.
 */
public final class Signals {
    private static final List<String> HANDED_ON =
            List.of("HUP", "INT", "TERM", "USR1", "USR2", "WINCH", "ALRM", "URG", "IO", "PWR", "TSTP", "CONT");
    private static final Set<String> FROM_THE_KEYBOARD = Set.of("INT", "WINCH", "TSTP");

    private static final Set<String> ENDING = Set.of("HUP", "INT", "TERM");

    private static final int INTERRUPTED = 130;

    private final List<String> early = new ArrayList<>();
    private @Nullable Process child;
    private @Nullable String last;
    private @Nullable Runnable afterwards;
    private int interrupts;
    private volatile boolean stopped;

    private Signals() {}

    /** Takes over all signals; those that come before there is a child wait for it. To be called before the child starts. */
    public static Signals install() {
        Signals signals = new Signals();
        HANDED_ON.forEach(signals::take);
        return signals;
    }

    private void take(String name) {
        SignalHandling.take(name, name.equals("TSTP") ? this::suspended : () -> arrived(name));
    }

    /** Stops as the child does, and by the same signal: whoever waits for weir is told which it was. */
    private void suspended() {
        Process process;
        synchronized (this) {
            process = child;
            if (process != null) {
                handOn("TSTP");
            }
        }
        if (process == null || !process.isAlive() || Stopping.of(process)) {
            stopped = true;
            SignalHandling.byDefault("TSTP", Signals::stop);
        }
    }

    /** Returns when somebody has let this process go on. */
    private static void stop() {
        try {
            send("TSTP", ProcessHandle.current().pid()).waitFor();
        } catch (IOException noShell) {
            System.err.println("weir: cannot stop: " + noShell.getMessage());
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    public synchronized void attach(Process process) {
        child = process;
        early.forEach(this::handOn);
        early.clear();
    }

    /** The last signal handed on: if the child's exit code is 128 and its number, it ended by it. */
    public synchronized @Nullable String last() {
        return last;
    }

    private synchronized void arrived(String name) {
        if (child == null) {
            early.add(name);
        } else {
            handOn(name);
        }
    }

    /**
     * What a signal that asks to end does once there is no child to hand it to. One key is for both: the interrupt that has just
     * ended the child does not count.
     */
    public synchronized void afterwards(Runnable ended) {
        afterwards = ended;
    }

    private synchronized void handOn(String name) {
        Process process = child;
        if (process == null || !process.isAlive()) {
            boolean endedIt =
                    name.equals("INT") && ++interrupts == 1 && process != null && process.exitValue() == INTERRUPTED;
            if (afterwards != null && ENDING.contains(name) && !endedIt) {
                afterwards.run();
            }
            return;
        }
        if (name.equals("INT") && ++interrupts > 1) {
            last = "KILL";
            process.destroyForcibly();
            return;
        }
        last = name;
        boolean hasIt = name.equals("CONT") && stopped
                ? !Stopping.isStopped(process.pid(), true) // a shell lets the whole group go on
                : FROM_THE_KEYBOARD.contains(name) && inForeground();
        if (!hasIt) {
            try {
                send(name, process.pid());
            } catch (IOException noShell) {
                System.err.println("weir: cannot hand signal " + name + " on: " + noShell.getMessage());
            }
        }
        if (name.equals("CONT")) {
            stopped = false;
        }
    }

    /** The shell's built-in is everywhere; Java itself can only send TERM and KILL. */
    private static Process send(String name, long pid) throws IOException {
        return new ProcessBuilder("/bin/sh", "-c", "kill -s \"$0\" \"$1\"", name, Long.toString(pid))
                .redirectOutput(Redirect.DISCARD)
                .redirectError(Redirect.DISCARD)
                .start();
    }

    /** Whether this process group is its terminal's foreground group, as proc(5) tells. */
    private static boolean inForeground() {
        try {
            String stat = Files.readString(Path.of("/proc/self/stat"));
            String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
            return !fields[4].equals("0") && fields[2].equals(fields[5]);
        } catch (IOException notLinux) {
            return System.console() != null;
        }
    }
}
