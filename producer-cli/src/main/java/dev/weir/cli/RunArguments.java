package dev.weir.cli;

import dev.weir.cli.capture.Allowance;
import dev.weir.cli.edit.Edits;
import dev.weir.cli.mask.Masks;
import dev.weir.schemas.RunKey;
import dev.weir.settings.Quantities;
import dev.weir.settings.Settings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Reads the words after {@code weir run}. By hand: the child starts only after this, and a library that reflects over
 * annotations would hold it up for longer than the rest of the start takes.
 */
final class RunArguments {
    /** Room for what cannot be delivered yet on either stream: a filter's block, and a line that has not ended. */
    private static final long LEAST_BUFFER = 2 << 20;

    private final Map<RunFlag, String> given = new EnumMap<>(RunFlag.class);
    private final Map<String, String> labels = new LinkedHashMap<>();
    private final Map<String, String> masks = new LinkedHashMap<>();

    private final List<String> include = new ArrayList<>();
    private final List<String> exclude = new ArrayList<>();
    private final List<Edits.Replacement> replace = new ArrayList<>();
    private final List<Hook> hooks = new ArrayList<>();
    private List<String> command = List.of();

    private RunArguments() {}

    /** Reads the flags; null if help was asked for. */
    static @Nullable RunArguments read(List<String> words) {
        RunArguments arguments = new RunArguments();
        return arguments.take(words) ? arguments : null;
    }

    /** What they and everything else that was chosen say together. */
    RunOptions options(Map<String, String> environment) {
        return options(command, environment, new Settings(environment));
    }

    private boolean take(List<String> words) {
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
            return false;
        }
        refuseIf(at >= words.size() - 1, "no command: say it after --, as in weir run -- make test");
        command = List.copyOf(words.subList(at + 1, words.size()));
        return true;
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
        switch (flag) {
            case LABEL -> named(flag, value, "a value, as in --label team=core", labels);
            case MASK -> {
                named(flag, value, "a pattern, as in --mask ticket=T-[0-9]+", masks);
                parsed(flag, value, typed -> Edits.checked(typed.substring(typed.indexOf('=') + 1)));
            }
            case INCLUDE -> include.add(parsed(flag, value, Edits::checked));
            case EXCLUDE -> exclude.add(parsed(flag, value, Edits::checked));
            case REPLACE -> replace.add(parsed(flag, value, Edits.Replacement::parse));
            case ON -> hooks.add(parsed(flag, value, Hook::parse));
            default -> given.put(flag, value);
        }
    }

    private static void named(RunFlag flag, String value, String what, Map<String, String> into) {
        int equals = value.indexOf('=');
        refuseIf(equals < 1, flag.flag() + " is '" + value + "': use a name and " + what);
        into.put(value.substring(0, equals), value.substring(equals + 1));
    }

    private static <T> T parsed(RunFlag flag, String value, Function<String, T> parse) {
        try {
            return parse.apply(value);
        } catch (IllegalArgumentException wrong) {
            throw new UsageException(flag.flag() + " is '" + value + "': " + wrong.getMessage());
        }
    }

    private RunOptions options(List<String> command, Map<String, String> environment, Settings chosen) {
        String runId = given.get(RunFlag.RUN_ID);
        refuseIf(
                runId != null && !RunKey.isName(runId),
                "--run-id is '" + runId
                        + "': use 1 to 128 letters, digits, '.', '_' or '-', of which the first is a letter or digit");
        Layers.table(environment, "labels").forEach(labels::putIfAbsent);
        Layers.table(environment, "masks").forEach((name, pattern) -> {
            parsed(RunFlag.MASK, pattern, Edits::checked);
            masks.putIfAbsent(name, pattern);
        });
        return new RunOptions(
                runId,
                given.get(RunFlag.TITLE),
                given.containsKey(RunFlag.JOB) || chosen.text(CliSettings.JOB).isEmpty()
                        ? given.get(RunFlag.JOB)
                        : chosen.text(CliSettings.JOB),
                given.get(RunFlag.PROVIDER),
                labels,
                one(RunFlag.FORMAT, "auto", "auto", "text", "json", "logfmt"),
                new Edits(Masks.of(given.containsKey(RunFlag.NO_MASK), masks, environment), include, exclude, replace),
                hooks,
                keeping(chosen),
                given.containsKey(RunFlag.TIMEOUT) ? duration(RunFlag.TIMEOUT, "") : null,
                duration(RunFlag.GRACE, chosen.text(CliSettings.GRACE)),
                duration(RunFlag.LINGER, chosen.text(CliSettings.LINGER)),
                given.containsKey(RunFlag.STRICT),
                given.containsKey(RunFlag.SIGPIPE),
                given.containsKey(RunFlag.TTY),
                new RunOptions.Words(
                        given.containsKey(RunFlag.QUIET),
                        one(RunFlag.SUMMARY, chosen.text(CliSettings.SUMMARY), "auto", "never", "json"),
                        one(RunFlag.COLOR, chosen.text(CliSettings.COLOR), "auto", "always", "never")),
                waking(),
                command);
    }

    private RunOptions.@Nullable Waking waking() {
        String onWake = given.get(RunFlag.ON_WAKE);
        refuseIf(
                onWake == null && given.containsKey(RunFlag.LINGER_WAKES),
                "--linger-wakes needs --on-wake, the command that handles them");
        return onWake == null
                ? null
                : new RunOptions.Waking(CommandWords.of("--on-wake", onWake), duration(RunFlag.LINGER_WAKES, "0s"));
    }

    private RunOptions.Keeping keeping(Settings chosen) {
        String capture = one(RunFlag.CAPTURE, chosen.text(CliSettings.CAPTURE), "auto", "file", "pipe");
        String overflow =
                one(RunFlag.OVERFLOW, chosen.text(CliSettings.OVERFLOW), "block", "drop-oldest", "drop-newest", "fail");
        String buffer = given.getOrDefault(RunFlag.BUFFER, chosen.text(CliSettings.BUFFER));
        String spool = given.getOrDefault(RunFlag.SPOOL, chosen.text(CliSettings.SPOOL));
        return new RunOptions.Keeping(
                capture,
                Allowance.Overflow.valueOf(overflow.replace('-', '_').toUpperCase(Locale.ROOT)),
                buffer.isEmpty() ? 0 : parsed(RunFlag.BUFFER, buffer, RunArguments::size),
                spool.isEmpty() ? null : Path.of(spool));
    }

    private static long size(String typed) {
        try {
            long size = Quantities.bytes(typed);
            if (size >= LEAST_BUFFER) {
                return size;
            }
        } catch (IllegalArgumentException | ArithmeticException unreadable) {
            // said below
        }
        throw new IllegalArgumentException("use a size such as 64MiB or 2GiB, and at least 2MiB");
    }

    private String one(RunFlag flag, String otherwise, String... allowed) {
        String value = given.getOrDefault(flag, otherwise);
        String name = given.containsKey(flag)
                ? flag.flag()
                : "the setting " + flag.flag().substring(2) + " (weir config tells where it is set)";
        refuseIf(
                !List.of(allowed).contains(value),
                name + " is '" + value + "': use one of " + String.join(", ", allowed));
        return value;
    }

    /** What else the command needs to know of its flags. */
    @Nullable
    String value(RunFlag flag) {
        return given.get(flag);
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
