package dev.weir.cli;

import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;

/** {@code weir completion SHELL}: what makes a shell complete commands and flags. */
@Command(
        name = "completion",
        description = {
            "Prints completion for bash, zsh or fish.",
            "bash: source <(weir completion bash)   zsh: the same with zsh   fish: weir completion fish | source"
        },
        mixinStandardHelpOptions = true)
final class CompletionCommand implements Callable<Integer> {
    private static final List<String> NODE = List.of("up", "down", "status");

    /** What stands behind "--" is completed as if it stood alone. */
    private static final String FISH_WRAPPED = """
            function __weir_wrapped
                set -l words (commandline -opc)
                set -l at (contains -i -- -- $words)
                or return 1
                set -e words[1..$at]
                complete -C (string join ' ' -- (string escape -- $words) (commandline -ct))
            end
            complete -c weir -n '__fish_seen_subcommand_from run; and contains -- -- (commandline -opc)' -x -a '(__weir_wrapped)'
            """;

    @CommandLine.Spec
    private @Nullable CommandSpec spec;

    @Parameters(paramLabel = "SHELL", description = "bash, zsh or fish")
    private String shell = "";

    @Override
    public Integer call() {
        switch (shell) {
            case "bash" -> System.out.print(bash());
            case "zsh" ->
                System.out.print("(( $+functions[compdef] )) || { autoload -U compinit && compinit -i; }\n"
                        + "autoload -U +X bashcompinit && bashcompinit\n" + bash());
            case "fish" -> System.out.print(fish());
            default ->
                throw new UsageException(
                        "'" + shell + "' is no shell that completion is known for: use bash, zsh or fish");
        }
        return 0;
    }

    private CommandLine weir() {
        CommandSpec own = spec;
        if (own == null) {
            throw new IllegalStateException("not run by picocli");
        }
        return own.commandLine().getParent();
    }

    private List<String> commands() {
        List<String> names = new java.util.ArrayList<>(weir().getSubcommands().keySet());
        names.add("run");
        names.addAll(NODE);
        return names.stream().sorted().toList();
    }

    private List<String> flags(String command) {
        if (command.equals("run")) {
            return RunFlag.all();
        }
        CommandLine line = weir().getSubcommands().get(command);
        if (command.equals("completion")) {
            return List.of("bash", "zsh", "fish");
        }
        return line == null
                ? List.of()
                : line.getCommandSpec().options().stream()
                        .map(CommandLine.Model.OptionSpec::longestName)
                        .toList();
    }

    private String bash() {
        String cases = commands().stream()
                .filter(command -> !flags(command).isEmpty())
                .map(command -> "        " + command + ") words='" + String.join(" ", flags(command)) + "' ;;\n")
                .collect(Collectors.joining());
        String values = Arrays.stream(RunFlag.values())
                .filter(flag -> !flag.choices().isEmpty())
                .map(flag -> "        " + flag.flag() + ") words='" + String.join(" ", flag.choices()) + "' ;;\n")
                .collect(Collectors.joining());
        return "_weir() {\n"
                + "    local word=${COMP_WORDS[COMP_CWORD]} before=${COMP_WORDS[COMP_CWORD - 1]} words='"
                + String.join(" ", commands()) + "' i\n"
                + "    COMPREPLY=()\n"
                + "    for ((i = 1; i < COMP_CWORD; i++)); do\n"
                + "        if [ \"${COMP_WORDS[i]}\" = -- ]; then\n"
                + "            [ \"$before\" != -- ] || COMPREPLY=($(compgen -c -- \"$word\"))\n"
                + "            return\n"
                + "        fi\n"
                + "    done\n"
                + "    [ \"$COMP_CWORD\" -gt 1 ] && words= && case ${COMP_WORDS[1]} in\n"
                + cases
                + "    esac\n"
                + "    [ \"${COMP_WORDS[1]}\" = run ] && case $before in\n"
                + values
                + "    esac\n"
                + "    COMPREPLY=($(compgen -W \"$words\" -- \"$word\"))\n"
                + "}\n"
                + "complete -o default -F _weir weir\n";
    }

    private static String choices(String flag) {
        List<String> choices = RunFlag.of(flag).map(RunFlag::choices).orElse(List.of());
        return choices.isEmpty() ? "" : " -x -a '" + String.join(" ", choices) + "'";
    }

    private String fish() {
        StringBuilder text = new StringBuilder("complete -c weir -n __fish_use_subcommand -f -a '")
                .append(String.join(" ", commands()))
                .append("'\n")
                .append("complete -c weir -n '__fish_seen_subcommand_from completion' -f -a '")
                .append(String.join(" ", flags("completion")))
                .append("'\n")
                .append(FISH_WRAPPED);
        for (String command : commands()) {
            for (String flag : flags(command)) {
                if (flag.startsWith("--")) {
                    text.append("complete -c weir -n '__fish_seen_subcommand_from ")
                            .append(command)
                            .append("' -l ")
                            .append(flag.substring(2))
                            .append(command.equals("run") ? choices(flag) : "")
                            .append('\n');
                }
            }
        }
        return text.toString();
    }
}
