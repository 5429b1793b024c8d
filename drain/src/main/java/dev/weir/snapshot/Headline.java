package dev.weir.snapshot;

import dev.weir.snapshot.Snapshot.Run;
import java.time.Duration;

/** The first line of a printed snapshot: which run, how it stands, for how long. */
final class Headline {
    private Headline() {}

    static String of(Snapshot snapshot) {
        Run run = snapshot.run();
        StringBuilder line = new StringBuilder(run.id()).append(": ").append(run.status());
        if (run.exitCode() != null) {
            line.append(" (exit ").append(run.exitCode()).append(')');
        } else if (run.signal() != null) {
            line.append(" (signal ").append(Visible.of(run.signal())).append(')');
        }
        if (!snapshot.lean()) {
            if (run.job() != null) {
                line.append(", job ").append(Visible.of(run.job()));
            }
            if (run.durationMillis() != null) {
                line.append(", ").append(duration(run.durationMillis()));
            } else if (run.startedAt() != null) {
                long until = run.endedAt() == null ? snapshot.asOf() : run.endedAt();
                line.append(", ").append(duration(Math.max(0, until - run.startedAt())));
            }
            line.append(", as of ").append(IsoTime.of(snapshot.asOf()));
            window(line, snapshot.window());
        }
        if (snapshot.mode() == Snapshot.Mode.DELTA) {
            line.append(", changes only");
        }
        return line.toString();
    }

    private static void window(StringBuilder line, Snapshot.Window window) {
        if (window.from() != null || window.to() != null) {
            line.append(", lines that arrived");
            if (window.from() != null) {
                line.append(" from ").append(IsoTime.of(window.from()));
            }
            if (window.to() != null) {
                line.append(" to ").append(IsoTime.of(window.to()));
            }
        }
    }

    static String duration(long millis) {
        Duration time = Duration.ofMillis(millis);
        if (millis < 60_000) {
            return String.format(java.util.Locale.ROOT, "%.1f s", millis / 1000.0);
        }
        return time.toHours() > 0
                ? time.toHours() + " h " + time.toMinutesPart() + " min"
                : time.toMinutes() + " min " + time.toSecondsPart() + " s";
    }
}
