package dev.weir.cli;

import java.nio.file.Path;
import java.util.Locale;

/** The last words of a run, for people: how it ended and how to look at it. */
record RunSummary(String run, int code, long millis, long lines) {
    void print(Notice notice, boolean delivered, String whyNot, Path spool) {
        notice.say(String.format(
                Locale.ROOT,
                "run %s exited %d after %.1f s, %d line%s",
                run,
                code,
                millis / 1000.0,
                lines,
                lines == 1 ? "" : "s"));
        if (delivered) {
            notice.say("look at it with: weir snapshot " + run);
        } else {
            notice.say(
                    "not everything is delivered (" + whyNot + "); it waits in " + spool + " for: weir resume " + run);
        }
    }
}
