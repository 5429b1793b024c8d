package dev.weir.topology;

import dev.weir.settings.Setting;
import dev.weir.settings.Settings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * How the topology runs: built once, everything checked before anything starts.
 *
 * @param kafka further Kafka properties (security, clients' own), passed on unchanged to every client
 * @param advertisedHost how other servers reach this one's HTTP port, with {@code advertisedPort}
 */
public record TopologySettings(
        String applicationId,
        Path stateDirectory,
        String advertisedHost,
        int advertisedPort,
        int threads,
        int standbys,
        String groupProtocol,
        String processingGuarantee,
        Duration commitInterval,
        Duration retention,
        Duration heartbeat,
        Duration silentAfter,
        Duration lostAfter,
        Duration quietAfter,
        Duration baselineRetention,
        Duration wakesKept,
        int templatesPerRun,
        long bytesPerRun,
        int runsPerTenant,
        long modelBytes,
        long rocksBytes,
        Map<String, String> kafka) {

    public static final Setting APPLICATION_ID = new Setting(
            "weir.application.id", "weir", "", "Name of the group of servers that share the work, and of its topics");
    public static final Setting THREADS = new Setting("weir.threads", "1", "threads", "Stream threads of a server");
    public static final Setting STANDBYS =
            new Setting("weir.standbys", "0", "copies", "Standby copies of each partition's state on other servers");
    public static final Setting GROUP_PROTOCOL = new Setting(
            "weir.group.protocol", "classic", "", "How servers share partitions: classic, or streams (KIP-1071)");
    public static final Setting PROCESSING_GUARANTEE = new Setting(
            "weir.processing.guarantee",
            "exactly_once_v2",
            "",
            "exactly_once_v2, or at_least_once: faster to commit, and counts may double after a crash");
    public static final Setting COMMIT_INTERVAL =
            new Setting("weir.commit.interval", "100ms", "duration", "Time between two commits of counts and events");
    public static final Setting RETENTION = new Setting(
            "weir.retention", "24h", "duration", "How long an idle run, and a template a run no longer shows, is kept");
    public static final Setting HEARTBEAT =
            new Setting("weir.heartbeat", "5s", "duration", "Time between two heartbeats of a producer");
    public static final Setting SILENT_AFTER = new Setting(
            "weir.silent.after", "30s", "duration", "Time without a line after which a run that is alive is silent");
    public static final Setting LOST_AFTER = new Setting(
            "weir.lost.after", "60s", "duration", "Time without any sign of life after which a run is lost");
    public static final Setting QUIET_AFTER = new Setting(
            "weir.quiet.after",
            "5m",
            "duration",
            "Time without a line after which a template of a run that goes on is quiet");
    public static final Setting BASELINE_RETENTION = new Setting(
            "weir.baseline.retention",
            "30d",
            "duration",
            "How long a job's last good run is what its runs are compared with");
    public static final Setting WAKES_KEPT = new Setting(
            "weir.wakes.kept", "7d", "duration", "How long a wake that came to its end can still be asked for");
    public static final Setting TEMPLATES_PER_RUN = new Setting(
            "weir.templates.per.run",
            "10000",
            "templates",
            "Templates of a run; new shapes beyond are counted in overflow templates");
    public static final Setting BYTES_PER_RUN = new Setting(
            "weir.bytes.per.run",
            "32MiB",
            "bytes",
            "Rows of a run's templates; beyond, new shapes are counted in overflow templates until idle ones leave");
    public static final Setting RUNS_PER_TENANT = new Setting(
            "weir.runs.per.tenant",
            "20000",
            "runs",
            "Runs of a tenant, shared evenly by the partitions; the idlest leaves for a new one");
    public static final Setting MODEL_BYTES = new Setting(
            "weir.models.bytes", "64MiB", "bytes", "Heap for the models of active runs in one server, a target");
    public static final Setting ROCKS_BYTES =
            new Setting("weir.rocksdb.bytes", "128MiB", "bytes", "Memory of all RocksDB stores of one server together");

    public static final List<Setting> ALL = List.of(
            APPLICATION_ID,
            THREADS,
            STANDBYS,
            GROUP_PROTOCOL,
            PROCESSING_GUARANTEE,
            COMMIT_INTERVAL,
            RETENTION,
            HEARTBEAT,
            SILENT_AFTER,
            LOST_AFTER,
            QUIET_AFTER,
            BASELINE_RETENTION,
            WAKES_KEPT,
            TEMPLATES_PER_RUN,
            BYTES_PER_RUN,
            RUNS_PER_TENANT,
            MODEL_BYTES,
            ROCKS_BYTES);

    /** A bucket is an eighth of the retention: what is evicted leaves within one. */
    private static final int BUCKETS = 8;

    private static final Duration LEAST_RETENTION = Duration.ofMinutes(8);

    public TopologySettings {
        kafka = Map.copyOf(kafka);
    }

    /**
     * Reads the settings; problems are left in {@code settings} for {@link Settings#check()}.
     *
     * @param kafka properties for every Kafka client; {@code bootstrap.servers} and {@code schema.registry.url} must be among them
     */
    public static TopologySettings read(
            Settings settings,
            Path stateDirectory,
            String advertisedHost,
            int advertisedPort,
            Map<String, String> kafka) {
        Duration retention = settings.duration(RETENTION);
        if (retention.compareTo(LEAST_RETENTION) < 0) {
            settings.problem(RETENTION, "use 8m or more: a bucket is an eighth of it, and a minute the finest window");
        }
        return new TopologySettings(
                settings.text(APPLICATION_ID),
                stateDirectory,
                advertisedHost,
                advertisedPort,
                settings.integer(THREADS, 1, 64),
                settings.integer(STANDBYS, 0, 5),
                oneOf(settings, GROUP_PROTOCOL, "classic", "streams"),
                oneOf(settings, PROCESSING_GUARANTEE, "exactly_once_v2", "at_least_once"),
                settings.duration(COMMIT_INTERVAL),
                retention,
                settings.duration(HEARTBEAT),
                settings.duration(SILENT_AFTER),
                settings.duration(LOST_AFTER),
                settings.duration(QUIET_AFTER),
                settings.duration(BASELINE_RETENTION),
                settings.duration(WAKES_KEPT),
                settings.integer(TEMPLATES_PER_RUN, 16, 1_000_000),
                settings.bytes(BYTES_PER_RUN),
                settings.integer(RUNS_PER_TENANT, 1, 10_000_000),
                settings.bytes(MODEL_BYTES),
                settings.bytes(ROCKS_BYTES),
                kafka);
    }

    /** The same on a server whose address is known only once it listens. */
    public TopologySettings advertisedAt(String host, int port) {
        return new TopologySettings(
                applicationId,
                stateDirectory,
                host,
                port,
                threads,
                standbys,
                groupProtocol,
                processingGuarantee,
                commitInterval,
                retention,
                heartbeat,
                silentAfter,
                lostAfter,
                quietAfter,
                baselineRetention,
                wakesKept,
                templatesPerRun,
                bytesPerRun,
                runsPerTenant,
                modelBytes,
                rocksBytes,
                kafka);
    }

    /** Length of a bucket in milliseconds, whole minutes. */
    public long bucketMillis() {
        long minute = Duration.ofMinutes(1).toMillis();
        return Math.max(minute, retention.toMillis() / BUCKETS / minute * minute);
    }

    private static String oneOf(Settings settings, Setting setting, String first, String second) {
        String text = settings.text(setting);
        if (!text.equals(first) && !text.equals(second)) {
            settings.problem(setting, "use " + first + " or " + second);
        }
        return text;
    }
}
