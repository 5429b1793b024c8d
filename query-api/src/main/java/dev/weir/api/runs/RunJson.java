package dev.weir.api.runs;

import dev.weir.snapshot.JsonWriter;
import dev.weir.snapshot.Snapshot;
import dev.weir.topology.RunView;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;

/** A run as {@code GET /v1/runs} and {@code GET /v1/runs/{run}} write it. */
final class RunJson {
    private RunJson() {}

    static void brief(JsonWriter json, RunView view) {
        json.object();
        life(json, view);
        RunView.Facts facts = view.facts();
        json.known("job", facts.job()).known("title", facts.title()).field("provider", facts.provider());
        json.known("host", facts.host()).known("branch", facts.gitBranch());
        labels(json, facts.labels());
        accounting(json, view);
        json.field("templates", view.templateCount());
        json.endObject();
    }

    static byte[] full(RunView view) {
        JsonWriter json = new JsonWriter().object();
        life(json, view);
        facts(json, view.facts());
        accounting(json, view);
        json.field("templates", view.templateCount());
        json.name("signals").array();
        for (RunView.Signal signal : view.signals()) {
            json.object().field("kind", signal.kind()).field("text", signal.evidence());
            json.time("at", signal.at());
            signal.template().ifPresent(template -> json.field("template", template));
            json.endObject();
        }
        json.endArray();
        sources(json, view);
        return json.endObject().toBytes();
    }

    /** Where each source stands, so that its producer knows where to go on. */
    static void sources(JsonWriter json, RunView view) {
        json.name("sources").array();
        for (RunView.Source source : view.sources()) {
            json.object().field("name", source.name()).field("stream", source.stream());
            json.field("epoch", source.epoch()).field("nextSeq", source.nextSeq());
            json.name("accepted").array();
            for (RunView.Interval interval : source.accepted()) {
                json.array().value(interval.from()).value(interval.end()).endArray();
            }
            json.endArray();
            json.field("duplicates", source.duplicates());
            source.edgeNextSeq().ifPresent(next -> json.field("edgeNextSeq", next));
            time(json, "lastActivity", source.lastActivity());
            labels(json, source.labels());
            json.endObject();
        }
        json.endArray();
    }

    private static void life(JsonWriter json, RunView view) {
        RunView.LifeCycle life = view.life();
        json.field("id", view.run()).field("status", Facts.status(view));
        life.exitCode().ifPresent(code -> json.field("exitCode", code));
        life.signal().ifPresent(signal -> json.field("signal", signal));
        if (!life.endReason().isEmpty()) {
            json.field("endReason", life.endReason());
        }
        time(json, "startedAt", life.startedAt());
        time(json, "endedAt", life.endedAt());
        view.facts().durationMillis().ifPresent(millis -> json.field("durationMillis", millis));
        time(json, "firstActivity", life.firstActivity());
        time(json, "lastActivity", life.lastActivity());
        time(json, "lastLine", life.lastLine());
        time(json, "stateSince", life.stateSince());
        json.field("lateLines", life.lateLines());
    }

    private static void facts(JsonWriter json, RunView.Facts facts) {
        json.known("job", facts.job()).known("title", facts.title()).field("provider", facts.provider());
        json.strings("command", facts.command());
        json.known("host", facts.host()).known("user", facts.user()).known("directory", facts.directory());
        json.known("commit", facts.gitCommit()).known("branch", facts.gitBranch());
        json.known("ciJob", facts.ciJob()).known("ciUrl", facts.ciUrl()).field("format", facts.format());
        labels(json, facts.labels());
    }

    private static void accounting(JsonWriter json, RunView view) {
        Snapshot.Accounting sum = Facts.accounting(view);
        json.name("accounting").object();
        json.field("read", sum.read()).field("counted", sum.counted()).field("dropped", sum.dropped());
        json.field("evicted", sum.evicted()).field("rejected", sum.rejected());
        json.field("duplicates", sum.duplicates()).field("gaps", sum.gaps());
        json.field("undecodable", sum.undecodable())
                .field("missing", sum.missing())
                .field("pending", sum.pending());
        reasons(json, "droppedBy", view.accounting().dropped());
        reasons(json, "rejectedBy", view.accounting().rejected());
        json.endObject();
    }

    private static void reasons(JsonWriter json, String name, Map<String, Long> byReason) {
        if (!byReason.isEmpty()) {
            json.name(name).object();
            new TreeMap<>(byReason).forEach(json::field);
            json.endObject();
        }
    }

    private static void labels(JsonWriter json, Map<String, String> labels) {
        json.name("labels").object();
        new TreeMap<>(labels).forEach(json::field);
        json.endObject();
    }

    private static void time(JsonWriter json, String name, OptionalLong millis) {
        millis.ifPresent(known -> json.time(name, known));
    }

    private static void time(JsonWriter json, String name, long millis) {
        if (millis > 0) {
            json.time(name, millis);
        }
    }
}
