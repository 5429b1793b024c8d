package dev.weir.topology;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.common.utils.Utils;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.LagInfo;
import org.apache.kafka.streams.StoreQueryParameters;
import org.apache.kafka.streams.StreamsMetadata;
import org.apache.kafka.streams.errors.InvalidStateStoreException;
import org.apache.kafka.streams.state.HostInfo;
import org.apache.kafka.streams.state.QueryableStoreType;
import org.apache.kafka.streams.state.QueryableStoreTypes;
import org.apache.kafka.streams.state.ReadOnlyKeyValueStore;
import org.apache.kafka.streams.state.ReadOnlyWindowStore;

/** The stores of one KafkaStreams, and where the others are. Safe for any number of threads. */
final class LocalStores implements StoreReader.Stores {
    private static final Bytes NO_KEY = Bytes.wrap(new byte[] {0});

    private final KafkaStreams streams;
    private final HostInfo self;
    private final TopicPartition[] lines;
    private final Restores restores;

    LocalStores(KafkaStreams streams, HostInfo self, String linesTopic, int partitions, Restores restores) {
        this.streams = streams;
        this.self = self;
        this.restores = restores;
        this.lines = new TopicPartition[partitions];
        for (int partition = 0; partition < partitions; partition++) {
            lines[partition] = new TopicPartition(linesTopic, partition);
        }
    }

    @Override
    public Reading<StoreReader.Local> of(String key) {
        int partition = partition(key);
        return local(partition)
                .<Reading<StoreReader.Local>>map(Reading.Found::new)
                .orElseGet(() -> away(partition));
    }

    @Override
    public <T> Reading<T> away(String key) {
        return away(partition(key));
    }

    private <T> Reading<T> away(int partition) {
        return host(partition)
                .filter(host -> !host.equals(self))
                .<Reading<T>>map(host -> new Reading.Elsewhere<>(host.host(), host.port()))
                .orElseGet(() -> new Reading.Restoring<>(restores.percent(partition)));
    }

    private int partition(String key) {
        return Utils.toPositive(Utils.murmur2(Utils.utf8(key))) % lines.length;
    }

    @Override
    public Optional<ReadOnlyKeyValueStore<Bytes, byte[]>> baselines() {
        return whole(WeirTopology.BASELINES_STORE);
    }

    @Override
    public Optional<ReadOnlyKeyValueStore<Bytes, byte[]>> fleet() {
        return whole(WeirTopology.FLEET_STORE);
    }

    /** A store that every server has whole. */
    private Optional<ReadOnlyKeyValueStore<Bytes, byte[]>> whole(String name) {
        try {
            return Optional.of(streams.store(StoreQueryParameters.<ReadOnlyKeyValueStore<Bytes, byte[]>>fromNameAndType(
                    name, QueryableStoreTypes.keyValueStore())));
        } catch (InvalidStateStoreException | IllegalStateException notYet) {
            return Optional.empty();
        }
    }

    @Override
    public List<StoreReader.Local> all() {
        List<StoreReader.Local> all = new ArrayList<>();
        for (int partition = 0; partition < lines.length; partition++) {
            // A store of any partition can be asked for; only reading it tells that it is not here.
            if (host(partition).filter(self::equals).isPresent()) {
                local(partition).ifPresent(all::add);
            }
        }
        return all;
    }

    @Override
    public Placement placement() {
        Map<Integer, Placement.Server> active = new HashMap<>();
        for (int partition = 0; partition < lines.length; partition++) {
            int at = partition;
            host(partition).ifPresent(host -> active.put(at, new Placement.Server(host.host(), host.port())));
        }
        TreeSet<Integer> here = new TreeSet<>();
        all().forEach(store -> here.add(store.partition()));
        return new Placement(lines.length, active, here, restores.percents());
    }

    @Override
    public Optional<StoreReader.Standby> copyOf(String key) {
        int partition = partition(key);
        return local(partition)
                .map(active -> new StoreReader.Standby(active, 0))
                .or(() -> local(partition, true).map(copy -> new StoreReader.Standby(copy, behind(partition))));
    }

    private long behind(int partition) {
        LagInfo lag = streams.allLocalStorePartitionLags()
                .getOrDefault(WeirTopology.RUNS_STORE, Map.of())
                .get(partition);
        return lag == null ? 0 : lag.offsetLag();
    }

    private Optional<StoreReader.Local> local(int partition) {
        return local(partition, false);
    }

    private Optional<StoreReader.Local> local(int partition, boolean stale) {
        try {
            ReadOnlyWindowStore<Bytes, byte[]> rows = streams.store(
                    of(WeirTopology.RUNS_STORE, QueryableStoreTypes.<Bytes, byte[]>windowStore(), partition, stale));
            ReadOnlyKeyValueStore<String, byte[]> wakes = streams.store(of(
                    WeirTopology.WAKES_STORE, QueryableStoreTypes.<String, byte[]>keyValueStore(), partition, stale));
            // Whether the partition is here shows only when it is read from.
            rows.fetch(NO_KEY, 0L);
            return Optional.of(new StoreReader.Local(partition, rows, wakes));
        } catch (InvalidStateStoreException | IllegalStateException notHereOrNotYet) {
            return Optional.empty();
        }
    }

    private static <T> StoreQueryParameters<T> of(
            String name, QueryableStoreType<T> type, int partition, boolean stale) {
        StoreQueryParameters<T> active =
                StoreQueryParameters.fromNameAndType(name, type).withPartition(partition);
        return stale ? active.enableStaleStores() : active;
    }

    private Optional<HostInfo> host(int partition) {
        try {
            for (StreamsMetadata server : streams.metadataForAllStreamsClients()) {
                if (server.topicPartitions().contains(lines[partition])) {
                    return Optional.of(server.hostInfo());
                }
            }
            return Optional.empty();
        } catch (IllegalStateException notStarted) {
            return Optional.empty();
        }
    }
}
