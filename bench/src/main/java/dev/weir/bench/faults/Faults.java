package dev.weir.bench.faults;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The fault run: {@code bench/faults [--scale PERCENT] [--only FAULT] [--seed N]}. Prints a table and ends with 1 if any line was
 * lost or counted twice, if an answer was wrong, or if a fault did not really happen.
 */
public final class Faults {
    /** A scenario at full scale. */
    private record Scenario(int times, long lines, long linesPerSecond, boolean resendAll, FaultRun.Fault fault) {}

    private Faults() {}

    public static void main(String[] arguments) throws IOException, InterruptedException {
        int scale = 100;
        String only = "";
        long seed = 7;
        for (int i = 0; i + 1 < arguments.length; i += 2) {
            switch (arguments[i]) {
                case "--scale" -> scale = Integer.parseInt(arguments[i + 1]);
                case "--only" -> only = arguments[i + 1];
                case "--seed" -> seed = Long.parseLong(arguments[i + 1]);
                default -> {
                    System.err.println(
                            "Unknown option " + arguments[i] + ": use --scale PERCENT, --only FAULT, --seed N");
                    System.exit(2);
                }
            }
        }
        List<FaultRun.Result> results = run(scale, only, seed);
        print(results);
        System.exit(results.stream().allMatch(FaultRun.Result::exact) ? 0 : 1);
    }

    static List<FaultRun.Result> run(int scale, String only, long seed) throws IOException, InterruptedException {
        Map<String, Scenario> scenarios = new java.util.LinkedHashMap<>();
        scenarios.put("kill -9 of the server", new Scenario(200, 5_000_000, 8_000, false, FaultRun::killServer));
        scenarios.put("kill -9 of the broker", new Scenario(50, 2_000_000, 8_000, false, FaultRun::killBroker));
        scenarios.put("server frozen", new Scenario(20, 1_000_000, 4_000, false, FaultRun::freezeServer));
        scenarios.put("server joins and leaves", new Scenario(20, 1_000_000, 5_000, false, FaultRun::rebalance));
        scenarios.put("producer resends all", new Scenario(1, 200_000, 50_000, true, run -> true));
        List<FaultRun.Result> results = new ArrayList<>();
        for (Map.Entry<String, Scenario> one : scenarios.entrySet()) {
            if (one.getKey().contains(only)) {
                results.add(run(one.getKey(), one.getValue(), scale, seed));
            }
        }
        return results;
    }

    private static FaultRun.Result run(String name, Scenario scenario, int scale, long seed)
            throws IOException, InterruptedException {
        Path directory = Files.createTempDirectory("weir-faults");
        System.err.println(name + ": in " + directory);
        FaultRun.Result result;
        try (FaultRun run = new FaultRun(directory, seed)) {
            result = run.repeat(
                    name,
                    Math.max(1, scenario.times * scale / 100),
                    Math.max(20_000, scenario.lines * scale / 100),
                    scenario.linesPerSecond,
                    scenario.resendAll,
                    scenario.fault);
        }
        System.err.println(result);
        if (result.exact()) {
            FaultRun.delete(directory);
        }
        return result;
    }

    private static void print(List<FaultRun.Result> results) {
        System.out.printf(
                "%-26s %6s %8s %9s %8s %6s %6s %8s %8s  %s%n",
                "fault",
                "asked",
                "happened",
                "lines",
                "resent",
                "lost",
                "twice",
                "answers",
                "seconds",
                "bound on failure");
        for (FaultRun.Result result : results) {
            System.out.printf(
                    "%-26s %6d %8d %9d %8d %6d %6d %8s %8d  %s%n",
                    result.fault(),
                    result.asked(),
                    result.happened(),
                    result.lines(),
                    result.resent(),
                    result.lost(),
                    result.twice(),
                    result.badAnswers() == 0 ? "right" : result.badAnswers() + " wrong",
                    result.took().toSeconds(),
                    // No failure in n trials: with 95 % confidence it happens in fewer than 3 of n.
                    result.exact() ? String.format("< %.3f a fault", 3.0 / result.happened()) : "FAILED");
        }
    }
}
