package dev.weir.topology;

import dev.weir.schemas.FleetKey;
import dev.weir.schemas.RunKey;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.errors.InvalidStateStoreException;
import org.apache.kafka.streams.state.ReadOnlyKeyValueStore;

/** Answers from the fleet, which every server has whole. Remembers jobs decoded for some seconds. Safe for any number of threads. */
final class FleetReader {
    private static final int REMEMBERED = 32;
    private static final long FRESH_MILLIS = 2_000;

    private record Remembered(Fleet fleet, long at) {}

    private final Supplier<Optional<ReadOnlyKeyValueStore<Bytes, byte[]>>> store;
    private final FleetKeys keys;
    /** Made for every reading: what decodes is not safe for several threads. */
    private final Supplier<Fleets> fleets;

    private final LongSupplier clock;
    private final Map<String, Remembered> remembered = new LinkedHashMap<>(16, 0.75f, true);

    FleetReader(
            Supplier<Optional<ReadOnlyKeyValueStore<Bytes, byte[]>>> store,
            FleetKeys keys,
            Supplier<Fleets> fleets,
            LongSupplier clock) {
        this.store = store;
        this.keys = keys;
        this.fleets = fleets;
        this.clock = clock;
    }

    Fleet job(String tenant, String job) {
        String prefix = FleetKey.prefix(tenant, job);
        long now = clock.getAsLong();
        synchronized (remembered) {
            Remembered known = remembered.get(prefix);
            if (known != null && now - known.at < FRESH_MILLIS) {
                return known.fleet;
            }
        }
        Fleet read = read(tenant, job, keys.ofJob(tenant, job));
        synchronized (remembered) {
            remembered.put(prefix, new Remembered(read, now));
            if (remembered.size() > REMEMBERED) {
                remembered.remove(remembered.keySet().iterator().next());
            }
        }
        return read;
    }

    /** A shape in every job of a tenant that had it. */
    List<Fleet.Seen> seen(String tenant, long fingerprint) {
        Map<String, List<String>> byJob = new TreeMap<>();
        for (String key : keys.ofTenant(RunKey.requireName("tenant", tenant))) {
            FleetKey.find(key)
                    .ifPresent(found -> byJob.computeIfAbsent(found.job(), fresh -> new ArrayList<>())
                            .add(key));
        }
        List<Fleet.Seen> seen = new ArrayList<>();
        byJob.forEach((job, ofJob) -> read(tenant, job, ofJob).seen(fingerprint).ifPresent(seen::add));
        return seen;
    }

    private Fleet read(String tenant, String job, List<String> ofJob) {
        try {
            return store.get()
                    .map(open -> fleets.get().read(open, tenant, job, ofJob))
                    .orElseGet(() -> new Fleet(tenant, job, List.of()));
        } catch (InvalidStateStoreException closing) {
            return new Fleet(tenant, job, List.of());
        }
    }
}
