package dev.weir.bench.faults;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The fault run's short form: real processes, a real broker, few faults. */
class FaultsIT {
    @TempDir
    Path directory;

    @Test
    void countsEveryLineOnceWhileServerAndBrokerAreKilledAndBatchesComeAgain()
            throws IOException, InterruptedException {
        try (FaultRun run = new FaultRun(directory, 7)) {
            FaultRun.Result result = run.repeat(
                    "kills",
                    4,
                    60_000,
                    8_000,
                    true,
                    fault -> run.random.nextInt(4) == 0 ? run.killBroker() : run.killServer());

            assertEquals(0, result.lost(), result.toString());
            assertEquals(0, result.twice(), result.toString());
            assertEquals(0, result.badAnswers(), result.toString());
            assertEquals(4, result.happened(), result.toString());
            assertTrue(result.resent() > 600, result.toString());
        }
    }
}
