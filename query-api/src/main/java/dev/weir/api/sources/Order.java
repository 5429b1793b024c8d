package dev.weir.api.sources;

import dev.weir.snapshot.JsonWriter;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;

/** One thing asked of a run's tail, until it is acknowledged or nobody waits for that any more. */
record Order(String id, Kind kind, String source, CompletableFuture<Answer> answer) {
    enum Kind {
        START,
        STOP
    }

    /** What the tail said. {@code code} is empty if it did as asked, else one of those that {@link SourceRoutes} knows. */
    record Answer(boolean ok, String code, String detail) {}

    void write(JsonWriter json) {
        json.object().field("id", id).field("kind", kind.name().toLowerCase(Locale.ROOT));
        json.field("source", source).endObject();
    }
}
