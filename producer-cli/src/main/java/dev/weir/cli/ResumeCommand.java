package dev.weir.cli;

import dev.weir.cli.capture.Bell;
import dev.weir.cli.capture.Follower;
import dev.weir.cli.mask.Masks;
import dev.weir.cli.net.Http;
import dev.weir.cli.net.Json;
import dev.weir.cli.ship.Ending;
import dev.weir.cli.ship.Origin;
import dev.weir.cli.ship.Shipper;
import dev.weir.schemas.RunKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code weir resume}: brings to Kafka what runs have left in the spool, nothing twice. */
@Command(
        name = "resume",
        description = "Delivers what runs have left in the spool when weir was killed or Kafka was away.",
        mixinStandardHelpOptions = true)
final class ResumeCommand implements Callable<Integer> {
    private static final Duration LINGER = Duration.ofSeconds(10);

    private final Map<String, String> environment;

    @Parameters(arity = "0..1", paramLabel = "RUN", description = "The run; all that wait if not given.")
    private @Nullable String run;

    @Option(
            names = {"-q", "--quiet"},
            description = "Says nothing.")
    private boolean quiet;

    ResumeCommand(Map<String, String> environment) {
        this.environment = environment;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        Notice notice = new Notice(System.err, quiet);
        StateFolder state = StateFolder.of(environment);
        boolean everything = true;
        for (Path folder : waiting(state)) {
            try (Spool spool = new Spool(folder)) {
                if (spool.claim()) {
                    everything &= resume(spool, notice);
                } else if (run != null) {
                    notice.say("run " + run + " is in the hands of a weir that runs: nothing to resume");
                }
            }
        }
        return everything ? 0 : 1;
    }

    private List<Path> waiting(StateFolder state) throws IOException {
        if (run != null) {
            Path folder = state.spool().resolve(run);
            if (!Files.isDirectory(folder)) {
                throw new UsageException(
                        "run " + run + " has nothing in " + state.spool() + ": it is delivered, or not from here");
            }
            return List.of(folder);
        }
        if (!Files.isDirectory(state.spool())) {
            return List.of();
        }
        try (Stream<Path> folders = Files.list(state.spool())) {
            return folders.filter(Files::isDirectory).sorted().toList();
        }
    }

    private boolean resume(Spool spool, Notice notice) throws IOException, InterruptedException {
        Bell bell = new Bell();
        Connection connection = Configuration.connection(environment, null);
        NodeStart nodeStart = new NodeStart(NodeStart.launcher(), spool.folder().resolve("node.log"));
        Endpoint endpoint = new Endpoint(connection, nodeStart);
        Spool.Notes notes = spool.notes().orElse(null);
        List<dev.weir.cli.capture.Stream> streams = new ArrayList<>();
        for (String name : List.of("stdout", "stderr", "stdin")) {
            Path raw = spool.folder().resolve(name + ".raw");
            if (Files.exists(raw)) {
                long holder = notes == null ? 0 : notes.holders().getOrDefault(name, 0L);
                streams.add(Follower.follow(name, raw, () -> holds(holder, raw), System::currentTimeMillis, bell));
            }
        }
        Shipper shipper = new Shipper(
                new RunKey(notes == null ? connection.tenant() : notes.tenant(), spool.run()).toString(),
                notes == null ? unknown(spool) : notes.origin(),
                notes == null ? Masks.of(false, Map.of(), environment) : notes.masks(),
                streams,
                endpoint,
                bell,
                System::currentTimeMillis);
        shipper.startAt(known(connection, spool.run()));
        Delivery delivery = Delivery.begin(shipper, endpoint, nodeStart);
        while (!streams.stream().allMatch(stream -> stream.progress().ended())) {
            bell.await(100);
        }
        shipper.end(spool.end().orElse(new Ending(System.currentTimeMillis(), "exit", null, null)));
        boolean delivered = delivery.await(LINGER);
        if (delivered) {
            notice.say("run " + spool.run() + " is delivered, " + shipper.lines() + " lines in all");
            spool.delete();
        } else {
            notice.say("run " + spool.run() + " still waits in " + spool.folder() + ": " + delivery.trouble());
        }
        return delivered;
    }

    /** Whether the process that keeps this raw file is still there, and is still that process. */
    private static boolean holds(long pid, Path raw) {
        if (pid == 0) {
            return false;
        }
        try {
            return Files.readString(Path.of("/proc", Long.toString(pid), "cmdline"))
                    .contains(raw.toString());
        } catch (IOException gone) {
            return false;
        }
    }

    /** What the topology has accepted; without a server, everything is sent again and trimmed there. */
    private static Map<String, Long> known(Connection connection, String run) {
        Map<String, Long> next = new HashMap<>();
        try {
            Http.Answer answer =
                    new NodeApi(connection).get("/v1/runs/" + run + "/sources", Map.of(), Duration.ofSeconds(5));
            if (answer.ok()) {
                for (Json source : Json.parse(answer.body()).get("sources").items()) {
                    next.put(source.get("name").text(), withoutGap(source));
                }
            }
        } catch (NodeApi.Unreachable | IllegalArgumentException noServer) {
            return Map.of();
        }
        return next;
    }

    /** Up to where everything from the first entry on has been accepted. */
    private static long withoutGap(Json source) {
        List<Json> accepted = source.get("accepted").items();
        if (accepted.isEmpty()) {
            return 0;
        }
        List<Json> first = accepted.get(0).items();
        return first.size() == 2 && first.get(0).number() == 0 ? first.get(1).number() : 0;
    }

    private static Origin unknown(Spool spool) throws IOException {
        long at = Files.getLastModifiedTime(spool.folder()).toMillis();
        return new Origin(
                at, List.of(), null, null, "shell", null, null, null, null, null, null, null, Map.of(), "auto");
    }
}
