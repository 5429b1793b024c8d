package dev.weir.api.wakes;

import dev.weir.schemas.WakeState;
import dev.weir.snapshot.JsonWriter;
import java.time.Instant;
import java.util.Locale;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A wake as answers write it. */
final class WakeJson {
    private WakeJson() {}

    static void write(JsonWriter json, WakeState wake) {
        json.object().field("id", wake.getWake()).field("run", wake.getRun());
        json.field("phase", wake.getPhase().name().toLowerCase(Locale.ROOT));
        json.field("message", wake.getMessage());
        json.field("when", wake.getCondition().name().toLowerCase(Locale.ROOT));
        time(json, "runAt", wake.getRunAt());
        json.known("idempotencyKey", wake.getIdempotencyKey());
        time(json, "enqueuedAt", wake.getEnqueuedAt());
        json.known("enqueuedBy", wake.getEnqueuedBy());
        time(json, "expiresAt", wake.getExpiresAt());
        json.known("job", wake.getJob());
        json.name("labels").object();
        new TreeMap<>(wake.getLabels()).forEach(json::field);
        json.endObject();
        json.field("attempt", wake.getAttempt()).field("maxAttempts", wake.getMaxAttempts());
        json.field("fence", wake.getFence());
        json.known("worker", wake.getWorker());
        time(json, "leasedUntil", wake.getLeasedUntil());
        json.known("exitCode", wake.getExitCode());
        json.known("detail", wake.getDetail());
        time(json, "changedAt", wake.getChangedAt());
        json.endObject();
    }

    private static void time(JsonWriter json, String name, @Nullable Instant at) {
        json.time(name, at == null ? null : Long.valueOf(at.toEpochMilli()));
    }
}
