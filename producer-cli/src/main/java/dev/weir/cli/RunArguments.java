package dev.weir.cli;

import dev.weir.cli.mask.Masks;
import dev.weir.schemas.RunKey;
import dev.weir.settings.Quantities;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads the words after {@code weir run}. By hand: the child starts only after this, and a library that reflects over
 * annotations would hold it up for longer than the rest of the start takes.
 */
final class RunArguments {
    private static final Set<String> FORMATS = Set.of("auto", "text", "json", "logfmt");

    private final Map<RunFlag, String> given = new EnumMap<>(RunFlag.class);
    private final Map<String, String> labels = new LinkedHashMap<>();
    private final Map<String, String> masks = new LinkedHashMap<>();

    private RunArguments() {}

    /** The options; null if help was asked for. */
    static @Nullable RunOptions parse(List<String> words) {
        return new RunArguments().read(words);
    }

    private @Nullable RunOptions read(List<String> words) {
        int at = 0;
        for (; at < words.size() && !words.get(at).equals("--"); at++) {
            String word = words.get(at);
            int equals = word.startsWith("--") ? word.indexOf('=') : -1;
            RunFlag flag = flag(equals < 0 ? word : word.substring(0, equals), words);
            if (!flag.takesValue()) {
                refuseIf(equals >= 0, flag.flag() + " takes no value: leave '" + word.substring(equals + 1) + "' out");
                given.put(flag, "");
            } else if (equals >= 0) {
                take(flag, word.substring(equals + 1));
            } else {
                at++;
                refuseIf(
                        at == words.size() || words.get(at).equals("--"),
                        flag.flag() + " needs a value: see weir run --help");
                take(flag, words.get(at));
            }
        }
        if (given.containsKey(RunFlag.HELP)) {
            return null;
        }
        refuseIf(at >= words.size() - 1, "no command: say it after --, as in weir run -- make test");
        return options(new ArrayList<>(words.subList(at + 1, words.size())));
    }

    private static RunFlag flag(String typed, List<String> words) {
        if (!typed.startsWith("-") || typed.equals("-")) {
            throw new UsageException("'" + typed + "' stands before --: say weir run -- " + typed
                    + (words.contains("--") ? "" : " …") + " if it begins the command");
        }
        return RunFlag.of(typed)
                .orElseThrow(() -> new UsageException("unknown flag " + typed
                        + Nearest.to(typed, RunFlag.all())
                                .map(near -> ": did you mean " + near + "?")
                                .orElse(": weir run --help lists them")
                        + " The command's own flags go after --"));
    }

    private void take(RunFlag flag, String value) {
        if (flag == RunFlag.LABEL) {
            int equals = value.indexOf('=');
            refuseIf(equals < 1, "--label is '" + value + "': use a name and a value, as in --label team=core");
            labels.put(value.substring(0, equals), value.substring(equals + 1));
        } else if (flag == RunFlag.MASK) {
            int equals = value.indexOf('=');
            refuseIf(equals < 1, "--mask is '" + value + "': use a name and a pattern, as in --mask ticket=T-[0-9]+");
            String pattern = value.substring(equals + 1);
            Masks.problem(pattern).ifPresent(problem -> {
                throw new UsageException("--mask is '" + value + "': " + problem + ": use an RE2 pattern");
            });
            masks.put(value.substring(0, equals), pattern);
        } else {
            given.put(flag, value);
        }
    }

    private RunOptions options(List<String> command) {
        String runId = given.get(RunFlag.RUN_ID);
        refuseIf(
                runId != null && !RunKey.isName(runId),
                "--run-id is '" + runId
                        + "': use 1 to 128 letters, digits, '.', '_' or '-', of which the first is a letter or digit");
        String format = given.getOrDefault(RunFlag.FORMAT, "auto");
        refuseIf(!FORMATS.contains(format), "--format is '" + format + "': use auto, text, json or logfmt");
        String kafkaConfig = given.get(RunFlag.KAFKA_CONFIG);
        return new RunOptions(
                runId,
                given.get(RunFlag.TITLE),
                given.get(RunFlag.JOB),
                given.get(RunFlag.PROVIDER),
                labels,
                format,
                masks,
                given.containsKey(RunFlag.NO_MASK),
                kafkaConfig == null ? null : Path.of(kafkaConfig),
                given.containsKey(RunFlag.TIMEOUT) ? duration(RunFlag.TIMEOUT, "") : null,
                duration(RunFlag.GRACE, "10s"),
                duration(RunFlag.LINGER, "5s"),
                given.containsKey(RunFlag.STRICT),
                given.containsKey(RunFlag.SIGPIPE),
                given.containsKey(RunFlag.QUIET),
                command);
    }

    private Duration duration(RunFlag flag, String otherwise) {
        String text = given.getOrDefault(flag, otherwise);
        try {
            return Quantities.duration(text);
        } catch (IllegalArgumentException | ArithmeticException unreadable) {
            throw new UsageException(flag.flag() + " is '" + text + "': use a duration such as 500ms, 30s, 5m or 2h");
        }
    }

    private static void refuseIf(boolean wrong, String message) {
        if (wrong) {
            throw new UsageException(message);
        }
    }
}
