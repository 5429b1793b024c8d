package dev.weir.bench.miner;

import dev.weir.drain.Miner;
import dev.weir.drain.MinerSettings;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.ToIntFunction;
import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * The miner and its yardsticks over the same bytes in memory, one thread. An invocation takes every line of every system
 * fifty times, system after system, with one fresh miner: what it learns is part of the time.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(1)
@Warmup(iterations = 6)
@Measurement(iterations = 8)
public class SpeedBenchmark {
    /** The thread's own time, which other work on the machine does not stretch. */
    @State(Scope.Thread)
    @AuxCounters(AuxCounters.Type.EVENTS)
    public static class Cpu {
        public double millis;
        private long started;

        @Setup(Level.Invocation)
        public void start() {
            started = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
        }

        @TearDown(Level.Invocation)
        public void stop() {
            millis = (ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - started) / 1e6;
        }
    }

    static final int REPEATS = 50;
    /** The textbook's Drain takes so long that it gets this much fewer lines. */
    static final int FEWER = 10;

    @Param("")
    public String data = "";

    @Param({"mixed", "HDFS"})
    public String lines = "mixed";

    private List<Lines> systems = List.of();
    private Miner known = new Miner();
    private List<Miner.Source> knownSources = List.of();

    @Setup(Level.Trial)
    public void read() throws IOException {
        systems = Lines.below(Path.of(data), lines);
        known = new Miner();
        knownSources = sources(known);
        mine(known, knownSources, 2);
    }

    /** Ids and counts: slots off. */
    @Benchmark
    public long ids(Cpu cpu) {
        Miner miner = new Miner(MinerSettings.DEFAULTS.withSlots(false));
        return mine(miner, sources(miner), REPEATS);
    }

    /** Slot summaries, samples and everything else. */
    @Benchmark
    public long everything(Cpu cpu) {
        Miner miner = new Miner();
        return mine(miner, sources(miner), REPEATS);
    }

    /** Everything, by a miner that has seen all shapes: what it allocates is what a known line allocates. */
    @Benchmark
    public long knownShapes(Cpu cpu) {
        return mine(known, knownSources, REPEATS);
    }

    @Benchmark
    @Warmup(iterations = 8)
    @Measurement(iterations = 4)
    public long textbookDrain(Cpu cpu) {
        return drain(new TextbookDrain(false)::mine);
    }

    /** The same with what speed can be had. */
    @Benchmark
    public long tunedDrain(Cpu cpu) {
        return drain(new TunedDrain()::mine);
    }

    @Benchmark
    @Warmup(iterations = 8)
    @Measurement(iterations = 4)
    public long textbookDrainWithMasks(Cpu cpu) {
        return drain(new TextbookDrain(true)::mine);
    }

    /** Splits on white space and hashes every token: 64 bits, FNV. */
    @Benchmark
    public long splitAndHash(Cpu cpu) {
        long sum = 0;
        for (Lines system : systems) {
            byte[] b = system.bytes();
            int[] bounds = system.bounds();
            for (int r = 0; r < REPEATS; r++) {
                for (int i = 0; i < bounds.length; i += 2) {
                    int end = bounds[i] + bounds[i + 1];
                    long h = 0;
                    long line = 0;
                    for (int p = bounds[i]; p < end; p++) {
                        byte c = b[p];
                        if (c == ' ' || c == '\t') {
                            line = line * 31 + h;
                            h = 0;
                        } else {
                            h = (h ^ c) * 0x100000001B3L;
                        }
                    }
                    sum += line * 31 + h;
                }
            }
        }
        return sum;
    }

    /** Masks words with digits in them, hashes the line, looks it up and counts. */
    @Benchmark
    public long maskHashAndLookUp(Cpu cpu) {
        Map<Long, long[]> counts = new HashMap<>();
        for (Lines system : systems) {
            byte[] b = system.bytes();
            int[] bounds = system.bounds();
            for (int r = 0; r < REPEATS; r++) {
                for (int i = 0; i < bounds.length; i += 2) {
                    int end = bounds[i] + bounds[i + 1];
                    long line = 0;
                    long h = 0;
                    boolean digits = false;
                    for (int p = bounds[i]; p <= end; p++) {
                        byte c = p == end ? (byte) ' ' : b[p];
                        if (c == ' ' || c == '\t') {
                            line = line * 31 + (digits ? 1 : h);
                            h = 0;
                            digits = false;
                        } else {
                            h = (h ^ c) * 0x100000001B3L;
                            digits |= c >= '0' && c <= '9';
                        }
                    }
                    counts.computeIfAbsent(line, k -> new long[1])[0]++;
                }
            }
        }
        return counts.size();
    }

    private List<Miner.Source> sources(Miner miner) {
        List<Miner.Source> sources = new ArrayList<>();
        for (Lines system : systems) {
            sources.add(miner.source(system.name()));
        }
        return sources;
    }

    private long mine(Miner miner, List<Miner.Source> sources, int repeats) {
        long sum = 0;
        for (int s = 0; s < systems.size(); s++) {
            Lines system = systems.get(s);
            Miner.Source source = sources.get(s);
            byte[] b = system.bytes();
            int[] bounds = system.bounds();
            for (int r = 0; r < repeats; r++) {
                for (int i = 0; i < bounds.length; i += 2) {
                    sum += miner.mine(source, b, bounds[i], bounds[i + 1], r, i);
                }
            }
        }
        return sum;
    }

    private long drain(ToIntFunction<String> drain) {
        long sum = 0;
        for (Lines system : systems) {
            byte[] b = system.bytes();
            int[] bounds = system.bounds();
            for (int r = 0; r < REPEATS / FEWER; r++) {
                for (int i = 0; i < bounds.length; i += 2) {
                    sum += drain.applyAsInt(new String(b, bounds[i], bounds[i + 1], StandardCharsets.ISO_8859_1));
                }
            }
        }
        return sum;
    }
}
