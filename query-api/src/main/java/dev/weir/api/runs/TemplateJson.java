package dev.weir.api.runs;

import dev.weir.snapshot.JsonWriter;
import dev.weir.topology.RunView;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** One template in full: everything the stores know of it. */
final class TemplateJson {
    private TemplateJson() {}

    static byte[] full(RunView view, RunView.Template template) {
        JsonWriter json = new JsonWriter().object();
        json.field("run", view.run()).field("id", template.id());
        json.field("fingerprint", TemplateForm.fingerprint(template.fingerprint()));
        json.field("text", template.text());
        json.field("level", template.level()).field("lane", template.lane().toLowerCase(Locale.ROOT));
        json.field("count", template.count()).field("events", template.events()).field("own", template.own());
        json.time("firstSeen", template.firstSeen()).time("firstEventTime", template.firstEventTime());
        json.time("lastSeen", template.lastSeen());
        json.field("first", position(template.first())).field("last", position(template.last()));
        json.strings("streams", template.streams());
        json.field("order", template.order()).field("overflow", template.overflow());
        template.novel().ifPresent(novel -> json.field("novel", novel));
        template.mergedInto().ifPresent(into -> json.field("mergedInto", into));
        json.field("evicted", template.evicted());
        history(json, template);
        json.name("slots").array();
        template.slots().forEach(slot -> slot(json, slot));
        return json.endArray().endObject().toBytes();
    }

    private static void history(JsonWriter json, RunView.Template template) {
        json.name("earlierTexts").array();
        for (RunView.TextVersion version : template.earlierTexts()) {
            json.object()
                    .field("text", version.text())
                    .time("until", version.untilTime())
                    .endObject();
        }
        json.endArray();
        json.name("minutes").array();
        for (RunView.Tally tally : template.tallies()) {
            json.object().time("minute", tally.minute()).field("lines", tally.lines());
            json.field("events", tally.events())
                    .field("last", position(tally.last()))
                    .endObject();
        }
        json.endArray();
        json.name("samples").array();
        for (RunView.Sample sample : template.samples()) {
            json.object().field("position", position(sample.position()));
            json.field("text", new String(sample.bytes(), StandardCharsets.UTF_8))
                    .endObject();
        }
        json.endArray();
    }

    private static void slot(JsonWriter json, RunView.Slot slot) {
        json.object().field("index", slot.index()).field("name", slot.name()).field("seen", slot.seen());
        json.field("distinct", slot.distinct()).field("exact", slot.exact());
        json.field("approximate", slot.approximate());
        json.name("values").array();
        for (RunView.ValueCount value : slot.top()) {
            json.object()
                    .field("text", value.value())
                    .field("count", value.count())
                    .endObject();
        }
        json.endArray();
        slot.numbers().ifPresent(numbers -> {
            json.name("numbers").object();
            json.name("min").value(numbers.min()).name("median").value(numbers.median());
            json.name("p90").value(numbers.p90()).name("p99").value(numbers.p99());
            json.name("max").value(numbers.max()).endObject();
        });
        json.endObject();
    }

    static String position(dev.weir.topology.Position position) {
        return position.offset() + "." + position.index();
    }
}
