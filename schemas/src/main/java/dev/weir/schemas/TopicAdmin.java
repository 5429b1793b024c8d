package dev.weir.schemas;

import static org.apache.kafka.common.config.TopicConfig.CLEANUP_POLICY_CONFIG;
import static org.apache.kafka.common.config.TopicConfig.MESSAGE_TIMESTAMP_TYPE_CONFIG;

import dev.weir.schemas.TopicReport.Difference;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.CreateTopicsOptions;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/** Creates missing topics and says in what way existing ones differ. Never alters one: that is its owner's decision. */
public final class TopicAdmin {
    private static final Set<String> HARMFUL = Set.of(CLEANUP_POLICY_CONFIG, MESSAGE_TIMESTAMP_TYPE_CONFIG);

    private final Admin admin;
    private final Duration timeout;

    public TopicAdmin(Admin admin, Duration timeout) {
        this.admin = admin;
        this.timeout = timeout;
    }

    /** Creates what is missing, then looks at everything. Two servers may do this at once. */
    public TopicReport ensure(TopicSettings settings) {
        List<TopicSpec> specs = settings.specs();
        Set<String> there = existing(specs).keySet();
        List<String> created = new ArrayList<>();
        for (TopicSpec spec : specs) {
            if (!there.contains(spec.name()) && create(spec)) {
                created.add(spec.name());
            }
        }
        return report(specs, created, awaitAll(specs));
    }

    /** Looks at everything and creates nothing. */
    public TopicReport check(TopicSettings settings) {
        List<TopicSpec> specs = settings.specs();
        return report(specs, List.of(), existing(specs));
    }

    private boolean create(TopicSpec spec) {
        NewTopic topic = new NewTopic(
                        spec.name(),
                        Optional.of(spec.partitions()),
                        spec.replication() == 0 ? Optional.empty() : Optional.of((short) spec.replication()))
                .configs(spec.configs());
        CreateTopicsOptions options = new CreateTopicsOptions().timeoutMs(Math.toIntExact(timeout.toMillis()));
        try {
            await(
                    "create topic " + spec.name(),
                    admin.createTopics(List.of(topic), options).all());
            return true;
        } catch (TopicExistsException anotherServerWasFaster) {
            return false;
        }
    }

    /** A broker may answer for a while as if a topic did not exist that was just created, by us or by another server. */
    private Map<String, TopicDescription> awaitAll(List<TopicSpec> specs) {
        long deadline = System.nanoTime() + timeout.toNanos();
        Map<String, TopicDescription> there = existing(specs);
        while (there.size() < specs.size() && System.nanoTime() < deadline) {
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
            there = existing(specs);
        }
        return there;
    }

    private TopicReport report(List<TopicSpec> specs, List<String> created, Map<String, TopicDescription> there) {
        Map<String, Config> configs = configs(there.keySet());
        List<Difference> differences = new ArrayList<>();
        List<String> missing = new ArrayList<>();
        for (TopicSpec spec : specs) {
            TopicDescription description = there.get(spec.name());
            if (description == null) {
                missing.add(spec.name());
            } else {
                differences.addAll(shape(spec, description, there, specs));
                differences.addAll(settings(spec, configs.getOrDefault(spec.name(), new Config(List.of()))));
            }
        }
        return new TopicReport(created, missing, differences);
    }

