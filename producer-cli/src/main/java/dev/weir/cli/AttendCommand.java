package dev.weir.cli;

import dev.weir.settings.Quantities;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code weir attend}: works on the wakes of any number of runs, until it is ended. */
@Command(
        name = "attend",
        description = "Takes wakes that are due, also of runs that have ended, and runs a command for each.")
final class AttendCommand extends ReadCommand {
    private static final Duration WAIT = Duration.ofSeconds(20);
    private static final long PAUSE_MILLIS = 1_000;
    private static final int MOST = 64;

    @Option(
            names = "--on-wake",
            required = true,
            paramLabel = "CMD",
            description = "The command; no shell. The wake is JSON on its standard input and in WEIR_MESSAGE.")
    @SuppressWarnings("NullAway.Init")
    private String onWake;

    @Option(names = "--run", paramLabel = "ID", description = "Only of this run.")
    private String run = "";

    @Option(names = "--job", paramLabel = "J", description = "Only of this job's runs.")
    private String job = "";

    @Option(names = "--label", paramLabel = "K=V", description = "Only wakes with this label; repeatable.")
    private List<String> labels = List.of();

    @Option(names = "--concurrency", paramLabel = "N", description = "So many at once (1).")
    private int concurrency = 1;

    @Option(names = "--lease", paramLabel = "D", description = "How long a killed worker keeps its wakes (30s).")
    private String lease = "30s";

    @Option(names = "--worker", paramLabel = "NAME", description = "Its name; one is made if none is given.")
    private @Nullable String worker;

    @Option(names = "--count", paramLabel = "N", description = "Ends after so many wakes.")
    private long count = Long.MAX_VALUE;

    private final Set<Process> working = ConcurrentHashMap.newKeySet();

    AttendCommand(Map<String, String> environment) {
        super(environment);
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        if (concurrency < 1 || concurrency > MOST) {
            throw new UsageException("--concurrency is " + concurrency + ": use a number from 1 to " + MOST);
        }
        List<String> command = CommandWords.of("--on-wake", onWake);
        Leases.Wanted wanted =
                new Leases.Wanted(run.isEmpty() ? "" : choice(api()).of(run), job, named());
        String name = worker == null ? name() : worker;
        Duration length = length();
        Notice notice = new Notice(System.err, false);
        // A worker that is ended ends its commands; their leases run out, and the wakes come back.
        Runtime.getRuntime().addShutdownHook(new Thread(() -> working.forEach(Process::destroy), "attend-end"));
        AtomicReference<RuntimeException> failure = new AtomicReference<>();
        long[] left = {count};
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < concurrency; i++) {
            String each = concurrency == 1 ? name : name + "-" + i;
            Thread thread = new Thread(
                    () -> work(new Leases(api(), each, length, wanted), command, notice, left, failure), each);
            thread.start();
            threads.add(thread);
        }
        for (Thread thread : threads) {
            thread.join();
        }
        RuntimeException refused = failure.get();
        if (refused != null) {
            throw refused;
        }
        return 0;
    }

    private void work(
            Leases leases,
            List<String> command,
            Notice notice,
            long[] left,
            AtomicReference<RuntimeException> failure) {
        WakeWork work = new WakeWork(api(), leases, command, environment(), notice, process -> {
            working.add(process);
            process.onExit().thenAccept(working::remove);
        });
        try {
            while (more(left, failure)) {
                boolean worked = false;
                try {
                    Optional<dev.weir.cli.net.Json> wake = leases.take(WAIT);
                    if (wake.isPresent()) {
                        work.on(wake.get());
                        worked = true;
                    }
                } catch (NodeApi.Unreachable away) {
                    Thread.sleep(PAUSE_MILLIS);
                } finally {
                    if (!worked) {
                        back(left);
                    }
                }
            }
        } catch (NodeApi.Refused refused) {
            failure.compareAndSet(null, refused);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    private static boolean more(long[] left, AtomicReference<RuntimeException> failure) {
        synchronized (left) {
            return failure.get() == null && left[0]-- > 0;
        }
    }

    private static void back(long[] left) {
        synchronized (left) {
            left[0]++;
        }
    }

    private Map<String, String> named() {
        Map<String, String> named = new LinkedHashMap<>();
        for (String label : labels) {
            int equals = label.indexOf('=');
            if (equals < 1) {
                throw new UsageException("--label is '" + label + "': use a name and a value, as in team=core");
            }
            named.put(label.substring(0, equals), label.substring(equals + 1));
        }
        return named;
    }

    private Duration length() {
        try {
            Duration length = Quantities.duration(lease);
            if (length.toMillis() >= 1_000 && length.toMinutes() <= 60) {
                return length;
            }
        } catch (IllegalArgumentException | ArithmeticException unreadable) {
            // said below
        }
        throw new UsageException("--lease is '" + lease + "': use a duration from 1s to 1h");
    }

    static String name() {
        return "attend-" + ProcessHandle.current().pid() + "-" + RunId.at(System.currentTimeMillis());
    }
}
