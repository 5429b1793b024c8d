package dev.weir.cli;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The flags of {@code weir run}: one table for parser, help and completion. */
enum RunFlag {
    RUN_ID("--run-id", null, "ID", "the run's id; a new one if not given"),
    TITLE("--title", null, "TEXT", "a title for people"),
    JOB("--job", null, "NAME", "what this run is one of; runs of a job are compared with each other"),
    PROVIDER("--provider", null, "NAME", "what runs it, if not the shell or the CI system that is recognised"),
    LABEL("--label", null, "K=V", "a label of your own; may be given several times"),
    FORMAT("--format", null, "auto|text|json|logfmt", "how lines are to be read (auto)"),
    CAPTURE("--capture", null, "auto|file|pipe", "how output is captured: see docs/run.md (auto)"),
    BUFFER("--buffer", null, "SIZE", "output that may wait on disk for Kafka (1GiB, or a quarter of what is free)"),
    OVERFLOW("--overflow", null, "block|drop-oldest|drop-newest|fail", "what happens when so much waits (drop-oldest)"),
    SPOOL("--spool", null, "DIR", "where it waits"),
    VIA("--via", null, "kafka|http", "how lines travel: http where Kafka cannot be reached (kafka)"),
    TTY("--tty", null, null, "gives the command a terminal; both its outputs become one"),
    INCLUDE("--include", null, "RE", "keeps only lines that the RE2 pattern matches; may be given several times"),
    EXCLUDE("--exclude", null, "RE", "leaves out lines that the RE2 pattern matches; may be given several times"),
    REPLACE("--replace", null, "RE=TEXT", "changes what the RE2 pattern matches; may be given several times"),
    ON("--on", null, "EVENT=CMD", "runs CMD at match:RE, error or exit, the event as JSON on its standard input"),
    SUMMARY("--summary", null, "auto|never|json", "what is said at the end (auto)"),
    COLOR("--color", null, "auto|always|never", "colour in what weir itself says (auto)"),
    MASK(
            "--mask",
            null,
            "NAME=RE",
            "masks what the RE2 pattern (or its first group) matches; may be given several times"),
    NO_MASK("--no-mask", null, null, "masks nothing, not even keys and passwords"),
    KAFKA_CONFIG("--kafka-config", null, "FILE", "Kafka's own client settings, such as SASL and TLS"),
    TIMEOUT("--timeout", null, "DURATION", "ends the command after this time: TERM first, KILL after --grace"),
    GRACE(
            "--grace",
            null,
            "DURATION",
            "patience with a command that shall end, and with grandchildren that keep its output (10s)"),
    LINGER("--linger", null, "DURATION", "how long to wait for Kafka after the command has ended (5s)"),
    ON_WAKE(
            "--on-wake",
            null,
            "CMD",
            "after a command that ended well: runs CMD for each wake of this run; see docs/wake.md"),
    LINGER_WAKES(
            "--linger-wakes", null, "DURATION", "with --on-wake: stays for wakes that fall due within this time (0s)"),
    STRICT("--strict", null, null, "exits with 125 if not everything could be delivered"),
    SIGPIPE("--sigpipe", null, null, "lets the command notice when nobody reads its output any longer"),
    QUIET("--quiet", "-q", null, "says nothing at the end"),
    HELP("--help", "-h", null, "this text");

    private final String flag;
    private final @Nullable String brief;
    private final @Nullable String value;
    private final String about;

    RunFlag(String flag, @Nullable String brief, @Nullable String value, String about) {
        this.flag = flag;
        this.brief = brief;
        this.value = value;
        this.about = about;
    }

    boolean takesValue() {
        return value != null;
    }

    /** What its value may be, where that is one of a few. */
    List<String> choices() {
        return value == null || value.indexOf('|') < 0 ? List.of() : List.of(value.split("\\|"));
    }

    String flag() {
        return flag;
    }

    static Optional<RunFlag> of(String typed) {
        return Arrays.stream(values())
                .filter(known -> known.flag.equals(typed) || typed.equals(known.brief))
                .findFirst();
    }

    static List<String> all() {
        return Arrays.stream(values()).map(RunFlag::flag).toList();
    }

    static String help() {
        StringBuilder text = new StringBuilder("Usage: weir run [FLAG…] -- COMMAND [ARGUMENT…]\n\n"
                + "Runs a command as if weir were not there, and keeps what it says.\n\n");
        for (RunFlag known : values()) {
            String left = (known.brief == null ? "    " : known.brief + ", ")
                    + known.flag
                    + (known.value == null ? "" : " " + known.value);
            text.append(String.format("  %-34s %s%n", left, known.about));
        }
        return text.append(
                        "\nThe exit code is the command's; 125 if weir could not start it, 126 if it is not executable,\n"
                                + "127 if it was not found, 128+n if signal n ended it.\n")
                .toString();
    }
}
