package dev.weir.topology;

import dev.weir.schemas.RunKey;
import dev.weir.schemas.RunState;
import dev.weir.schemas.WakeCancel;
import dev.weir.schemas.WakeCommand;
import dev.weir.schemas.WakeCondition;
import dev.weir.schemas.WakeDone;
import dev.weir.schemas.WakeEnqueue;
import dev.weir.schemas.WakeLease;
import dev.weir.schemas.WakePhase;
import dev.weir.schemas.WakeRenew;
import dev.weir.schemas.WakeState;
import dev.weir.topology.rows.FactsRow;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What a wake comes to by a command and by the clock. At least once, and never two holders of a valid lease: a lease
 * has a fence, larger than all before it, and nothing is renewed or finished without naming it.
 */
final class Wakes {
    private Wakes() {}

    static boolean ended(WakeState wake) {
        return switch (wake.getPhase()) {
            case DONE, FAILED, CANCELLED, EXPIRED -> true;
            default -> false;
        };
    }

    static WakeState queued(RunKey run, WakeCommand command, WakeEnqueue wanted, FactsRow facts, long now) {
        Map<String, String> labels = new HashMap<>(facts.labels);
        labels.putAll(wanted.getLabels());
        return WakeState.newBuilder()
                .setTenant(run.tenant())
                .setRun(run.run())
                .setWake(command.getWake())
                .setPhase(WakePhase.QUEUED)
                .setMessage(wanted.getMessage())
                .setCondition(wanted.getCondition())
                .setRunAt(wanted.getRunAt())
                .setIdempotencyKey(wanted.getIdempotencyKey())
                .setEnqueuedAt(Instant.ofEpochMilli(now))
                .setEnqueuedBy(command.getSentBy())
                .setExpiresAt(wanted.getExpiresAt())
                .setJob(facts.job)
                .setLabels(labels)
                .setMaxAttempts(Math.max(1, wanted.getMaxAttempts()))
                .setChangedAt(Instant.ofEpochMilli(now))
                .setRequest(command.getRequest())
                .build();
    }

    /** The answer to an enqueueing that was refused: told, not kept. */
    static WakeState refusedNew(RunKey run, WakeCommand command, WakeEnqueue wanted, long now, String why) {
        return WakeState.newBuilder(queued(run, command, wanted, new FactsRow(), now))
                .setPhase(WakePhase.CANCELLED)
                .setRefused(why)
                .build();
    }

    /** The answer to a command for a wake that is not there: told, not kept. */
    static WakeState unknown(RunKey run, WakeCommand command, long now) {
        Instant at = Instant.ofEpochMilli(now);
        return WakeState.newBuilder()
                .setTenant(run.tenant())
                .setRun(run.run())
                .setWake(command.getWake())
                .setPhase(WakePhase.CANCELLED)
                .setMessage("")
                .setCondition(WakeCondition.UNKNOWN)
                .setRunAt(at)
                .setEnqueuedAt(at)
                .setChangedAt(at)
                .setRequest(command.getRequest())
                .setRefused("there is no such wake")
                .build();
    }

    static WakeState obey(WakeState wake, WakeCommand command, long now) {
        Object body = command.getBody();
        WakeState.Builder next = WakeState.newBuilder(wake)
                .setRequest(command.getRequest())
                .setRefused(null)
                .setChangedAt(Instant.ofEpochMilli(now));
        String refused = "this command is not known here";
        if (body instanceof WakeEnqueue) {
            refused = "there is a wake of this id";
        } else if (body instanceof WakeLease lease) {
            refused = lease(wake, lease, next, now);
        } else if (body instanceof WakeRenew renew) {
            refused = renew(wake, renew, next, now);
        } else if (body instanceof WakeDone done) {
            refused = done(wake, done, next, now);
        } else if (body instanceof WakeCancel cancel) {
            refused = cancel(wake, cancel, next);
        }
        return refused == null
                ? next.build()
                : WakeState.newBuilder(wake)
                        .setRequest(command.getRequest())
                        .setRefused(refused)
                        .build();
    }

    private static @Nullable String lease(WakeState wake, WakeLease lease, WakeState.Builder next, long now) {
        boolean free = wake.getPhase() == WakePhase.DUE || wake.getPhase() == WakePhase.LEASED && over(wake, now);
        if (!free || wake.getAttempt() >= wake.getMaxAttempts()) {
            return "it is " + wake.getPhase() + ", attempt " + wake.getAttempt() + " of " + wake.getMaxAttempts();
        }
        next.setPhase(WakePhase.LEASED)
                .setAttempt(wake.getAttempt() + 1)
                .setFence(wake.getFence() + 1)
                .setWorker(lease.getWorker())
                .setLeasedUntil(Instant.ofEpochMilli(now + Math.max(0, lease.getLeaseMillis())));
        return null;
    }

