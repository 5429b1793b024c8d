package dev.weir.cli;

import dev.weir.cli.capture.Allowance;
import dev.weir.cli.capture.Bell;
import dev.weir.cli.capture.Input;
import dev.weir.cli.capture.Interruption;
import dev.weir.cli.capture.LineInput;
import dev.weir.cli.capture.Stream;
import dev.weir.cli.edit.Edits;
import dev.weir.cli.mask.Masks;
import dev.weir.cli.ship.Ending;
import dev.weir.cli.ship.Origin;
import dev.weir.cli.ship.Shipper;
import dev.weir.cli.tail.Feeds;
import dev.weir.cli.tail.OpenFiles;
import dev.weir.cli.tail.Standing;
import dev.weir.cli.tail.Tailer;
import dev.weir.schemas.RunKey;
import dev.weir.settings.Quantities;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code weir tail}: makes one run of files that others write, or of standard input. */
@Command(
        name = "tail",
        description = {
            "Follows files through rotation, or standard input (-), as one run, until it is interrupted.",
            "Started again with the same --run-id, it goes on exactly where it was."
        },
        mixinStandardHelpOptions = true)
final class TailCommand implements Callable<Integer> {
    private static final String DOCKER = "docker:";
    private static final long SAVE_MILLIS = 1_000;
    private static final long MOST_WAITING = 1L << 30;

    private final Map<String, String> environment;

    @Parameters(
            arity = "1..*",
            paramLabel = "FILE",
            description = {
                "Files, patterns such as 'logs/*.log', - for standard input, docker:NAME,",
                "or what a tool follows: k8s: compose: journald: pm2: fly: vercel: aws: and presets of your own."
            })
    private List<String> names = List.of();

    @Option(names = "-F", description = "Waits for files that are not there yet.")
    private boolean patient;

    @Option(names = "-n", paramLabel = "N", description = "Begins with the last N lines (${DEFAULT-VALUE}).")
    private long lines = 10;

    @Option(names = "--from-start", description = "Begins with the first line.")
    private boolean fromStart;

    @Option(names = "--all", description = "With docker: alone, follows every container that runs or will be started.")
    private boolean all;

    @Option(names = "--run-id", paramLabel = "ID", description = "The run's id.")
    private @Nullable String runId;

    @Option(names = "--job", paramLabel = "NAME", description = "What this run is one of.")
    private @Nullable String job;

    @Option(names = "--title", paramLabel = "TEXT", description = "A title for people.")
    private @Nullable String title;

    @Option(names = "--label", paramLabel = "K=V", description = "A label of your own; may be given several times.")
    private Map<String, String> labels = new LinkedHashMap<>();

    @Option(names = "--mask", paramLabel = "NAME=RE", description = "Masks what the RE2 pattern matches.")
    private Map<String, String> masks = new LinkedHashMap<>();

    @Option(names = "--no-mask", description = "Masks nothing.")
    private boolean noMask;

    @Option(names = "--format", paramLabel = "F", description = "auto, text, json or logfmt (${DEFAULT-VALUE}).")
    private String format = "auto";

    @Option(
            names = "--linger",
            paramLabel = "D",
            description = "How long to wait for Kafka at the end (${DEFAULT-VALUE}).")
    private String linger = "5s";

    @Option(names = "--kafka-config", paramLabel = "FILE", description = "Kafka's own client settings.")
    private @Nullable Path kafkaConfig;

    @Option(
            names = {"-q", "--quiet"},
            description = "Does not pass the lines on, and says nothing.")
    private boolean quiet;

