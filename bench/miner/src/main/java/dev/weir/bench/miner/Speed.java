package dev.weir.bench.miner;

import dev.weir.drain.Miner;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.VerboseMode;

/**
 * Runs {@link SpeedBenchmark} over a folder of systems, and prints lines a second of the thread's own time and of the clock,
 * bytes allocated a line, and ratios.
 */
public final class Speed {
    private Speed() {}

    public static void main(String[] args) throws IOException, RunnerException {
        if (args.length != 1) {
            System.err.println("Usage: speed DATA\n  DATA holds <System>/raw.log");
            System.exit(2);
        }
        Path data = Path.of(args[0]).toAbsolutePath();
        for (String lines : List.of("mixed", "HDFS")) {
            if (lines.equals("mixed") || data.resolve("HDFS/raw.log").toFile().exists()) {
                measure(data, lines);
            }
        }
        System.out.printf("state of the miner after the mixed lines: %.2f MB%n", state(data) / 1e6);
    }

    private static void measure(Path data, String lines) throws IOException, RunnerException {
        List<Lines> systems = Lines.below(data, lines);
        double count = systems.stream().mapToLong(Lines::count).sum() * (double) SpeedBenchmark.REPEATS;
        double bytes = systems.stream().mapToLong(Lines::size).sum() * (double) SpeedBenchmark.REPEATS;
        Collection<RunResult> results = new Runner(new OptionsBuilder()
                        .include(SpeedBenchmark.class.getName() + ".*")
                        .param("data", data.toString())
                        .param("lines", lines)
                        .jvmArgs("-Xms1g", "-Xmx1g", "-XX:+UseSerialGC")
                        .addProfiler(GCProfiler.class)
                        .verbosity(VerboseMode.SILENT)
                        .build())
                .run();
        Map<String, Double> millis = new LinkedHashMap<>();
        System.out.printf(
                "%n%-24s %10s %8s %18s %16s%n", lines, "M lines/s", "MB/s", "M lines/s of clock", "B/line allocated");
        for (RunResult result : results) {
            String name = result.getParams().getBenchmark().replaceAll(".*\\.", "");
            double scale = name.endsWith("Drain") || name.startsWith("textbook") ? SpeedBenchmark.FEWER : 1;
            double clock = result.getPrimaryResult().getScore() * scale;
            Result<?> cpu = result.getSecondaryResults().get("millis");
            double time = cpu == null
                    ? clock
                    : cpu.getScore()
                            * scale
                            / result.getParams().getMeasurement().getCount();
            Result<?> allocated = result.getSecondaryResults().get("gc.alloc.rate.norm");
            millis.put(name, time);
            System.out.printf(
                    "%-24s %10.2f %8.0f %18.2f %16.3f%n",
                    name,
                    count / time / 1e3,
                    bytes / time / 1e3,
                    count / clock / 1e3,
                    allocated == null ? 0 : allocated.getScore() * scale / count);
        }
        ratio(millis, "a textbook Drain with masks takes", "textbookDrainWithMasks", "ids", "times the miner's time");
        ratio(millis, "a textbook Drain without masks takes", "textbookDrain", "ids", "times the miner's time");
        ratio(millis, "a Drain tuned for speed takes", "tunedDrain", "ids", "times the miner's time");
        ratio(millis, "the miner takes", "ids", "splitAndHash", "times a bare split and hash");
        ratio(millis, "the miner takes", "ids", "maskHashAndLookUp", "times a bare mask, hash and look-up");
    }

    private static void ratio(Map<String, Double> millis, String before, String a, String b, String after) {
        Double over = millis.get(a);
        Double under = millis.get(b);
        if (over != null && under != null) {
            System.out.printf("%s %.1f %s%n", before, over / under, after);
        }
    }

    /** What a miner holds on to after the mixed lines, measured as what the heap loses when it goes. */
    private static long state(Path data) throws IOException {
        List<Lines> systems = Lines.below(data, "mixed");
        Miner miner = new Miner();
        long sum = 0;
        for (Lines system : systems) {
            Miner.Source source = miner.source(system.name());
            for (int i = 0; i < system.bounds().length; i += 2) {
                sum += miner.mine(source, system.bytes(), system.bounds()[i], system.bounds()[i + 1], 0, i);
            }
        }
        long with = used();
        if (miner.liveCount() + sum < 0) {
            throw new IllegalStateException();
        }
        miner = new Miner();
        long without = used();
        return miner.liveCount() < 0 ? 0 : with - without;
    }

    private static long used() {
        Runtime runtime = Runtime.getRuntime();
        long least = Long.MAX_VALUE;
        for (int i = 0; i < 5; i++) {
            System.gc();
            least = Math.min(least, runtime.totalMemory() - runtime.freeMemory());
        }
        return least;
    }
}