    private static @Nullable String renew(WakeState wake, WakeRenew renew, WakeState.Builder next, long now) {
        if (wake.getPhase() != WakePhase.LEASED || renew.getFence() != wake.getFence() || over(wake, now)) {
            return "fence " + renew.getFence() + " holds no lease: it is " + wake.getPhase() + ", fence "
                    + wake.getFence();
        }
        next.setLeasedUntil(Instant.ofEpochMilli(now + Math.max(0, renew.getLeaseMillis())));
        return null;
    }

    /** A lease that is over may still be finished while nobody else has taken it: its work was done. */
    private static @Nullable String done(WakeState wake, WakeDone done, WakeState.Builder next, long now) {
        boolean holds = wake.getPhase() == WakePhase.LEASED || wake.getPhase() == WakePhase.DUE;
        if (!holds || wake.getFence() == 0 || done.getFence() != wake.getFence()) {
            return "fence " + done.getFence() + " holds no lease: it is " + wake.getPhase() + ", fence "
                    + wake.getFence();
        }
        next.setLeasedUntil(null).setExitCode(done.getExitCode()).setDetail(done.getDetail());
        if (done.getSucceeded()) {
            next.setPhase(WakePhase.DONE);
        } else if (wake.getAttempt() >= wake.getMaxAttempts()) {
            next.setPhase(WakePhase.FAILED);
        } else {
            Instant retryAt = done.getRetryAt();
            next.setPhase(WakePhase.QUEUED).setRunAt(retryAt == null ? Instant.ofEpochMilli(now) : retryAt);
        }
        return null;
    }

    private static @Nullable String cancel(WakeState wake, WakeCancel cancel, WakeState.Builder next) {
        if (wake.getPhase() != WakePhase.QUEUED && wake.getPhase() != WakePhase.DUE) {
            return "it is " + wake.getPhase();
        }
        next.setPhase(WakePhase.CANCELLED).setDetail(cancel.getReason());
        return null;
    }

    /** The same object if the clock changes nothing. */
    static WakeState byTheClock(WakeState wake, Supplier<RunState> run, long now) {
        if (wake.getPhase() == WakePhase.LEASED && over(wake, now)) {
            return clocked(wake, wake.getAttempt() >= wake.getMaxAttempts() ? WakePhase.FAILED : WakePhase.DUE, now);
        }
        Instant expires = wake.getExpiresAt();
        boolean never = wake.getAttempt() == 0 && wake.getPhase() != WakePhase.LEASED;
        if (never && expires != null && expires.toEpochMilli() <= now) {
            return clocked(wake, WakePhase.EXPIRED, now);
        }
        boolean queued = wake.getPhase() == WakePhase.QUEUED && wake.getRunAt().toEpochMilli() <= now;
        return queued && met(wake, run.get()) ? clocked(wake, WakePhase.DUE, now) : wake;
    }

    /** A new wake that need not wait is due in the same state, so that its sender hears of it once. */
    static WakeState dueNow(WakeState queued, RunState run, long now) {
        boolean due = queued.getRunAt().toEpochMilli() <= now && met(queued, run);
        return due ? WakeState.newBuilder(queued).setPhase(WakePhase.DUE).build() : queued;
    }

    private static WakeState clocked(WakeState wake, WakePhase phase, long now) {
        return WakeState.newBuilder(wake)
                .setPhase(phase)
                .setLeasedUntil(null)
                .setRequest(null)
                .setRefused(null)
                .setChangedAt(Instant.ofEpochMilli(now))
                .build();
    }

    private static boolean met(WakeState wake, RunState run) {
        boolean ok = run == RunState.COMPLETED;
        boolean failed = run == RunState.FAILED || run == RunState.CANCELLED || run == RunState.LOST;
        return switch (wake.getCondition()) {
            case OK -> ok;
            case FAILED -> failed;
            case ENDED -> ok || failed;
            case NOW -> true;
            case UNKNOWN -> false;
        };
    }

    private static boolean over(WakeState wake, long now) {
        Instant until = wake.getLeasedUntil();
        return until == null || until.toEpochMilli() <= now;
    }
}
