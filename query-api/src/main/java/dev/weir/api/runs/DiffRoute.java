package dev.weir.api.runs;

import com.fasterxml.jackson.databind.JsonNode;
import dev.weir.api.http.Call;
import dev.weir.api.http.Problem;
import dev.weir.api.http.Route;
import dev.weir.api.http.Scope;
import dev.weir.schemas.RunState;
import dev.weir.topology.Extent;
import dev.weir.topology.RunView;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * {@code GET /v1/diff}: one run against another, or against its job's last good one; also while it is going. Each run may lie
 * on another server: what it is compared by is asked of that one.
 */
public final class DiffRoute {
    private static final int MOST_RUNS = 1_000;

    private final RunLookup runs;
    private final Peers peers;

    public DiffRoute(RunLookup runs, Peers peers) {
        this.runs = runs;
        this.peers = peers;
    }

    /** The other servers. */
    public interface Peers {
        /** What the one that holds a run answers to {@code GET} of a path; its problem if it has one. */
        JsonNode get(Call call, HeldElsewhere holder, String path);

        /** What all others answer; one that does not answer is left out. */
        List<JsonNode> getAll(Call call, String path);
    }

    public List<Route> all() {
        return List.of(
                Route.get("/v1/diff", Scope.READ, List.of("a", "b", "run", "baseline", "limit"), this::diff),
                Route.get("/v1/runs/{run}/shapes", Scope.READ, List.of(), this::shapes));
    }

    private void shapes(Call call) {
        call.json(here(call, call.run()).json());
    }

    private void diff(Call call) {
        int limit = (int) call.number("limit", 50, 1, 10_000);
        Optional<String> a = call.text("a");
        Optional<String> b = call.text("b");
        Optional<String> run = call.text("run");
        if (run.isPresent() ? a.isPresent() || b.isPresent() : a.isEmpty() || b.isEmpty()) {
            throw new Problem(400, "bad-parameter", "Give a and b, the runs to compare, or run and baseline=last-good");
        }
        Shapes after = find(call, run.or(() -> b).orElseThrow());
        Shapes before;
        if (run.isPresent()) {
            call.oneOf("baseline", "last-good", List.of("last-good"));
            before = find(call, lastGood(call, after));
        } else {
            before = find(call, a.orElseThrow());
        }
        call.bytes(Call.JSON, Difference.json(before, after, limit));
    }

    private Shapes find(Call call, String run) {
        if (!Call.isRunId(run)) {
            throw Problem.badParameter("run", run, "use a run-id, as GET /v1/runs lists them");
        }
        try {
            return here(call, run);
        } catch (HeldElsewhere holder) {
            return Shapes.of(peers.get(call, holder, "/v1/runs/" + run + "/shapes"));
        }
    }

    private Shapes here(Call call, String run) {
        return Shapes.of(
                runs.find(call.tenant(), run, Extent.all(Long.MAX_VALUE / 2).withoutSlots()));
    }

    private record Good(String run, long lastActivity) {}

    /** The newest run of the same job and branch that ended well and began before this one did. */
    private String lastGood(Call call, Shapes after) {
        String job = after.job();
        List<Good> good = new ArrayList<>();
        if (job != null) {
            for (RunView view : runs.reader()
                    .runs(call.tenant(), Long.MAX_VALUE, Integer.MAX_VALUE)
                    .runs()) {
                boolean same = job.equals(view.facts().job())
                        && Objects.equals(view.facts().gitBranch(), after.branch())
                        && view.life().state() == RunState.COMPLETED;
                if (same && view.life().firstActivity() <= after.firstActivity()) {
                    good.add(new Good(view.run(), view.life().lastActivity()));
                }
            }
            String path = "/v1/runs?status=completed&limit=" + MOST_RUNS + "&job="
                    + URLEncoder.encode(job, StandardCharsets.UTF_8);
            for (JsonNode answer : peers.getAll(call, path)) {
                for (JsonNode one : answer.path("runs")) {
                    boolean same = Objects.equals(one.path("branch").textValue(), after.branch());
                    if (same && time(one, "firstActivity") <= after.firstActivity()) {
                        good.add(new Good(one.path("id").asText(), time(one, "lastActivity")));
                    }
                }
            }
        }
        return good.stream()
                .filter(one -> !one.run().equals(after.run()))
                .max(Comparator.comparingLong(Good::lastActivity))
                .map(Good::run)
                .orElseThrow(() -> new Problem(
                                404,
                                "no-baseline",
                                "No earlier run of its job and branch has ended well: name both runs")
                        .of(after.run()));
    }

    private static long time(JsonNode run, String name) {
        return Instant.parse(run.path(name).asText()).toEpochMilli();
    }
}
