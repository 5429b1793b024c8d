package dev.weir.api.runs;

import dev.weir.api.runs.Shapes.Shape;
import dev.weir.snapshot.JsonWriter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Two runs compared by the fingerprints of their templates, which name the same message in every run. Rates are shares of
 * a run's lines, so that a run under way can be compared with one that is over.
 */
final class Difference {
    /** By how much a share must change, and how many lines must be behind it, to be told. */
    private static final double FACTOR = 2;

    private static final long LEAST_LINES = 5;

    private Difference() {}

    private record Both(Shape a, Shape b, double ratio) {}

    static byte[] json(Shapes a, Shapes b, int limit) {
        JsonWriter json = new JsonWriter().object();
        side(json, "a", a);
        side(json, "b", b);
        one(json, "new", b, only(b, a), limit);
        one(json, "gone", a, only(a, b), limit);
        List<Both> both = new ArrayList<>();
        a.byFingerprint().forEach((fingerprint, template) -> {
            Shape other = b.byFingerprint().get(fingerprint);
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

    private static List<Shape> only(Shapes here, Shapes there) {
        return here.byFingerprint().values().stream()
                .filter(shape -> !there.byFingerprint().containsKey(shape.fingerprint()))
                .sorted(Comparator.comparing((Shape shape) -> !shape.isError())
                        .thenComparing(Comparator.comparingLong(Shape::count).reversed())
                        .thenComparingInt(Shape::template))
                .toList();
    }

    private static void side(JsonWriter json, String name, Shapes side) {
        json.name(name).object().field("run", side.run()).field("status", side.status());
        json.known("job", side.job());
        json.field("lines", side.lines())
                .field("templates", side.byFingerprint().size())
                .endObject();
    }

    private static void one(JsonWriter json, String name, Shapes side, List<Shape> templates, int limit) {
        json.name(name)
                .object()
                .field("total", templates.size())
                .name("templates")
                .array();
        for (Shape template : templates.subList(0, Math.min(limit, templates.size()))) {
            json.object();
            form(json, template);
            json.field("template", template.template()).field("count", template.count());
            json.name("share").value(side.share(template));
            json.field("first", template.first()).time("firstSeen", template.firstSeen());
            json.endObject();
        }
        json.endArray().endObject();
    }

    private static void both(JsonWriter json, String name, Shapes a, Shapes b, List<Both> pairs, int limit) {
        json.name(name).object().field("total", pairs.size()).name("templates").array();
        for (Both pair : pairs.subList(0, Math.min(limit, pairs.size()))) {
            json.object();
            form(json, pair.b());
            json.field("templateA", pair.a().template())
                    .field("templateB", pair.b().template());
            json.field("countA", pair.a().count()).field("countB", pair.b().count());
            json.name("shareA").value(a.share(pair.a())).name("shareB").value(b.share(pair.b()));
            json.name("ratio").value(pair.ratio());
            json.field("first", pair.b().first()).endObject();
        }
        json.endArray().endObject();
    }

    private static void form(JsonWriter json, Shape template) {
        json.field("fingerprint", template.fingerprint());
        json.field("level", template.level()).field("text", template.text());
    }
}
