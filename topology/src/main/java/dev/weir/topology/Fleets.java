package dev.weir.topology;

import dev.weir.registry.WireException;
import dev.weir.schemas.FleetKey;
import dev.weir.schemas.FleetRun;
import dev.weir.schemas.FleetTemplate;
import dev.weir.topology.rows.FactsRow;
import dev.weir.topology.rows.Ledger;
import dev.weir.topology.rows.TemplateRow;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.ReadOnlyKeyValueStore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The runs of the fleet as {@code weir.fleet} has them: written by a run's task, read by anybody. One for each thread. */
final class Fleets {
    /** A record must stay well below a megabyte. */
    private static final int MOST_TEMPLATES = 2_000;

    private static final Logger LOG = LoggerFactory.getLogger(Fleets.class);

    private final String topic;
    private final Deserializer<FleetRun> reader;

    Fleets(String topic, Deserializer<FleetRun> reader) {
        this.topic = topic;
        this.reader = reader;
    }

    static FleetKey key(String run, Ledger ledger, FactsRow facts) {
        int slash = run.indexOf('/');
        return new FleetKey(
                run.substring(0, slash),
                Objects.requireNonNullElse(facts.job, ""),
                ledger.firstActivity,
                run.substring(slash + 1));
    }

    /** What a run has said so far. Templates that went into others are in it: in another run they come first again. */
    static FleetRun of(RunModel run) {
        List<FleetTemplate> templates = new ArrayList<>();
        for (int id = 0; id < run.templateLimit(); id++) {
            TemplateRow row = run.template(id);
            if (row != null && row.fate != TemplateRow.EVICTED && !row.overflow) {
                templates.add(new FleetTemplate(
                        TemplateEvents.fingerprint(row.fingerprint),
                        row.live() ? run.miner.template(id).totalCount() : run.own(id),
                        Instant.ofEpochMilli(row.firstTime),
                        Instant.ofEpochMilli(Math.max(row.firstTime, run.lastTime(id)))));
            }
        }
        templates.sort(Comparator.comparingLong(FleetTemplate::getCount).reversed());
        int kept = Math.min(MOST_TEMPLATES, templates.size());
        FleetKey key = key(run.key, run.ledger, run.facts);
        return FleetRun.newBuilder()
                .setTenant(key.tenant())
                .setJob(key.job())
                .setRun(key.run())
                .setHost(run.facts.host)
                .setStartedAt(Instant.ofEpochMilli(key.startedAt()))
                .setLastActivity(Instant.ofEpochMilli(run.ledger.lastActivity))
                .setStatus(run.ledger.state.name())
                .setTemplates(templates.subList(0, kept))
                .setOmitted(templates.size() - kept)
                .build();
    }

    /** The runs of one job; keys as {@link FleetKeys} gives them. */
    Fleet read(ReadOnlyKeyValueStore<Bytes, byte[]> store, String tenant, String job, List<String> keys) {
        List<Fleet.Run> runs = new ArrayList<>();
        for (String key : keys) {
            byte[] value = store.get(Bytes.wrap(key.getBytes(StandardCharsets.UTF_8)));
            if (value != null) {
                decode(key, value).ifPresent(runs::add);
            }
        }
        return new Fleet(tenant, job, runs);
    }

    private Optional<Fleet.Run> decode(String key, byte[] value) {
        try {
            FleetRun run = reader.deserialize(topic, value);
            Map<Long, Fleet.Shape> shapes = new HashMap<>();
            for (FleetTemplate one : run.getTemplates()) {
                Fleet.Shape shape = new Fleet.Shape(
                        one.getCount(),
                        one.getFirstSeen().toEpochMilli(),
                        one.getLastSeen().toEpochMilli());
                shapes.merge(Long.parseUnsignedLong(one.getFingerprint(), 16), shape, Fleets::sum);
            }
            return Optional.of(new Fleet.Run(
                    run.getRun(),
                    Optional.ofNullable(run.getHost()),
                    run.getStatus(),
                    run.getStartedAt().toEpochMilli(),
                    run.getLastActivity().toEpochMilli(),
                    shapes));
        } catch (WireException unreadable) {
            LOG.warn("A run of the fleet cannot be read and is left out, key={} why={}", key, unreadable.getMessage());
            return Optional.empty();
        }
    }

    private static Fleet.Shape sum(Fleet.Shape one, Fleet.Shape other) {
        return new Fleet.Shape(
                one.count() + other.count(),
                Math.min(one.firstSeen(), other.firstSeen()),
                Math.max(one.lastSeen(), other.lastSeen()));
    }
}
