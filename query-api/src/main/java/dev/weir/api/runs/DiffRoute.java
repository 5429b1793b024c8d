package dev.weir.api.runs;

import dev.weir.api.http.Call;
import dev.weir.api.http.Problem;
import dev.weir.api.http.Route;
import dev.weir.api.http.Scope;
import dev.weir.schemas.RunState;
import dev.weir.topology.Extent;
import dev.weir.topology.RunView;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** {@code GET /v1/diff}: one run against another, or against its job's last good one; also while it is going. */
public final class DiffRoute {
    private final RunLookup runs;

    public DiffRoute(RunLookup runs) {
        this.runs = runs;
    }

    public Route route() {
        return Route.get("/v1/diff", Scope.READ, List.of("a", "b", "run", "baseline", "limit"), this::diff);
    }

    private void diff(Call call) {
        int limit = (int) call.number("limit", 50, 1, 10_000);
        Optional<String> a = call.text("a");
        Optional<String> b = call.text("b");
        Optional<String> run = call.text("run");
        if (run.isPresent() ? a.isPresent() || b.isPresent() : a.isEmpty() || b.isEmpty()) {
            throw new Problem(400, "bad-parameter", "Give a and b, the runs to compare, or run and baseline=last-good");
        }
        RunView after = find(call, run.or(() -> b).orElseThrow());
        RunView before;
        if (run.isPresent()) {
            call.oneOf("baseline", "last-good", List.of("last-good"));
            before = find(call, lastGood(call, after));
        } else {
            before = find(call, a.orElseThrow());
        }
        call.bytes(Call.JSON, Difference.json(before, after, limit));
    }

    private RunView find(Call call, String run) {
        if (!Call.isRunId(run)) {
            throw Problem.badParameter("run", run, "use a run-id, as GET /v1/runs lists them");
        }
        return runs.find(call.tenant(), run, Extent.all(Long.MAX_VALUE / 2).withoutSlots());
    }

    /** The newest run of the same job and branch that ended well before this one began. */
    private String lastGood(Call call, RunView after) {
        String job = after.facts().job();
        return runs.reader().runs(call.tenant(), Long.MAX_VALUE, Integer.MAX_VALUE).runs().stream()
                .filter(view -> job != null && job.equals(view.facts().job()))
                .filter(view ->
                        Objects.equals(view.facts().gitBranch(), after.facts().gitBranch()))
                .filter(view ->
                        view.life().state() == RunState.COMPLETED && !view.run().equals(after.run()))
                .filter(view -> view.life().firstActivity() <= after.life().firstActivity())
                .findFirst()
                .map(RunView::run)
                .orElseThrow(() -> new Problem(
                                404,
                                "no-baseline",
                                "No earlier run of its job and branch has ended well: name one with a and b")
                        .of(after.run()));
    }
}
