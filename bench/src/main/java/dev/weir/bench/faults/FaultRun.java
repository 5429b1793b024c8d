package dev.weir.bench.faults;

import dev.weir.embedded.BrokerOptions;
import dev.weir.embedded.BrokerProcess;
import dev.weir.embedded.RegistryProcess;
import dev.weir.schemas.RunKey;
import dev.weir.schemas.TopicAdmin;
import dev.weir.schemas.TopicSettings;
import dev.weir.settings.Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.admin.Admin;

/**
 * One fault, again and again, while lines flow: then every line must have been counted once, under its own template.
 *
 * <p>Each scenario has a broker, a registry and state of its own in a directory that is left for inspection if it fails.
 */
final class FaultRun implements AutoCloseable {
    /** What one scenario came to. */
    record Result(
            String fault,
            int asked,
            int happened,
            long lines,
            long resent,
            long lost,
            long twice,
            int badAnswers,
            Duration took) {
        boolean exact() {
            return lost == 0 && twice == 0 && badAnswers == 0 && happened == asked;
        }
    }

    /** Does harm once, and says whether the harm was really done. */
    interface Fault {
        boolean strike(FaultRun run) throws IOException, InterruptedException;
    }

    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final int PARTITIONS = 4;
    private static final Map<String, String> ENVIRONMENT = Map.of();

    final Random random;
    private final Path directory;
    private final RegistryProcess registry;
    private BrokerProcess broker;
    private ServerProcess server;
    private int badAnswers;
    private final List<RunKey> runs = new ArrayList<>();

    /** @param seed of the moments at which faults strike: pieces of one scenario must not all strike alike */
    FaultRun(Path directory, long seed) throws IOException {
        this.random = new Random(seed);
        this.directory = Files.createDirectories(directory);
        this.broker = BrokerProcess.start(BrokerOptions.in(directory.resolve("kafka")));
        this.registry = RegistryProcess.start(directory.resolve("registry"), 0);
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()))) {
            TopicSettings topics =
                    TopicSettings.from(new Settings(Map.of("weir.topic.partitions", Integer.toString(PARTITIONS))));
            new TopicAdmin(admin, Duration.ofSeconds(30)).ensure(topics);
        }
        for (int i = 0; i < 2 * PARTITIONS; i++) {
            runs.add(new RunKey("default", "run-" + i));
        }
        this.server = start(1);
    }

    ServerProcess start(int number) throws IOException {
        return ServerProcess.start(
                broker.bootstrapServers(),
                registry.url(),
                directory.resolve("state-" + number),
                9000 + number,
                directory.resolve("server-" + number + ".log"),
                ENVIRONMENT);
    }

    Result repeat(String name, int times, long lines, long linesPerSecond, boolean resendAll, Fault fault)
            throws IOException, InterruptedException {
        long began = System.nanoTime();
        Feeder feeder = new Feeder(
                broker.bootstrapServers(), registry.url(), "weir.lines", runs, lines, linesPerSecond, resendAll);
        Thread feeding = new Thread(feeder, "feeder");
        feeding.start();
        int happened = 0;
        for (int i = 0; i < times; i++) {
            happened += fault.strike(this) ? 1 : 0;
        }
        feeding.join();
        if (feeder.failed()) {
            throw new IOException("The feeder could not deliver all lines: the run says nothing");
        }
        Counts.Difference difference = new Counts.Difference(0, 0);
        for (int run = 0; run < runs.size(); run++) {
            difference = difference.plus(settled(run, feeder).against(feeder.expected(run)));
        }
        return new Result(
                name,
                times,
                happened,
                feeder.fed(),
                feeder.resent(),
                difference.lost(),
                difference.twice(),
                badAnswers,
                Duration.ofNanos(System.nanoTime() - began));
    }

    /** A run's counts once everything sent has arrived, or what there is when patience ends. */
    private Counts settled(int run, Feeder feeder) throws IOException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        Counts last = new Counts(Map.of(), 0, 0, 0, true);
        while (System.nanoTime() < deadline && last.read() < feeder.lines(run)) {
            if (!server.alive()) {
                server = start(1);
            }
            Optional<Counts> now = server.read(runs.get(run).run());
            last = now.orElse(last);
            pause(200);
        }
        if (!last.addsUp()) {
            badAnswers++;
        }
        return last;
    }

    /** kill -9 of the server, at a moment nobody chose: while it starts, restores, works or commits. */
    boolean killServer() throws IOException, InterruptedException {
        pause(300 + random.nextInt(4_500));
        look(server);
        boolean killed = server.kill();
        if (random.nextInt(10) == 0) {
            delete(directory.resolve("state-1"));
        }
        server = start(1);
        return killed;
    }

    boolean killBroker() throws IOException {
        pause(500 + random.nextInt(4_000));
        int port = broker.port();
        broker.kill();
        boolean gone = ended(broker.pid());
        pause(random.nextInt(1_500));
        broker =
                BrokerProcess.start(BrokerOptions.in(directory.resolve("kafka")).withPort(port));
        return gone;
    }

    /** On a busy machine a killed process may be a corpse for a while before it is gone. */
    private static boolean ended(long pid) {
        long deadline = System.nanoTime() + Duration.ofSeconds(10).toNanos();
        while (ProcessHandle.of(pid).filter(ProcessHandle::isAlive).isPresent() && System.nanoTime() < deadline) {
            pause(20);
        }
        return ProcessHandle.of(pid).filter(ProcessHandle::isAlive).isEmpty();
    }

    /** Stops the server for longer than its session while another takes its partitions; then lets it go on. */
    boolean freezeServer() throws IOException, InterruptedException {
        ServerProcess other = start(2);
        pause(4_000 + random.nextInt(2_000));
        boolean frozen = server.freeze();
        pause(14_000 + random.nextInt(3_000));
        boolean thawed = server.thaw();
        pause(3_000);
        boolean left = other.stop();
        return frozen && thawed && left;
    }

    /** A second server comes and goes, in good order or not; both must answer, or say that they are restoring. */
    boolean rebalance() throws IOException, InterruptedException {
        ServerProcess other = start(2);
        for (int i = 0; i < 20; i++) {
            pause(200 + random.nextInt(200));
            look(server);
            look(other);
        }
        boolean left = random.nextBoolean() ? other.stop() : other.kill();
        pause(1_000 + random.nextInt(1_000));
        look(server);
        return left;
    }

    /** Whether an answer is one that a reader may get, and its books add up. */
    private void look(ServerProcess asked) {
        String run = runs.get(random.nextInt(runs.size())).run();
        String answer = asked.ask(run);
        if (answer.startsWith("failed") || answer.startsWith("found") && answer.endsWith("false")) {
            badAnswers++;
            System.err.println(run + ": " + answer);
        }
    }

    static void delete(Path directory) throws IOException {
        try (var files = Files.walk(directory)) {
            for (Path file : files.sorted(java.util.Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }

    static void pause(long millis) {
        LockSupport.parkNanos(Duration.ofMillis(millis).toNanos());
    }

    @Override
    public void close() {
        server.close();
        registry.close();
        broker.close();
    }
}
