package dev.weir.api.runs;

import com.fasterxml.jackson.databind.JsonNode;
import dev.weir.snapshot.JsonWriter;
import dev.weir.topology.RunView;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a run is compared by: its message shapes, by fingerprint. Also as JSON, for two runs may lie on different servers and
 * each knows only its own.
 */
record Shapes(
        String run,
        String status,
        @Nullable String job,
        @Nullable String branch,
        long firstActivity,
        long lines,
        Map<String, Shape> byFingerprint) {

    /** @param first position of its first line */
    record Shape(
            String fingerprint, int template, String level, String text, long count, String first, long firstSeen) {
        boolean isError() {
            return level.equals("ERROR") || level.equals("FATAL");
        }
    }

    static Shapes of(RunView view) {
        List<Shape> shapes = new ArrayList<>();
        for (RunView.Template template : view.templates()) {
            if (template.live() && !template.overflow()) {
                shapes.add(new Shape(
                        TemplateForm.fingerprint(template.fingerprint()),
                        template.id(),
                        template.level(),
                        template.text(),
                        template.count(),
                        TemplateJson.position(template.first()),
                        template.firstSeen()));
            }
        }
        return of(
                view.run(),
                Facts.status(view),
                view.facts().job(),
                view.facts().gitBranch(),
                view.life().firstActivity(),
                shapes);
    }

    private static Shapes of(
            String run,
            String status,
            @Nullable String job,
            @Nullable String branch,
            long firstActivity,
            List<Shape> shapes) {
        Map<String, Shape> byFingerprint = new HashMap<>();
        for (Shape shape : shapes) {
            byFingerprint.merge(shape.fingerprint(), shape, (one, other) -> one.count() >= other.count() ? one : other);
        }
        long lines = shapes.stream().mapToLong(Shape::count).sum();
        return new Shapes(run, status, job, branch, firstActivity, lines, byFingerprint);
    }

    /** As {@link #json} wrote it on another server. */
    static Shapes of(JsonNode json) {
        List<Shape> shapes = new ArrayList<>();
        for (JsonNode one : json.path("shapes")) {
            shapes.add(new Shape(
                    one.path("fingerprint").asText(),
                    one.path("template").asInt(),
                    one.path("level").asText(),
                    one.path("text").asText(),
                    one.path("count").asLong(),
                    one.path("first").asText(),
                    Instant.parse(one.path("firstSeen").asText()).toEpochMilli()));
        }
        return of(
                json.path("run").asText(),
                json.path("status").asText(),
                json.path("job").textValue(),
                json.path("branch").textValue(),
                Instant.parse(json.path("firstActivity").asText()).toEpochMilli(),
                shapes);
    }

    JsonWriter json() {
        JsonWriter json = new JsonWriter().object().field("run", run).field("status", status);
        json.known("job", job).known("branch", branch).time("firstActivity", firstActivity);
        json.name("shapes").array();
        for (Shape shape : byFingerprint.values()) {
            json.object().field("fingerprint", shape.fingerprint()).field("template", shape.template());
            json.field("level", shape.level()).field("text", shape.text()).field("count", shape.count());
            json.field("first", shape.first())
                    .time("firstSeen", shape.firstSeen())
                    .endObject();
        }
        return json.endArray().endObject();
    }

    double share(Shape shape) {
        return lines == 0 ? 0 : (double) shape.count() / lines;
    }
}