    private static List<Difference> shape(
            TopicSpec spec, TopicDescription found, Map<String, TopicDescription> there, List<TopicSpec> specs) {
        List<Difference> differences = new ArrayList<>();
        int partitions = found.partitions().size();
        if (partitions != spec.partitions()) {
            boolean uneven = spec.perRun()
                    && specs.stream()
                            .filter(TopicSpec::perRun)
                            .map(other -> there.get(other.name()))
                            .anyMatch(
                                    other -> other != null && other.partitions().size() != partitions);
            String whatToDo = !spec.perRun()
                    ? "read whole by every server, so one is enough; it does no harm"
                    : uneven
                            ? "the topics keyed by run must have equally many: recreate those that differ"
                            : "set " + ClusterSettings.TOPIC_PARTITIONS.variable() + "=" + partitions
                                    + "; adding partitions would move runs";
            differences.add(new Difference(
                    spec.name(),
                    "partitions",
                    Integer.toString(spec.partitions()),
                    Integer.toString(partitions),
                    uneven,
                    whatToDo));
        }
        int copies = found.partitions().get(0).replicas().size();
        if (spec.replication() != 0 && copies != spec.replication()) {
            differences.add(new Difference(
                    spec.name(),
                    "replication",
                    Integer.toString(spec.replication()),
                    Integer.toString(copies),
                    false,
                    "set " + ClusterSettings.TOPIC_REPLICATION.variable() + "=" + copies
                            + ", or reassign its partitions (kafka-reassign-partitions)"));
        }
        return differences;
    }

    private static List<Difference> settings(TopicSpec spec, Config found) {
        List<Difference> differences = new ArrayList<>();
        for (TopicSpec.Config wanted : spec.config()) {
            ConfigEntry entry = found.get(wanted.name());
            String value = entry == null || entry.value() == null ? "unknown" : entry.value();
            if (!same(wanted.name(), wanted.value(), value)) {
                String alter = "kafka-configs --alter --entity-type topics --entity-name " + spec.name()
                        + " --add-config '" + wanted.name() + "="
                        + (wanted.value().contains(",") ? "[" + wanted.value() + "]" : wanted.value()) + "'";
                differences.add(new Difference(
                        spec.name(),
                        wanted.name(),
                        wanted.value(),
                        value,
                        HARMFUL.contains(wanted.name()),
                        wanted.from()
                                .map(setting -> "set " + setting.variable() + " to what it is, or run " + alter)
                                .orElse("run " + alter)));
            }
        }
        return differences;
    }

    private static boolean same(String name, String wanted, String found) {
        return name.equals(CLEANUP_POLICY_CONFIG)
                ? new TreeSet<>(Arrays.asList(wanted.split(","))).equals(new TreeSet<>(Arrays.asList(found.split(","))))
                : wanted.equals(found);
    }

    private Map<String, TopicDescription> existing(List<TopicSpec> specs) {
        List<String> names = specs.stream().map(TopicSpec::name).toList();
        Map<String, TopicDescription> there = new TreeMap<>();
        admin.describeTopics(names).topicNameValues().forEach((name, future) -> {
            try {
                there.put(name, await("look at topic " + name, future));
            } catch (UnknownTopicOrPartitionException absent) {
                there.remove(name);
            }
        });
        return there;
    }

    private Map<String, Config> configs(Collection<String> names) {
        List<ConfigResource> resources = names.stream()
                .map(name -> new ConfigResource(ConfigResource.Type.TOPIC, name))
                .toList();
        Map<String, Config> configs = new TreeMap<>();
        await("read the topics' settings", admin.describeConfigs(resources).all())
                .forEach((resource, config) -> configs.put(resource.name(), config));
        return configs;
    }

    private <T> T await(String what, KafkaFuture<T> future) {
        try {
            return future.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException failed) {
            if (failed.getCause() instanceof TopicExistsException exists) {
                throw exists;
            }
            if (failed.getCause() instanceof UnknownTopicOrPartitionException absent) {
                throw absent;
            }
            String remedy = failed.getCause() instanceof AuthorizationException
                    ? "give weir's principal Create, Describe and DescribeConfigs, or create the topics yourself"
                    : "check " + ClusterSettings.BOOTSTRAP_SERVERS.variable() + " and the broker";
            throw new KafkaException("Cannot " + what + " (" + failed.getMessage() + "): " + remedy, failed);
        } catch (TimeoutException late) {
            throw new KafkaException(
                    "Cannot " + what + " within " + timeout.toSeconds() + " s: check "
                            + ClusterSettings.BOOTSTRAP_SERVERS.variable() + " and the broker",
                    late);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new KafkaException("Interrupted while about to " + what, interrupted);
        }
    }
}
