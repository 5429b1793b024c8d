package dev.weir.snapshot;

import dev.weir.snapshot.Snapshot.Accounting;
import dev.weir.snapshot.Snapshot.Change;
import dev.weir.snapshot.Snapshot.Mode;
import dev.weir.snapshot.Snapshot.Run;
import dev.weir.snapshot.Snapshot.Slot;
import dev.weir.snapshot.Snapshot.Template;
import java.util.Locale;

/** The snapshot's JSON: the contract of docs/snapshot.schema.json. */
final class SnapshotJson implements Rendering {

    private static final int LONGEST_LEAN_ID = 32;

    @Override
    public String contentType() {
        return "application/json";
    }

    @Override
    public byte[] render(Snapshot snapshot) {
        JsonWriter json = new JsonWriter().object();
        json.field("version", Snapshot.VERSION);
        run(json, snapshot.run(), snapshot.lean());
        json.time("asOf", snapshot.asOf());
        json.field("mode", lower(snapshot.mode()));
        json.field("cursor", snapshot.cursor());
        window(json, snapshot.window(), snapshot.lean());
        accounting(json, snapshot.accounting(), snapshot.lean());
        if (!snapshot.lean()) {
            json.name("matched").object();
            json.field("templates", snapshot.matched().templates());
            json.field("lines", snapshot.matched().lines()).endObject();
        }
        errors(json, snapshot);
        json.name("templates").array();
        snapshot.templates().forEach(template -> template(json, template));
        json.endArray();
        sides(json, snapshot);
        if (snapshot.mode() == Mode.RAW) {
            json.strings("lines", snapshot.lines());
        }
        json.name("omitted").object();
        json.field("templates", snapshot.omitted().templates());
        json.field("lines", snapshot.omitted().lines());
        if (snapshot.omitted().signals() > 0) {
            json.field("signals", snapshot.omitted().signals());
        }
        json.field("why", snapshot.omitted().why()).endObject();
        json.known("note", snapshot.note());
        return json.endObject().toBytes();
    }

    @Override
    public int sizeOf(Template template) {
        JsonWriter json = new JsonWriter();
        template(json, template);
        return json.size() + 1;
    }

    private static void run(JsonWriter json, Run run, boolean lean) {
        json.name("run")
                .object()
                .field("id", lean ? shortened(run.id()) : run.id())
                .field("status", run.status());
        json.known("exitCode", run.exitCode()).known("signal", run.signal());
        if (!lean) {
            json.known("job", run.job()).known("title", run.title()).known("provider", run.provider());
            json.known("host", run.host()).known("branch", run.branch());
            json.time("startedAt", run.startedAt()).time("endedAt", run.endedAt());
            json.known("durationMillis", run.durationMillis());
            json.time("lastActivity", run.lastActivity());
            json.name("labels").object();
            run.labels().forEach(json::field);
            json.endObject();
        }
        json.endObject();
    }

    /** In the tightest answers the longest run-ids would crowd out the first error; whoever asks knows the run. */
    private static String shortened(String id) {
        return id.length() <= LONGEST_LEAN_ID ? id : id.substring(0, LONGEST_LEAN_ID - 1) + "…";
    }

    private static void window(JsonWriter json, Snapshot.Window window, boolean lean) {
        json.name("window").object();
        json.time("from", window.from()).time("to", window.to());
        if (!lean) {
            json.field("basis", "arrival");
            if (window.step() > 0) {
                json.field("stepMillis", window.step());
            }
        }
        json.endObject();
    }

    /** A lean answer leaves zeros out: absent means 0. */
    private static void accounting(JsonWriter json, Accounting sum, boolean lean) {
        json.name("accounting").object();
        json.field("read", sum.read()).field("counted", sum.counted());
        counter(json, "dropped", sum.dropped(), lean);
        counter(json, "evicted", sum.evicted(), lean);
        counter(json, "rejected", sum.rejected(), lean);
        counter(json, "duplicates", sum.duplicates(), lean);
        counter(json, "gaps", sum.gaps(), lean);
        counter(json, "undecodable", sum.undecodable(), lean);
        counter(json, "missing", sum.missing(), lean);
        counter(json, "pending", sum.pending(), lean);
        json.endObject();
    }

    private static void counter(JsonWriter json, String name, long number, boolean lean) {
        if (number != 0 || !lean) {
            json.field(name, number);
        }
    }

    private static void errors(JsonWriter json, Snapshot snapshot) {
        if (snapshot.firstError() != null) {
            json.name("firstError").object();
            json.field("template", snapshot.firstError().template());
            if (!snapshot.lean()) {
                json.time("at", snapshot.firstError().at());
            }
            json.field("text", snapshot.firstError().text()).endObject();
        }
        if (snapshot.errorBlock() != null) {
            json.name("errorBlock").object();
            json.field("template", snapshot.errorBlock().template());
            json.field("cut", snapshot.errorBlock().cut());
            json.strings("lines", snapshot.errorBlock().lines()).endObject();
        }
    }

    private static void sides(JsonWriter json, Snapshot snapshot) {
        json.name("signals").array();
        for (Snapshot.Signal signal : snapshot.signals()) {
            json.object().field("kind", signal.kind()).field("text", signal.text());
            json.time("at", signal.at()).known("template", signal.template()).endObject();
        }
        json.endArray();
        json.strings("tail", snapshot.tail());
    }

    static void template(JsonWriter json, Template template) {
        json.object().field("id", template.id());
        json.field("level", template.level());
        json.field("count", template.count());
        if (template.change() != Change.NONE) {
            json.field("change", lower(template.change()));
        }
        json.known("previousText", template.previousText()).known("mergedInto", template.mergedInto());
        if (template.novel() != null) {
            json.field("novel", template.novel());
        }
        json.known("seenInRuns", template.seenInRuns());
        json.field("text", template.text());
        if (!template.isBrief()) {
            json.field("fingerprint", template.fingerprint());
            json.field("events", template.events());
            json.name("share").value(template.share());
            json.time("firstSeen", template.firstSeen()).time("lastSeen", template.lastSeen());
            json.strings("streams", template.streams());
            json.name("trend").array();
            template.trend().forEach(json::value);
            json.endArray();
            json.strings("samples", template.samples());
            json.name("slots").array();
            template.slots().forEach(slot -> slot(json, slot));
            json.endArray();
        }
        json.endObject();
    }

    private static void slot(JsonWriter json, Slot slot) {
        json.object().field("index", slot.index()).field("name", slot.name()).field("type", slot.type());
        json.field("distinct", slot.distinct()).field("exact", slot.exact());
        json.name("values").array();
        for (Slot.Value value : slot.values()) {
            json.object()
                    .field("text", value.text())
                    .field("count", value.count())
                    .endObject();
        }
        json.endArray();
        if (slot.least() != null && slot.median() != null && slot.most() != null) {
            json.name("least").value(slot.least());
            json.name("median").value(slot.median());
            json.name("most").value(slot.most());
        }
        json.endObject();
    }

    static String lower(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }
}
