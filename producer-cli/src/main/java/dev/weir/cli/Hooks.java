package dev.weir.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.re2j.Pattern;
import dev.weir.cli.capture.Stream;
import dev.weir.cli.net.Json;
import dev.weir.cli.ship.Ending;
import dev.weir.cli.ship.LineWatch;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.ProcessBuilder.Redirect;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Starts the user's commands when what they wait for happens, one after another on a thread of their own: neither the job nor
 * the shipping of its lines waits for them, and what goes wrong with one is said and nothing more. Whether Kafka is there makes
 * no difference.
 */
final class Hooks implements LineWatch {
    private static final long LEAST_MILLIS = 1_000;
    private static final long PATIENCE_SECONDS = 30;
    private static final int MOST_WAITING = 32;
    private static final int MOST_TEXT = 16 << 10;
    private static final Pattern ERROR = Pattern.compile(
            "(?:^|[^A-Za-z])(?:ERROR|FATAL|CRITICAL|PANIC|SEVERE|EMERG)(?:[^A-Za-z]|$)"
                    + "|^\\s*(?:error|fatal|panic)(?:\\[[^\\]]*\\])?:|level\"?[:=]\\s*\"?(?:error|fatal)|^Traceback \\(most recent");

    private final String run;
    private final List<Watched> lines = new ArrayList<>();
    private final List<Watched> exits = new ArrayList<>();
    private final BlockingQueue<Due> due = new ArrayBlockingQueue<>(MOST_WAITING);
    private final Notice notice;
    private @Nullable Thread worker;
    private int unfinished;

    /** A hook, when it was last started, and how many of its events went unheard since. */
    private static final class Watched {
        final Hook hook;
        final Pattern pattern;
        long last;
        long missed;

        Watched(Hook hook) {
            this.hook = hook;
            this.pattern = hook.pattern() == null ? ERROR : hook.pattern();
        }
    }

    private record Due(String command, String event) {}

    private Hooks(String run, List<Hook> hooks, Notice notice) {
        this.run = run;
        this.notice = notice;
        hooks.forEach(hook -> (hook.event().equals("exit") ? exits : lines).add(new Watched(hook)));
    }

    /** Null if there is nothing to wait for: a class of patterns less to load. */
    static @Nullable Hooks of(String run, List<Hook> hooks, Notice notice) {
        return hooks.isEmpty() ? null : new Hooks(run, hooks, notice);
    }

    @Override
    public void see(Stream stream, byte @Nullable [] edited, byte[] bytes, int start, int length, long time) {
        if (lines.isEmpty()) {
            return;
        }
        String line = edited != null
                ? new String(edited, 0, Math.min(edited.length, MOST_TEXT), UTF_8)
                : new String(bytes, start, Math.min(length, MOST_TEXT), UTF_8);
        for (Watched each : lines) {
            if (each.pattern.matcher(line).find()) {
                if (Math.abs(time - each.last) < LEAST_MILLIS || due.remainingCapacity() == 0) {
                    each.missed++;
                    continue;
                }
                each.last = time;
                start(
                        each,
                        "\"source\":" + Json.quoted(stream.name()) + ",\"text\":" + Json.quoted(line) + ",\"time\":\""
                                + Instant.ofEpochMilli(time) + "\"");
                each.missed = 0;
            }
        }
    }

    void ended(Ending ending, long lineCount) {
        for (Watched each : exits) {
            start(
                    each,
                    "\"exitCode\":" + ending.exitCode() + ",\"reason\":" + Json.quoted(ending.reason())
                            + ",\"signal\":" + (ending.signal() == null ? "null" : Json.quoted(ending.signal()))
                            + ",\"lines\":" + lineCount + ",\"time\":\"" + Instant.ofEpochMilli(ending.at()) + "\"");
        }
    }

    private synchronized void start(Watched watched, String fields) {
        String event = "{\"event\":\"" + watched.hook.event() + "\",\"run\":" + Json.quoted(run) + "," + fields
                + ",\"missed\":" + watched.missed + "}\n";
        if (!due.offer(new Due(watched.hook.command(), event))) {
            return;
        }
        unfinished++;
        if (worker == null) {
            Thread thread = new Thread(this::work, "hooks");
            thread.setDaemon(true);
            thread.start();
            worker = thread;
        }
    }

    private void work() {
        try {
            while (true) {
                start(due.take());
                finished();
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    private synchronized void finished() {
        unfinished--;
        notifyAll();
    }

    private void start(Due next) throws InterruptedException {
        try {
            Process process = new ProcessBuilder("/bin/sh", "-c", next.command())
                    .redirectOutput(Redirect.DISCARD)
                    .redirectError(Redirect.DISCARD)
                    .start();
            tell(process, next.event());
            if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                notice.say("--on " + next.command() + " was stopped after " + PATIENCE_SECONDS + " s");
            } else if (process.exitValue() != 0) {
                notice.say("--on " + next.command() + " exited " + process.exitValue());
            }
        } catch (IOException failure) {
            notice.say("--on " + next.command() + " cannot be started: " + failure.getMessage());
        }
    }

    private static void tell(Process process, String event) {
        try (OutputStream in = process.getOutputStream()) {
            in.write(event.getBytes(UTF_8));
        } catch (IOException notRead) {
            return; // a command need not read what it is told; how it exits is looked at anyway
        }
    }

    /** Waits for what has been started, but not longer than this. */
    synchronized void await(long millis) throws InterruptedException {
        long end = System.nanoTime() + millis * 1_000_000;
        for (long left; unfinished > 0 && (left = (end - System.nanoTime()) / 1_000_000) > 0; ) {
            wait(left);
        }
    }
}
