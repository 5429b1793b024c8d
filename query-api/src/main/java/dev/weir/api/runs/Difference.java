package dev.weir.api.runs;

import dev.weir.snapshot.JsonWriter;
import dev.weir.topology.RunView;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Two runs compared by the fingerprints of their templates, which name the same message in every run. Rates are shares of
 * a run's lines, so that a run under way can be compared with one that is over.
 */
final class Difference {
    /** By how much a share must change, and how many lines must be behind it, to be told. */
    private static final double FACTOR = 2;

    private static final long LEAST_LINES = 5;

    private Difference() {}

    private record Side(RunView view, Map<Long, RunView.Template> templates, long lines) {
        static Side of(RunView view) {
            Map<Long, RunView.Template> templates = new HashMap<>();
            long lines = 0;
            for (RunView.Template template : view.templates()) {
                if (template.live() && !template.overflow()) {
                    templates.merge(
                            template.fingerprint(),
                            template,
                            (one, other) -> one.count() >= other.count() ? one : other);
                    lines += template.count();
                }
            }
            return new Side(view, templates, lines);
        }

        double share(RunView.Template template) {
            return lines == 0 ? 0 : (double) template.count() / lines;
        }
    }

    private record Both(RunView.Template a, RunView.Template b, double ratio) {}

    static byte[] json(RunView before, RunView after, int limit) {
        Side a = Side.of(before);
        Side b = Side.of(after);
        JsonWriter json = new JsonWriter().object();
        side(json, "a", a);
        side(json, "b", b);
        one(json, "new", b, only(b, a), limit);
        one(json, "gone", a, only(a, b), limit);
        List<Both> both = new ArrayList<>();
        a.templates().forEach((fingerprint, template) -> {
            RunView.Template other = b.templates().get(fingerprint);
            if (other != null && a.share(template) > 0) {
                both.add(new Both(template, other, b.share(other) / a.share(template)));
            }
        });
        both(
                json,
                "more",
                a,
                b,
                both.stream()
                        .filter(pair -> pair.ratio() >= FACTOR && pair.b().count() >= LEAST_LINES)
                        .sorted(Comparator.comparingDouble(Both::ratio).reversed())
                        .toList(),
                limit);
        both(
                json,
                "less",
                a,
                b,
                both.stream()
                        .filter(pair -> pair.ratio() <= 1 / FACTOR && pair.a().count() >= LEAST_LINES)
                        .sorted(Comparator.comparingDouble(Both::ratio))
                        .toList(),
                limit);
        return json.endObject().toBytes();
    }

    private static List<RunView.Template> only(Side here, Side there) {
        return here.templates().entrySet().stream()
                .filter(entry -> !there.templates().containsKey(entry.getKey()))
                .map(Map.Entry::getValue)
                .sorted(Comparator.comparing((RunView.Template template) -> !isError(template))
                        .thenComparing(Comparator.comparingLong(RunView.Template::count)
                                .reversed())
                        .thenComparingInt(RunView.Template::id))
                .toList();
    }

    private static boolean isError(RunView.Template template) {
        return template.level().equals("ERROR") || template.level().equals("FATAL");
    }

    private static void side(JsonWriter json, String name, Side side) {
        json.name(name).object().field("run", side.view().run()).field("status", Facts.status(side.view()));
        json.known("job", side.view().facts().job());
        json.field("lines", side.lines())
                .field("templates", side.templates().size())
                .endObject();
    }

    private static void one(JsonWriter json, String name, Side side, List<RunView.Template> templates, int limit) {
        json.name(name)
                .object()
                .field("total", templates.size())
                .name("templates")
                .array();
        for (RunView.Template template : templates.subList(0, Math.min(limit, templates.size()))) {
            json.object();
            form(json, template);
            json.field("template", template.id()).field("count", template.count());
            json.name("share").value(side.share(template));
            json.field("first", TemplateJson.position(template.first())).time("firstSeen", template.firstSeen());
            json.endObject();
        }
        json.endArray().endObject();
    }

    private static void both(JsonWriter json, String name, Side a, Side b, List<Both> pairs, int limit) {
        json.name(name).object().field("total", pairs.size()).name("templates").array();
        for (Both pair : pairs.subList(0, Math.min(limit, pairs.size()))) {
            json.object();
            form(json, pair.b());
            json.field("templateA", pair.a().id()).field("templateB", pair.b().id());
            json.field("countA", pair.a().count()).field("countB", pair.b().count());
            json.name("shareA").value(a.share(pair.a())).name("shareB").value(b.share(pair.b()));
            json.name("ratio").value(pair.ratio());
            json.field("first", TemplateJson.position(pair.b().first())).endObject();
        }
        json.endArray().endObject();
    }

    private static void form(JsonWriter json, RunView.Template template) {
        json.field("fingerprint", TemplateForm.fingerprint(template.fingerprint()));
        json.field("level", template.level()).field("text", template.text());
    }
}
