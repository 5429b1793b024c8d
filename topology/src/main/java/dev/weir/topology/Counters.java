package dev.weir.topology;

import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;

/** What all tasks of a server have done since it started. Stream threads count, any thread reads. */
final class Counters {
    final LongAdder records = new LongAdder();
    final LongAdder lines = new LongAdder();
    final LongAdder lineBytes = new LongAdder();
    final LongAdder duplicates = new LongAdder();
    final LongAdder gaps = new LongAdder();
    final LongAdder rejected = new LongAdder();
    final LongAdder batches = new LongAdder();
    final LongAdder undecodable = new LongAdder();
    final LongAdder deadLetters = new LongAdder();
    final LongAdder puts = new LongAdder();
    final LongAdder putBytes = new LongAdder();
    final LongAdder templateEvents = new LongAdder();
    final LongAdder rebuilds = new LongAdder();
    final LongAdder evictedModels = new LongAdder();
    final AtomicLong batchLines = new AtomicLong();
    final AtomicLong models = new AtomicLong();
    final AtomicLong modelBytes = new AtomicLong();

    List<Meter> meters() {
        return List.of(
                counter("weir.records", "records", "Records of weir.lines processed", records),
                counter("weir.lines", "lines", "Lines mined", lines),
                counter("weir.lines.bytes", "bytes", "Bytes of the records that carried lines", lineBytes),
                counter("weir.batches", "batches", "Records that carried lines", batches),
                gauge("weir.batch.lines", "lines", "Lines in the newest of them", batchLines),
                counter("weir.gaps", "entries", "Entries that were skipped without a marker", gaps),
                counter("weir.rejected", "lines", "Lines refused by a limit", rejected),
                counter("weir.duplicates", "entries", "Entries that came again and were dropped", duplicates),
                counter("weir.undecodable", "records", "Records nobody could read", undecodable),
                counter("weir.dead.letters", "records", "Records sent to weir.dead-letters", deadLetters),
                counter("weir.puts", "rows", "Rows put into the store", puts),
                counter("weir.puts.bytes", "bytes", "Bytes of those rows", putBytes),
                counter("weir.template.events", "events", "Events sent to weir.templates", templateEvents),
                counter("weir.rebuilds", "models", "Models rebuilt from their rows", rebuilds),
                counter("weir.models.evicted", "models", "Models that left the heap to make room", evictedModels),
                gauge("weir.models", "models", "Models in heap", models),
                gauge("weir.models.bytes", "bytes", "Heap of those models, estimated", modelBytes));
    }

    private static Meter counter(String name, String unit, String about, LongAdder value) {
        return new Meter(name, unit, about, true, value::sum);
    }

    private static Meter gauge(String name, String unit, String about, AtomicLong value) {
        return new Meter(name, unit, about, false, value::get);
    }
}