    TailCommand(Map<String, String> environment) {
        this.environment = environment;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        long startedAt = System.currentTimeMillis();
        String run = runId == null ? RunId.at(startedAt) : runId;
        if (!RunKey.isName(run)) {
            throw new UsageException("--run-id is '" + run + "': use letters, digits, '.', '_' and '-'");
        }
        if (all != names.contains(DOCKER)) {
            throw new UsageException(
                    all
                            ? "--all needs a source to take all of: use weir tail docker: --all"
                            : "docker: needs a container's name, as in docker:web, or --all");
        }
        Connection connection = Configuration.connection(environment, kafkaConfig);
        StateFolder state = StateFolder.of(environment);
        Notice notice = new Notice(System.err, quiet);
        boolean onlyInput = names.stream().allMatch("-"::equals);
        Spool spool = new Spool(onlyInput ? state.spoolOf(run) : state.tailOf(run));
        if (!spool.claim()) {
            throw new UsageException("run " + run + " is already followed by another weir: give another --run-id");
        }
        Bell bell = new Bell();
        Interruption interruption = Interruption.install(bell);
        OutputStream out = quiet ? OutputStream.nullOutputStream() : new FileOutputStream(FileDescriptor.out);
        Allowance allowance = new Allowance(MOST_WAITING, Allowance.Overflow.DROP_OLDEST);
        Masks secret = Masks.of(noMask, masks, environment);
        Origin origin = origin(startedAt);
        Endpoint endpoint = new Endpoint(
                connection, new NodeStart(NodeStart.launcher(), spool.folder().resolve("node.log")));
        Shipper shipper = new Shipper(
                new RunKey(connection.tenant(), run).toString(),
                origin,
                Edits.masking(secret).editor(),
                List.of(),
                allowance,
                null,
                endpoint,
                bell,
                System::currentTimeMillis);
        List<Stream> inputs = new ArrayList<>();
        Tailer tailer = new Tailer(bell, System::currentTimeMillis, out, shipper::add, OpenFiles.most());
        Feeds feeds = new Feeds(
                Layers.table(environment, "presets"),
                dockerSocket(),
                spool.folder(),
                out,
                allowance,
                bell,
                shipper::add);
        LineInput.left(spool.folder(), bell).forEach(shipper::add);
        List<Standing> earlier = Standing.read(standings(spool));
        for (String name : names) {
            if (name.equals("-")) {
                Stream stdin = Input.start(
                        new Input.Naming("stdin", "stdin", Map.of()),
                        new FileInputStream(FileDescriptor.in).getChannel(),
                        Channels.newChannel(out),
                        spool.folder(),
                        allowance,
                        System::currentTimeMillis,
                        bell);
                shipper.add(stdin);
                inputs.add(stdin);
            } else if (name.equals(DOCKER)) {
                feeds.startAllContainers();
            } else if (feeds.know(name)) {
                feeds.start(name);
            } else {
                follow(tailer, name, earlier);
            }
        }
        Orders orders = new Orders(new NodeApi(connection), run, tailer, feeds);
        state.remember(Path.of("").toAbsolutePath(), run, false);
        spool.note(new Spool.Notes(connection.tenant(), origin, Edits.masking(secret), 0, Map.of()));
        Delivery delivery = Delivery.begin(shipper, endpoint);
        Thread following = new Thread(tailer, "tail");
        following.setDaemon(true);
        following.start();
        orders.start();
        while (!interruption.came()
                && !(onlyInput
                        && inputs.stream().allMatch(input -> input.progress().ended()))) {
            Thread.sleep(onlyInput ? 5 : 50);
            if (System.currentTimeMillis() - saved >= SAVE_MILLIS) {
                save(spool, tailer, shipper);
            }
        }
        tailer.stop();
        following.join();
        feeds.stopAll();
        inputs.forEach(input -> input.progress().end());
        Ending ending = new Ending(
                System.currentTimeMillis(), onlyInput && !interruption.came() ? "exit" : "stopped", null, null);
        shipper.end(ending);
        if (onlyInput) {
            spool.noteEnd(ending);
        }
        state.remember(Path.of("").toAbsolutePath(), run, true);
        boolean delivered = delivery.await(Quantities.duration(linger));
        save(spool, tailer, shipper);
        if (delivered) {
            notice.say("run " + run + ": " + shipper.lines() + " lines; look at it with: weir snapshot " + run);
        } else if (onlyInput) {
            notice.say("run " + run + ": not everything is delivered (" + delivery.trouble() + "); it waits in "
                    + spool.folder() + " for: weir resume " + run);
        } else {
            notice.say("run " + run + ": not everything is delivered (" + delivery.trouble()
                    + "); the same command with --run-id " + run + " goes on where this one was");
        }
        if (delivered && (onlyInput || runId == null)) {
            spool.delete();
        }
        return 0;
    }

    private long saved = System.currentTimeMillis();

    private void save(Spool spool, Tailer tailer, Shipper shipper) throws IOException {
        saved = System.currentTimeMillis();
        shipper.takeRetired().forEach(tailer::forget);
        List<Standing> standings = new ArrayList<>();
        shipper.acknowledged()
                .forEach((source, mark) -> tailer.standing(source, mark).ifPresent(standings::add));
        Standing.write(standings(spool), standings);
    }

    /** Where Docker's Engine listens. */
    private String dockerSocket() {
        String host = environment.getOrDefault("DOCKER_HOST", "");
        return host.startsWith("unix://") ? host.substring("unix://".length()) : "/var/run/docker.sock";
    }

    private static Path standings(Spool spool) {
        return spool.folder().resolve("standings");
    }

    private void follow(Tailer tailer, String name, List<Standing> earlier) throws IOException {
        long from = fromStart ? -1 : lines;
        int slash = name.lastIndexOf('/');
        if (name.indexOf('*', slash) >= 0 || name.indexOf('?', slash) >= 0 || name.indexOf('[', slash) >= 0) {
            Path folder = Path.of(slash < 0 ? "." : slash == 0 ? "/" : name.substring(0, slash));
            String glob = name.substring(slash + 1);
            if (Files.isDirectory(folder)) {
                try (var files = Files.newDirectoryStream(folder, glob)) {
                    for (Path file : files) {
                        followOne(tailer, slash < 0 ? file.getFileName() : file, from, earlier);
                    }
                }
            }
            tailer.addGlob(folder, glob);
            return;
        }
        if (!patient && !Files.exists(Path.of(name))) {
            throw new UsageException(name + " is not there: check the path, or wait for it with -F");
        }
        followOne(tailer, Path.of(name), from, earlier);
    }

    private static void followOne(Tailer tailer, Path path, long from, List<Standing> earlier) throws IOException {
        if (Files.isDirectory(path)) {
            throw new UsageException(path + " is a folder: follow its files, as in '" + path + "/*.log'");
        }
        List<Standing> own = earlier.stream()
                .filter(standing -> standing.path().equals(path.normalize().toString()))
                .toList();
        if (!tailer.hasRoom()) {
            throw new UsageException("more files than may be open at " + path
                    + ": follow fewer with one command, or raise the limit (ulimit -n)");
        }
        if (own.isEmpty()) {
            tailer.follow(path, from);
        } else {
            tailer.goOn(path, own);
        }
    }

    private Origin origin(long startedAt) {
        Path directory = Path.of("").toAbsolutePath();
        Surroundings here = new Surroundings(environment, directory, Path.of("/proc/sys/kernel/hostname"));
        List<String> command = new ArrayList<>(List.of("weir", "tail"));
        command.addAll(names);
        return here.origin(command, title, job, "tail", labels, format, startedAt);
    }
}
