package dev.weir.api.ingest;

import dev.weir.api.http.Call;
import dev.weir.api.http.Problem;
import dev.weir.api.http.Route;
import dev.weir.api.http.Scope;
import dev.weir.api.http.Streams;
import dev.weir.api.runs.RunLookup;
import dev.weir.schemas.Forget;
import dev.weir.schemas.RunKey;
import dev.weir.topology.Extent;
import dev.weir.topology.Reading;
import dev.weir.topology.RunReader;
import dev.weir.topology.RunView;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * {@code DELETE …/{run}}: forgets a run. Answers when its rows are gone, and with them the way to its lines, which themselves
 * leave the topic with retention.
 */
public final class ForgetRoute {
    private static final long PATIENCE_MILLIS = 10_000;
    private static final long LOOK_AGAIN_MILLIS = 200;

    private final RunLookup runs;
    private final Publisher publisher;
    private final Streams streams;

    public ForgetRoute(RunLookup runs, Publisher publisher, Streams streams) {
        this.runs = runs;
        this.publisher = publisher;
        this.streams = streams;
    }

    public Route route() {
        return Route.delete("/v1/runs/{run}", Scope.ADMIN, List.of(), this::forget);
    }

    private void forget(Call call) {
        RunKey run = new RunKey(call.tenant(), call.run());
        RunView before = runs.find(run.tenant(), run.run(), Extent.status());
        String key = call.caller().key();
        streams.answer(call, () -> {
            Semaphore changed = new Semaphore(0);
            try (RunReader.Watch watch = runs.reader().watch(run.tenant(), run.run(), changed::release)) {
                Publisher.await(
                        run,
                        List.of(publisher.forget(
                                run, new Forget(UUID.randomUUID().toString(), key.equals("-") ? "" : key))));
                awaitGone(before, changed, watch);
            }
            call.nothing();
        });
    }

    private void awaitGone(RunView before, Semaphore changed, RunReader.Watch watching) throws InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(PATIENCE_MILLIS);
        while (!gone(before)) {
            if (System.nanoTime() > deadline) {
                watching.close();
                throw new Problem(
                                503,
                                "not-yet-forgotten",
                                "The order to forget the run is in Kafka and will be carried out; its rows are still there:"
                                        + " look again in some seconds")
                        .of(before.run())
                        .retryAfter(5);
            }
            if (changed.tryAcquire(LOOK_AGAIN_MILLIS, TimeUnit.MILLISECONDS)) {
                changed.drainPermits();
            }
        }
    }

    /** Also if it lives again already, by a line that came after. */
    private boolean gone(RunView before) {
        Reading<RunView> now = runs.reader().run(before.tenant(), before.run(), Extent.status());
        return now.fold(
                view -> view.asOf().birth() > before.asOf().offset(),
                () -> true,
                elsewhere -> true,
                restoring -> false);
    }
}
