package dev.weir.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@code --tty}: the command believes that it talks to a person. */
@Timeout(300)
class TerminalIT {
    @TempDir
    Path folder;

    @Test
    void givesTheCommandATerminalItsExitCodeAndItsWords() throws Exception {
        assumeTrue(Files.isExecutable(Path.of("/usr/bin/script")), "script of util-linux is not here");
        WeirProcess weir = new WeirProcess(folder, "127.0.0.1:1", "http://127.0.0.1:1");
        String child = "test -t 1 && test -t 2 && echo \"a 'terminal' $1 $2\"; exit 5";

        WeirProcess.Result with =
                weir.run("run", "-q", "--linger", "0s", "--tty", "--", "sh", "-c", child, "sh", "it's", "$HOME");
        WeirProcess.Result without = weir.run("run", "-q", "--linger", "0s", "--", "sh", "-c", child, "sh", "x", "y");

        assertEquals("a 'terminal' it's $HOME\r\n", new String(with.out(), UTF_8));
        assertEquals(5, with.exitCode());
        assertEquals("", new String(without.out(), UTF_8));
    }
}
