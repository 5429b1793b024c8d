package dev.weir.cli;

import dev.weir.cli.capture.Signals;
import dev.weir.cli.net.Json;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What {@code weir run --on-wake} does once its command has ended well: it works off the run's own wakes, in order. */
final class AfterRun {
    private static final Duration LEASE = Duration.ofSeconds(30);
    private static final Duration SLICE = Duration.ofSeconds(5);
    private static final long PAUSE_MILLIS = 500;
    private static final int MOST_TRIES = 60;
    private static final Set<String> PENDING = Set.of("queued", "due", "leased");

    private final NodeApi api;
    private final String run;
    private final Duration linger;
    private final Notice notice;
    private final Signals signals;
    private volatile boolean stopped;

    AfterRun(NodeApi api, String run, Duration linger, Notice notice, Signals signals) {
        this.api = api;
        this.run = run;
        this.linger = linger;
        this.notice = notice;
        this.signals = signals;
    }

    /** Until no wake is queued that falls due within the linger time, or a signal ends it. */
    void workOff(List<String> command, Map<String, String> environment) throws InterruptedException {
        Leases leases = new Leases(api, AttendCommand.name(), LEASE, new Leases.Wanted(run, "", Map.of()));
        WakeWork work = new WakeWork(api, leases, command, environment, notice, signals::attach);
        Thread waiting = Thread.currentThread();
        signals.afterwards(() -> {
            stopped = true;
            waiting.interrupt();
        });
        int tries = 0;
        try {
            while (!stopped && tries < MOST_TRIES) {
                try {
                    if (!pending()) {
                        return;
                    }
                    Optional<Json> wake = leases.take(SLICE);
                    if (wake.isPresent()) {
                        work.on(wake.get());
                    }
                    tries = 0;
                } catch (NodeApi.Unreachable away) {
                    tries++;
                    Thread.sleep(PAUSE_MILLIS);
                } catch (NodeApi.Refused refused) {
                    notice.say("the wakes of this run cannot be worked off: " + refused.getMessage());
                    return;
                }
            }
        } catch (InterruptedException ended) {
            if (!stopped) {
                throw ended;
            }
        }
        notice.say("wakes may be left: weir attend --run " + run + " works them off");
    }

    private boolean pending() {
        Instant until = Instant.now().plus(linger);
        return Json.parse(api.body("/v1/runs/" + run + "/queue", Map.of())).get("wakes").items().stream()
                .anyMatch(wake -> PENDING.contains(wake.get("phase").text())
                        && !wake.get("when").text().equals("failed")
                        && !at(wake.get("runAt").text()).isAfter(until));
    }

    private static Instant at(String time) {
        try {
            return Instant.parse(time);
        } catch (DateTimeParseException unsaid) {
            return Instant.MIN;
        }
    }
}
