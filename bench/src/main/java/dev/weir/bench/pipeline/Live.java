package dev.weir.bench.pipeline;

import dev.weir.topology.Extent;
import dev.weir.topology.WeirStreams;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;

/** Lines that are produced while they are mined, on the same cores. */
final class Live {
    private Live() {}

    /** As fast as the producer can: lines mined a second, and how many more were waiting at the end. */
    static void flatOut(List<byte[]> corpus, int seconds) throws IOException, InterruptedException {
        try (Rig rig = new Rig(1);
                WeirStreams weir = rig.weir(Map.of());
                Filler filler = new Filler(
                        rig.bootstrap(), rig.topics.lines(), rig.values.lineValues(rig.topics.lines()), corpus)) {
            AtomicBoolean stop = new AtomicBoolean();
            Thread producer = new Thread(() -> filler.sendWhile(() -> !stop.get()), "live-producer");
            producer.start();
            Rig.mined(weir, 100_000, java.time.Duration.ofMinutes(1));
            long began = System.nanoTime();
            double before = Rig.meter(weir, "weir.lines");
            long sentBefore = filler.lines();
            Rig.pause(seconds * 1000L);
            double mined = Rig.meter(weir, "weir.lines") - before;
            double took = (System.nanoTime() - began) / 1e9;
            System.out.printf(
                    "live producer          %.4f M lines/s mined, %.4f M lines/s sent, over %.0f s%n",
                    mined / took / 1e6, (filler.lines() - sentBefore) / took / 1e6, took);
            stop.set(true);
            producer.join();
        }
    }

    /** At a steady rate: from a batch's arrival in the broker until a snapshot has its last line. */
    static void latency(List<byte[]> corpus, int seconds, int linesPerSecond) throws IOException, InterruptedException {
        try (Rig rig = new Rig(1);
                WeirStreams weir = rig.weir(Map.of());
                Filler filler = new Filler(
                        rig.bootstrap(), rig.topics.lines(), rig.values.lineValues(rig.topics.lines()), corpus)) {
            Arrivals arrivals = new Arrivals();
            Thread producer = new Thread(() -> filler.sendSteadily(linesPerSecond, seconds, arrivals::note), "steady");
            producer.start();
            while (producer.isAlive() || arrivals.waiting()) {
                long read = weir.reader()
                        .run(
                                Filler.RUN.tenant(),
                                Filler.RUN.run(),
                                Extent.all(0).withoutSlots())
                        .fold(run -> run.accounting().read(), () -> 0L, elsewhere -> 0L, restoring -> 0L);
                arrivals.seen(read, System.currentTimeMillis());
                Rig.pause(5);
            }
            producer.join();
            System.out.printf(
                    "arrival to snapshot    p50 %.0f ms, p99 %.0f ms, most %.0f ms; %d batches at %d lines/s, the first"
                            + " ten seconds left out%n",
                    arrivals.percentile(0.5),
                    arrivals.percentile(0.99),
                    arrivals.percentile(1),
                    arrivals.count(),
                    linesPerSecond);
        }
    }
}
