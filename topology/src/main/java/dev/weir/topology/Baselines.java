package dev.weir.topology;

import dev.weir.schemas.Baseline;
import dev.weir.schemas.BaselineKey;
import dev.weir.schemas.BaselineTemplate;
import dev.weir.topology.rows.FactsRow;
import dev.weir.topology.rows.Ledger;
import dev.weir.topology.rows.Pinned;
import dev.weir.topology.rows.TemplateRow;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.ReadOnlyKeyValueStore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the last good run of a job and branch said. Every server reads the topic whole, for the runs of a job lie on
 * different partitions; a run keeps to the version that was there when it started.
 */
final class Baselines {
    /** A record must stay well below a megabyte. */
    private static final int MOST_TEMPLATES = 2_000;

    private static final int LONGEST_TEXT = 300;
    private static final Logger LOG = LoggerFactory.getLogger(Baselines.class);

    private final String topic;
    private final Deserializer<Baseline> reader;
    private final Duration retention;

    Baselines(String topic, Deserializer<Baseline> reader, Duration retention) {
        this.topic = topic;
        this.reader = reader;
        this.retention = retention;
    }

    /** The key of a run's baseline; empty for a run that is none of a job's. */
    static Optional<BaselineKey> key(String run, FactsRow facts) {
        return facts.job == null
                ? Optional.empty()
                : Optional.of(new BaselineKey(
                        RunIndex.tenant(run), facts.job, Objects.requireNonNullElse(facts.gitBranch, "")));
    }

    Optional<Baseline> find(ReadOnlyKeyValueStore<Bytes, byte[]> store, BaselineKey key, long now) {
        byte[] value = store.get(Bytes.wrap(key.bytes()));
        if (value == null) {
            return Optional.empty();
        }
        try {
            Baseline baseline = Patience.whileAway(() -> reader.deserialize(topic, value));
            Instant expires = baseline.getExpiresAt();
            return expires != null && expires.toEpochMilli() <= now ? Optional.empty() : Optional.of(baseline);
        } catch (dev.weir.registry.WireException unreadable) {
            LOG.warn("A baseline cannot be read and is left out, key={} why={}", key, unreadable.getMessage());
            return Optional.empty();
        }
    }

    static Pinned pin(Baseline baseline) {
        long[] fingerprints = baseline.getTemplates().stream()
                .mapToLong(template -> Long.parseUnsignedLong(template.getFingerprint(), 16))
                .toArray();
        return new Pinned(baseline.getRun(), baseline.getVersion(), fingerprints);
    }

    /** A run that ended well, as the baseline of those to come. Templates that went into others are in it, too: they come first again. */
    Baseline of(RunModel run, BaselineKey key, long version) {
        Ledger ledger = run.ledger;
        long started = ledger.startedAt == 0 ? ledger.firstActivity : ledger.startedAt;
        List<BaselineTemplate> templates = new ArrayList<>();
        for (int id = 0; id < run.templateLimit(); id++) {
            TemplateRow row = run.template(id);
            if (row != null && row.fate != TemplateRow.EVICTED) {
                templates.add(BaselineTemplate.newBuilder()
                        .setFingerprint(TemplateEvents.fingerprint(row.fingerprint))
                        .setText(row.text.substring(0, Math.min(LONGEST_TEXT, row.text.length())))
                        .setLevel(TemplateEvents.level(row.level))
                        .setCount(row.live() ? run.miner.template(id).totalCount() : run.own(id))
                        .setEvents(row.live() ? run.miner.template(id).totalEvents() : run.ownEvents(id))
                        .setFirstOffsetMillis(Math.max(0, row.firstTime - started))
                        .setLastOffsetMillis(Math.max(0, run.lastTime(id) - started))
                        .build());
            }
        }
        templates.sort(Comparator.comparingLong(BaselineTemplate::getCount).reversed());
        int kept = Math.min(MOST_TEMPLATES, templates.size());
        int slash = run.key.indexOf('/');
        return Baseline.newBuilder()
                .setTenant(key.tenant())
                .setJob(key.job())
                .setBranch(key.branch())
                .setRun(run.key.substring(slash + 1))
                .setVersion(version)
                .setStartedAt(Instant.ofEpochMilli(started))
                .setEndedAt(Instant.ofEpochMilli(ledger.endedAt))
                .setExpiresAt(Instant.ofEpochMilli(ledger.endedAt + retention.toMillis()))
                .setRead(ledger.read)
                .setGitCommit(run.facts.gitCommit)
                .setTemplates(templates.subList(0, kept))
                .setOmitted(templates.size() - kept)
                .build();
    }
}
