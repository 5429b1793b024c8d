package dev.weir.cli;

import dev.weir.cli.capture.Allowance;
import dev.weir.cli.capture.Bell;
import dev.weir.cli.capture.Follower;
import dev.weir.cli.edit.Edits;
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

    @Option(names = "--spool", paramLabel = "DIR", description = "Where they wait, if not in the state folder.")
    private @Nullable Path spoolFolder;

    @Option(names = "--wait", description = "Waits until the weir that still has the run is gone.")
    private boolean inTurn;

    ResumeCommand(Map<String, String> environment) {
        this.environment = environment;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        Notice notice = new Notice(System.err, quiet);
        StateFolder state = StateFolder.of(environment).withSpool(spoolFolder);
        boolean everything = true;
        for (Path folder : waiting(state)) {
            try (Spool spool = new Spool(folder)) {
                if (inTurn ? spool.claimInTurn() : spool.claim()) {
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
        Endpoint endpoint = new Endpoint(
                connection, new NodeStart(NodeStart.launcher(), spool.folder().resolve("node.log")));
        Spool.Notes notes = spool.notes().orElse(null);
        List<dev.weir.cli.capture.Stream> streams = new ArrayList<>();
        for (String name : List.of("stdout", "stderr", "stdin")) {
            long holder = notes == null ? 0 : notes.holders().getOrDefault(name, 0L);
            dev.weir.cli.capture.Stream left = Follower.follow(
                    name, spool.folder(), () -> holds(holder, spool.folder()), System::currentTimeMillis, bell);
            if (left != null) {
                streams.add(left);
            }
        }
        Shipper shipper = new Shipper(
                new RunKey(notes == null ? connection.tenant() : notes.tenant(), spool.run()).toString(),
                notes == null ? unknown(spool) : notes.origin(),
                (notes == null ? Edits.masking(Masks.of(false, Map.of(), environment)) : notes.edits()).editor(),
                streams,
                Allowance.unbounded(),
                null,
                endpoint,
                bell,
                System::currentTimeMillis);
        shipper.startAt(known(connection, spool.run()));
        Delivery delivery = Delivery.begin(shipper, endpoint);
        while (!streams.stream().allMatch(stream -> stream.progress().ended())) {
            bell.await(100);
        }
        shipper.end(spool.end().orElse(new Ending(System.currentTimeMillis(), "exit", null, null)));
        boolean delivered = delivery.await(LINGER);
        if (delivered) {
            notice.say("run " + spool.run() + " is delivered, " + shipper.lines()
                    + (shipper.lines() == 1 ? " line" : " lines") + " in all");
            spool.delete();
        } else {
            notice.say("run " + spool.run() + " still waits in " + spool.folder() + ": " + delivery.trouble());
        }
        return delivered;
    }

    /** Whether the process that keeps this stream is still there, and is still that process: it has a file in here open. */
    private static boolean holds(long pid, Path folder) {
        if (pid == 0) {
            return false;
        }
        try (Stream<Path> descriptors = Files.list(Path.of("/proc", Long.toString(pid), "fd"))) {
            for (Path descriptor : descriptors.toList()) {
                if (Files.readSymbolicLink(descriptor).startsWith(folder.toRealPath())) {
                    return true;
                }
            }
            return false;
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
