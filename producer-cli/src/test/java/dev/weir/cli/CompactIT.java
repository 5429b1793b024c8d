package dev.weir.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(300)
class CompactIT {
    @TempDir
    private Path folder;

    @SuppressWarnings("NullAway.Init")
    private WeirProcess weir;

    @BeforeEach
    void nowhere() {
        weir = new WeirProcess(folder, "", "");
    }

    @Test
    void compactsAFileWithoutANode() throws Exception {
        Path log = folder.resolve("build.log");
        Files.writeString(log, "job 1 done in 12 ms\njob 2 done in 7 ms\nERROR job 3 failed\n".repeat(100));

        WeirProcess.Result text = weir.run("compact", log.toString());
        WeirProcess.Result json = weir.run("compact", log.toString(), "--json", "--budget", "500");

        assertEquals(0, text.exitCode(), () -> errors(text));
        assertTrue(out(text).contains("read 300 = counted 300 "), () -> out(text));
        assertTrue(out(text).contains("ERROR job 3 failed"), () -> out(text));
        assertTrue(json.out().length <= 2_000 && out(json).startsWith("{"), () -> out(json));
    }

    @Test
    void saysWhatIsWrongWithItsArguments() throws Exception {
        WeirProcess.Result missing =
                weir.run("compact", folder.resolve("none.log").toString());
        WeirProcess.Result little = weir.run("compact", "--budget", "3");
        WeirProcess.Result much = weir.run("compact", "--budget", "2000000000");
        WeirProcess.Result directory = weir.run("compact", folder.toString());

        assertEquals(2, missing.exitCode());
        assertTrue(errors(missing).contains("none.log"), () -> errors(missing));
        assertEquals(2, little.exitCode());
        assertTrue(errors(little).contains("--budget is 3"), () -> errors(little));
        assertEquals(2, much.exitCode());
        assertTrue(errors(much).contains("to 1000000"), () -> errors(much));
        assertEquals(2, directory.exitCode());
        assertTrue(errors(directory).contains("is a folder"), () -> errors(directory));
    }

    private static String out(WeirProcess.Result result) {
        return new String(result.out(), StandardCharsets.UTF_8);
    }

    private static String errors(WeirProcess.Result result) {
        return new String(result.err(), StandardCharsets.UTF_8);
    }
}
