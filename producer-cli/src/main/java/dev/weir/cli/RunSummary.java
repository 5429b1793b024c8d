package dev.weir.cli;

import dev.weir.cli.net.Http;
import dev.weir.cli.net.Json;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** The last words of a run: how it ended and how to look at it. People at a terminal also hear what it said. */
record RunSummary(String run, int code, long millis, long lines) {
    private static final Set<String> OVER = Set.of("completed", "failed", "cancelled", "lost");
    private static final Duration PATIENCE = Duration.ofMillis(300);
    private static final int LOOKS = 4;

    void print(Notice notice, boolean terminal, NodeApi api) {
        notice.say(headline());
        if (terminal) {
            details(notice, api);
        }
        notice.say("look at it with: weir snapshot " + run);
    }

    void printUndelivered(Notice notice, String whyNot, Path spool) {
        notice.say(headline());
        notice.say("not everything is delivered (" + whyNot + "); it waits in " + spool + " for: weir resume " + run);
    }

    private String headline() {
        return String.format(
                Locale.ROOT,
                "run %s exited %d after %.1f s, %d line%s",
                run,
                code,
                millis / 1000.0,
                lines,
                lines == 1 ? "" : "s");
    }

    /** What the server makes of it, if it says so at once: nobody waits for a summary. */
    private void details(Notice notice, NodeApi api) {
        try {
            for (int look = 0; look < LOOKS; look++) {
                Http.Answer answer = api.get("/v1/runs/" + run, Map.of(), PATIENCE);
                Json json = answer.ok() ? Json.parse(answer.body()) : Json.parse("{}");
                if (OVER.contains(json.get("status").text())) {
                    notice.say(json.get("templates").text() + " templates" + signals(json));
                    return;
                }
                Thread.sleep(PATIENCE.toMillis() / LOOKS);
            }
        } catch (NodeApi.Unreachable | IllegalArgumentException notNow) {
            return; // the next line says how to ask again
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    private static String signals(Json run) {
        StringBuilder text = new StringBuilder();
        run.get("signals").items().stream()
                .limit(2)
                .forEach(signal -> text.append("; ")
                        .append(signal.get("kind").text())
                        .append(": ")
                        .append(signal.get("text").text()));
        return text.toString();
    }
}
