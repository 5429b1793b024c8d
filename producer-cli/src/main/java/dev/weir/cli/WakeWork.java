package dev.weir.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.weir.cli.net.Json;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Works on wakes that were taken: runs a command for each, without a shell, the wake as JSON on its standard input and in
 * {@code WEIR_MESSAGE}; what it says goes on to weir's own output and to the run, as a further phase of it. A lease that is
 * lost, or may be, ends the command: from then on the wake may be another worker's.
 */
final class WakeWork {
    private static final long NANOS = 1_000_000;
    private static final Duration LONGEST_RETRY = Duration.ofMinutes(5);
    private static final int MOST_DETAIL = 400;

    private final NodeApi api;
    private final Leases leases;
    private final List<String> command;
    private final Map<String, String> environment;
    private final Notice notice;
    private final Consumer<Process> started;

    /** @param started is told of each process, which it may have to end */
    WakeWork(
            NodeApi api,
            Leases leases,
            List<String> command,
            Map<String, String> environment,
            Notice notice,
            Consumer<Process> started) {
        this.api = api;
        this.leases = leases;
        this.command = List.copyOf(command);
        this.environment = Map.copyOf(environment);
        this.notice = notice;
        this.started = started;
    }

    /** To its end, which the server is told. */
    void on(Json wake) throws InterruptedException {
        String run = wake.get("run").text();
        String name = "wake " + wake.get("id").text() + " of run " + run + ", attempt "
                + wake.get("attempt").text();
        long takenAt = System.nanoTime();
        Process process;
        try {
            process = start(wake, run);
        } catch (IOException failure) {
            notice.say(name + ": cannot start " + command.get(0) + ": " + failure.getMessage());
            leases.done(wake, RunCommand.OWN_FAILURE, "cannot be started: " + failure.getMessage(), retryIn(wake));
            return;
        }
        started.accept(process);
        PhaseLines phase = new PhaseLines(
                api,
                run,
                "wake-" + wake.get("id").text() + "-" + wake.get("attempt").text(),
                environment);
        Thread out = pump(process.getInputStream(), System.out, "stdout", phase);
        Thread err = pump(process.getErrorStream(), System.err, "stderr", phase);
        tell(process, wake);
        boolean kept = keep(process, wake, takenAt);
        int code = process.waitFor();
        out.join();
        err.join();
        phase.flush();
        if (!kept) {
            notice.say(name + ": the lease was lost, so its command was ended; another worker may have the wake");
            return;
        }
        Leases.Order told = finish(wake, code);
        notice.say(name + ": exit " + code
                + (told == Leases.Order.TAKEN ? "" : "; the server could not be told, so it comes back"));
    }

    private Process start(Json wake, String run) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().put("WEIR_MESSAGE", wake.written());
        builder.environment().put("WEIR_RUN_ID", run);
        builder.environment().put("WEIR_WAKE_ID", wake.get("id").text());
        builder.environment().put("WEIR_WAKE_ATTEMPT", wake.get("attempt").text());
        return builder.start();
    }

    private static void tell(Process process, Json wake) {
        try (OutputStream in = process.getOutputStream()) {
            in.write((wake.written() + "\n").getBytes(UTF_8));
        } catch (IOException notRead) {
            return; // a command need not read what it is told
        }
    }

    private static Thread pump(InputStream from, PrintStream to, String stream, PhaseLines phase) {
        Thread pump = new Thread(
                () -> {
                    byte[] buffer = new byte[16 << 10];
                    try (from) {
                        for (int got; (got = from.read(buffer)) >= 0; ) {
                            to.write(buffer, 0, got);
                            to.flush();
                            phase.bytes(stream, buffer, got);
                        }
                    } catch (IOException ended) {
                        return; // with its process
                    }
                },
                stream);
        pump.setDaemon(true);
        pump.start();
        return pump;
    }

    /** Renews while the command works; false once the lease is lost, or has run out unheard. */
    private boolean keep(Process process, Json wake, long takenAt) throws InterruptedException {
        long length = leases.length().toMillis();
        long heard = takenAt;
        while (!process.waitFor(Math.max(50, length / 3), TimeUnit.MILLISECONDS)) {
            Leases.Order order = leases.renew(wake);
            long now = System.nanoTime();
            if (order == Leases.Order.TAKEN) {
                heard = now;
            } else if (order == Leases.Order.LOST || (now - heard) / NANOS > length * 2 / 3) {
                process.descendants().forEach(ProcessHandle::destroyForcibly);
                process.destroyForcibly();
                return false;
            }
        }
        return true;
    }

    /** Told again while the server is away, as long as nobody else can have been given the wake. */
    private Leases.Order finish(Json wake, int code) throws InterruptedException {
        long end = System.nanoTime() + leases.length().toNanos();
        Leases.Order order = Leases.Order.UNHEARD;
        while (order == Leases.Order.UNHEARD && System.nanoTime() < end) {
            order = leases.done(wake, code, code == 0 ? "" : cut("exit " + code), retryIn(wake));
            if (order == Leases.Order.UNHEARD) {
                Thread.sleep(500);
            }
        }
        return order;
    }

    private static String cut(String text) {
        return text.substring(0, Math.min(MOST_DETAIL, text.length()));
    }

    /** Later after each attempt. */
    private static Duration retryIn(Json wake) {
        long seconds = 1L << Math.min(16, Math.max(0, wake.get("attempt").number() - 1));
        return seconds > LONGEST_RETRY.toSeconds() ? LONGEST_RETRY : Duration.ofSeconds(seconds);
    }
}
