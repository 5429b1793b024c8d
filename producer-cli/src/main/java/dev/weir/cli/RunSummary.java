package dev.weir.cli;

import dev.weir.cli.net.Http;
import dev.weir.cli.net.Json;
import dev.weir.cli.ship.Ending;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The last words of a run: how it ended, what it said and how to look at it, for people, CI systems or scripts. */
record RunSummary(String run, Ending ending, long millis, long lines) {
    /** As the number of lines: what is not delivered yet has not been counted. */
    static final long UNKNOWN = -1;

    private static final Set<String> OVER = Set.of("completed", "failed", "cancelled", "lost");
    private static final Duration PATIENCE = Duration.ofMillis(300);
    private static final int LOOKS = 4;
    private static final int ERRORS = 5;
    private static final int LONGEST = 200;

    /** Where undelivered lines wait, why, and what delivers them; or how many bytes are on their way without this command. */
    record Delivered(String trouble, String spool, String resume, long underWay) {
        static final Delivered ALL = new Delivered("", "", "", 0);

        static Delivered soon(long bytes) {
            return new Delivered("", "", "", bytes);
        }

        boolean all() {
            return spool.isEmpty() && underWay == 0;
        }
    }

    /** What the server makes of the run, if it says so at once: nobody waits for a summary. */
    record Findings(String templates, List<String> errors, List<Boolean> novel, String signals) {
        Findings {
            errors = List.copyOf(errors);
            novel = List.copyOf(novel);
        }

        long novelErrors() {
            return novel.stream().filter(each -> each).count();
        }
    }

    void tell(RunOptions.Words words, Notice notice, Delivered how, NodeApi api, Map<String, String> environment) {
        CiSystem ci = CiSystem.of(environment);
        boolean json = words.summary().equals("json");
        if (words.summary().equals("never") || words.quiet() && !json) {
            return;
        }
        boolean terminal = Notice.isTerminal(2);
        boolean wanted = how.all() && (json || terminal || ci != null);
        Findings findings = wanted ? findings(api) : null;
        if (json) {
            notice.plain(json(how, findings));
            return;
        }
        if (isColored(words.color(), environment, terminal)) {
            notice.say(headline(), code() == 0 ? Notice.GREEN : Notice.RED);
        } else {
            notice.say(headline());
        }
        if (findings != null) {
            notice.say(findings.templates()
                    + (findings.templates().equals("1") ? " template" : " templates")
                    + (findings.errors().isEmpty()
                            ? ""
                            : ", " + findings.errors().size() + " of errors")
                    + (findings.novelErrors() == 0 ? "" : ", " + findings.novelErrors() + " of them novel")
                    + findings.signals());
            if (!findings.errors().isEmpty()) {
                notice.say("first: " + findings.errors().get(0));
            }
        }
        if (how.all()) {
            notice.say("look at it with: weir snapshot " + run);
        } else if (how.underWay() > 0) {
            notice.say("its last " + (how.underWay() >> 20)
                    + " MiB go on being delivered; this waits for them: weir watch " + run);
        } else {
            notice.say("not everything is delivered (" + how.trouble() + "); it waits in " + how.spool() + " for: "
                    + how.resume());
        }
        if (ci != null) {
            new CiReport(ci.name(), notice.err(), environment.get("GITHUB_STEP_SUMMARY")).write(this, findings);
        }
    }

    /** The flag, then NO_COLOR, then whether it is a terminal. */
    private static boolean isColored(String when, Map<String, String> environment, boolean terminal) {
        return when.equals("always")
                || when.equals("auto")
                        && terminal
                        && environment.getOrDefault("NO_COLOR", "").isEmpty();
    }

    int code() {
        Integer code = ending.exitCode();
        return code == null ? 0 : code;
    }

    String headline() {
        return String.format(
                Locale.ROOT,
                "run %s exited %d%s after %.1f s%s",
                run,
                code(),
                ending.reason().equals("exit") ? "" : " (" + ending.reason() + ")",
                millis / 1000.0,
                lines == UNKNOWN ? "" : ", " + lines + (lines == 1 ? " line" : " lines"));
    }

    private String json(Delivered how, @Nullable Findings findings) {
        StringBuilder json = new StringBuilder("{\"run\":")
                .append(Json.quoted(run))
                .append(",\"exitCode\":")
                .append(code())
                .append(",\"reason\":")
                .append(Json.quoted(ending.reason()))
                .append(",\"durationMillis\":")
                .append(millis)
                .append(",\"lines\":")
                .append(lines == UNKNOWN ? "null" : Long.toString(lines))
                .append(",\"delivered\":")
                .append(how.all());
        if (!how.all()) {
            json.append(",\"trouble\":").append(Json.quoted(how.trouble()));
            json.append(",\"spool\":").append(Json.quoted(how.spool()));
        }
        if (findings != null) {
            json.append(",\"templates\":").append(findings.templates());
            json.append(",\"errors\":[");
            for (int i = 0; i < findings.errors().size(); i++) {
                json.append(i == 0 ? "" : ",")
                        .append("{\"text\":")
                        .append(Json.quoted(findings.errors().get(i)))
                        .append(",\"novel\":")
                        .append(findings.novel().get(i))
                        .append('}');
            }
            json.append(']');
        }
        return json.append('}').toString();
    }

    private @Nullable Findings findings(NodeApi api) {
        try {
            for (int look = 0; look < LOOKS; look++) {
                Http.Answer answer = api.get("/v1/runs/" + run, Map.of(), PATIENCE);
                Json json = answer.ok() ? Json.parse(answer.body()) : Json.parse("{}");
                if (OVER.contains(json.get("status").text())) {
                    return findings(api, json);
                }
                Thread.sleep(PATIENCE.toMillis() / LOOKS);
            }
        } catch (NodeApi.Unreachable | IllegalArgumentException notNow) {
            return null; // the last line says how to ask again
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
        return null;
    }

    private Findings findings(NodeApi api, Json ofRun) {
        Map<String, String> parameters = Map.of("level", "error", "limit", Integer.toString(ERRORS));
        Http.Answer answer = api.get("/v1/runs/" + run + "/snapshot", parameters, PATIENCE);
        List<Json> errors =
                answer.ok() ? Json.parse(answer.body()).get("templates").items() : List.of();
        StringBuilder signals = new StringBuilder();
        ofRun.get("signals").items().stream()
                .filter(signal -> !signal.get("kind").text().equals("first-error")) // has a line of its own
                .limit(2)
                .forEach(signal -> signals.append("; ")
                        .append(signal.get("kind").text())
                        .append(": ")
                        .append(harmless(signal.get("text").text())));
        return new Findings(
                ofRun.get("templates").text(),
                errors.stream().map(each -> harmless(each.get("text").text())).toList(),
                errors.stream().map(each -> each.get("novel").isTrue()).toList(),
                signals.toString());
    }

    /** What a log said, of bounded length, and no command of any CI system, some of which look for them within lines. */
    static String harmless(String text) {
        String brief = text.length() <= LONGEST ? text : text.substring(0, LONGEST) + "…";
        return brief.replace("##", "# #").replace("::", ": :");
    }
}
