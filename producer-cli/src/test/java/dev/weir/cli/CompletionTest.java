package dev.weir.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What real shells make of the completion. */
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

    @Test
    void namesEveryCommandAndEveryFlagToEveryShell() {
        String bash = printed("completion", "bash");
        String zsh = printed("completion", "zsh");
        String fish = printed("completion", "fish");
        List<String> commands = List.of(bash.split("words='")[1].split("'")[0].split(" "));

        assertTrue(zsh.endsWith(bash));
        assertTrue(commands.containsAll(List.of("run", "tail", "up", "mcp", "completion")), commands::toString);
        for (String command : commands) {
            if (!List.of("up", "down", "status", "completion").contains(command)) {
                Matcher flags =
                        Pattern.compile("(?m)^ *(?:-\\w, +)?(--[a-z-]+)").matcher(help(command));
                while (flags.find()) {
                    String flag = flags.group(1);
                    assertTrue(
                            bash.matches("(?s).* " + command + "\\) words='[^']*" + flag + "[ '].*"), command + flag);
                    assertTrue(
                            fish.matches("(?s).*_from " + command + "' -l " + flag.substring(2) + "[ \n].*"),
                            command + flag);
                }
            }
            assertTrue(fish.lines().findFirst().orElse("").matches(".*[' ]" + command + "[' ].*"), command);
        }
    }

    private static String help(String command) {
        return command.equals("run") ? RunFlag.help() : printed(command, "--help");
    }

    @Test
    void offersTheSameInZsh() throws Exception {
        Assumptions.assumeTrue(isHere("zsh"), "no zsh here");

        assertTrue(inZsh("weir", "sn").contains("snapshot"));
        assertTrue(inZsh("weir", "run", "--ov").contains("--overflow"));
        assertEquals(List.of("block", "drop-oldest", "drop-newest", "fail"), inZsh("weir", "run", "--overflow", "d"));
        assertTrue(inZsh("weir", "run", "--", "prin").contains("printf"));
        assertEquals(List.of(""), inZsh("weir", "run", "--", "printf", "--ov"));
    }

    /** What zsh's own function is given, before it leaves out what does not begin as typed. */
    private List<String> inZsh(String... words) throws Exception {
        Path script = Files.writeString(
                folder.resolve("script"),
                printed("completion", "zsh") + "setopt ksharrays shwordsplit\n"
                        + "COMP_WORDS=(\"$@\"); COMP_CWORD=$(($# - 1)); _weir; echo \"${COMPREPLY[*]}\"\n");
        return List.of(said(List.of("zsh", "-f", script.toString()), words).split(" "));
    }

    @Test
    void offersTheSameInFish() throws Exception {
        Assumptions.assumeTrue(isHere("fish"), "no fish here");

        assertEquals("snapshot", inFish("weir sn"));
        assertEquals("--overflow", inFish("weir run --ov"));
        assertEquals("drop-newest drop-oldest", inFish("weir run --overflow dr"));
        assertEquals("--follow", inFish("weir lines --fol"));
        assertEquals("zsh", inFish("weir completion z"));
        assertTrue(inFish("weir run -- prin").contains("printf"));
        assertEquals("", inFish("weir run -- printf --ov"));
    }

    private String inFish(String line) throws Exception {
        Path script = Files.writeString(
                folder.resolve("script"),
                printed("completion", "fish") + "complete -C $argv[1] | string split -f 1 \\t; true\n");
        return said(List.of("fish", "--no-config", script.toString()), line);
    }

    private static boolean isHere(String shell) {
        return List.of(System.getenv("PATH").split(":")).stream()
                .anyMatch(place -> Files.isExecutable(Path.of(place, shell)));
    }

    private String completed(String... words) throws Exception {
        Path script = Files.writeString(
                folder.resolve("script"),
                printed("completion", "bash")
                        + "COMP_WORDS=(\"$@\"); COMP_CWORD=$(($# - 1)); _weir; echo \"${COMPREPLY[*]}\"\n");
        return said(List.of("bash", script.toString()), words);
    }

    private String said(List<String> shell, String... words) throws Exception {
        List<String> command = new ArrayList<>(shell);
        command.addAll(List.of(words));
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().put("HOME", folder.toString());
        Process process = builder.start();
        String said = new String(process.getInputStream().readAllBytes(), UTF_8).strip();
        assertEquals(0, process.waitFor(), said);
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
