package dev.weir.topology;

import dev.weir.schemas.WakePhase;
import dev.weir.schemas.WakeState;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.errors.InvalidStateStoreException;
import org.apache.kafka.streams.state.KeyValueIterator;

/** Answers from the wakes of this server's partitions. Safe for any number of threads. */
final class WakeReader {
    private final StoreReader.Stores stores;
    /** Made for every reading: what decodes is not safe for several threads. */
    private final Supplier<WakeValues> values;

    WakeReader(StoreReader.Stores stores, Supplier<WakeValues> values) {
        this.stores = stores;
        this.values = values;
    }

    Reading<List<WakeState>> ofRun(String key) {
        return stores.of(key)
                .fold(
                        here -> {
                            try {
                                return new Reading.Found<>(wakes(here, key + "/", Integer.MAX_VALUE, any -> true));
                            } catch (InvalidStateStoreException moved) {
                                return stores.away(key);
                            }
                        },
                        Reading.Absent::new,
                        elsewhere -> new Reading.Elsewhere<>(elsewhere.host(), elsewhere.port()),
                        restoring -> new Reading.Restoring<>(restoring.percent()));
    }

    List<WakeState> due(String tenant, int limit) {
        List<WakeState> due = new ArrayList<>();
        for (StoreReader.Local here : stores.all()) {
            try {
                due.addAll(wakes(here, tenant + "/", limit, wake -> wake.getPhase() == WakePhase.DUE));
            } catch (InvalidStateStoreException moved) {
                // Its new server answers for it.
                continue;
            }
        }
        due.sort(Comparator.comparing(WakeState::getRunAt));
        return due.subList(0, Math.min(limit, due.size()));
    }

    private List<WakeState> wakes(StoreReader.Local here, String prefix, int limit, Predicate<WakeState> wanted) {
        WakeValues reading = values.get();
        List<WakeState> found = new ArrayList<>();
        // The slash's successor: after every key that begins with the prefix.
        String end = prefix.substring(0, prefix.length() - 1) + (char) ('/' + 1);
        try (KeyValueIterator<String, byte[]> all = here.wakes().range(prefix, end)) {
            while (all.hasNext() && found.size() < limit) {
                KeyValue<String, byte[]> one = all.next();
                if (one.key.startsWith(prefix) && !WakeValues.isIdempotency(one.key)) {
                    WakeState wake = reading.read(one.value);
                    if (wanted.test(wake)) {
                        found.add(wake);
                    }
                }
            }
        }
        found.sort(Comparator.comparing(WakeState::getRunAt));
        return found;
    }
}
