package dev.weir.topology;

import dev.weir.schemas.Baseline;
import dev.weir.schemas.DeadLetter;
import dev.weir.schemas.FleetKey;
import dev.weir.schemas.FleetRun;
import dev.weir.schemas.RunStatus;
import dev.weir.schemas.TemplateEvent;
import dev.weir.schemas.WakeState;
import java.util.List;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;
import org.jspecify.annotations.Nullable;

/**
 * What a task tells the world, in the transaction of the state that it tells of. The one place that knows which sink
 * and which key. Confined to one stream task.
 */
final class Outbox {
    private final ProcessorContext<Object, Object> context;
    private final Counters counters;

    Outbox(ProcessorContext<Object, Object> context, Counters counters) {
        this.context = context;
        this.counters = counters;
    }

    void templates(String run, List<TemplateEvent> events, long time) {
        counters.templateEvents.add(events.size());
        for (TemplateEvent event : events) {
            send(WeirTopology.TEMPLATES_SINK, run + "/" + event.getTemplate(), event, time);
        }
    }

    void noTemplate(String run, int template, long time) {
        send(WeirTopology.TEMPLATES_SINK, run + "/" + template, null, time);
    }

    /** @param status null if the run is to be forgotten */
    void run(String run, @Nullable RunStatus status, long time) {
        send(WeirTopology.RUNS_SINK, run, status, time);
    }

    /** @param baseline null if there is to be none */
    void baseline(String key, @Nullable Baseline baseline, long time) {
        send(WeirTopology.BASELINES_SINK, key, baseline, time);
    }

    /** @param run null if it is to be taken away */
    void fleet(FleetKey key, @Nullable FleetRun run, long time) {
        send(WeirTopology.FLEET_SINK, key.toString(), run, time);
    }

    void wake(String id, WakeState wake) {
        send(WeirTopology.WAKE_STATES_SINK, id, wake, wake.getChangedAt().toEpochMilli());
    }

    void noWake(String id, long time) {
        send(WeirTopology.WAKE_STATES_SINK, id, null, time);
    }

    /** Tells the wakes of a run that it is forgotten. */
    void forgetWakes(byte[] run, long time) {
        context.forward(new Record<>(run, null, time), WeirTopology.WAKE);
    }

    /** Sends a record as it came to the dead letters, with the reason. */
    void bury(Record<byte[], byte[]> record, RecordMetadata at, String reason, String detail) {
        RecordHeaders headers = new RecordHeaders(record.headers());
        new DeadLetter(reason, detail, at.topic(), at.partition(), at.offset())
                .headers()
                .forEach(headers::add);
        counters.deadLetters.increment();
        context.forward(
                new Record<Object, Object>(
                        record.key() == null ? new byte[0] : record.key(),
                        record.value() == null ? new byte[0] : record.value(),
                        record.timestamp(),
                        headers),
                WeirTopology.DEAD_LETTERS_SINK);
    }

    private void send(String sink, String key, @Nullable Object value, long time) {
        context.forward(new Record<>(key, value, time), sink);
    }
}
