package dev.weir.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a real bash makes of the completion. */
@Timeout(60)
class CompletionTest {
    @TempDir
    Path folder;

    @Test
    void completesCommandsFlagsAndTheValuesOfFlags() throws Exception {
        assertEquals("snapshot", completed("weir", "sn"));
        assertEquals("--overflow", completed("weir", "run", "--ov"));
        assertEquals("drop-oldest drop-newest", completed("weir", "run", "--overflow", "dr"));
        assertEquals("--follow", completed("weir", "lines", "--fol"));
        assertEquals("zsh", completed("weir", "completion", "z"));
    }

    @Test
    void completesTheCommandThatIsToBeRunAndLeavesItsArgumentsToTheShell() throws Exception {
        assertTrue(List.of(completed("weir", "run", "--", "prin").split(" ")).contains("printf"));
        assertEquals("", completed("weir", "run", "--", "printf", "--ov"));
    }

    private String completed(String... words) throws Exception {
        Path script = Files.writeString(
                folder.resolve("script"),
                printed("completion", "bash")
                        + "COMP_WORDS=(\"$@\"); COMP_CWORD=$(($# - 1)); _weir; echo \"${COMPREPLY[*]}\"\n");
        List<String> command = new java.util.ArrayList<>(List.of("bash", script.toString()));
        command.addAll(List.of(words));
        Process bash = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(bash.getInputStream().readAllBytes(), UTF_8).strip();
        assertEquals(0, bash.waitFor(), said);
        return said.replace('\n', ' ');
    }

    private static String printed(String... words) {
        PrintStream before = System.out;
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        System.setOut(new PrintStream(printed, true, UTF_8));
        try {
            assertEquals(0, Commands.execute(Map.of("HOME", "/nowhere"), List.of(words)));
        } finally {
            System.setOut(before);
        }
        return printed.toString(UTF_8);
    }
}
