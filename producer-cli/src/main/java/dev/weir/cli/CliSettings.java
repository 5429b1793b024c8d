package dev.weir.cli;

import dev.weir.settings.Setting;
import java.util.List;

/** The command's own settings. */
public final class CliSettings {
    static final String DEFAULT_URL = "http://127.0.0.1:7070";

    public static final Setting URL = new Setting(
            "weir.url",
            "",
            "URL",
            "The node or server the command talks to; then it starts no node. Empty: this machine's node, by default at "
                    + DEFAULT_URL);
    public static final Setting API_KEY =
            new Setting("weir.api.key", "", "text", "The key the command shows to the server; empty: none.");

    public static final Setting TENANT = new Setting(
            "weir.tenant",
            "default",
            "text",
            "Whose runs the command publishes: where the server has keys, the tenant of the key.");

    public static final Setting VIA = new Setting(
            "weir.via",
            "kafka",
            "kafka, http",
            "How lines travel: http where the server can be reached and Kafka cannot.");
    public static final Setting JOB =
            new Setting("weir.job", "", "text", "What a run is one of; runs of a job are compared with each other.");
    public static final Setting CAPTURE =
            new Setting("weir.capture", "auto", "auto, file, pipe", "How run takes the command's output; see run.md.");
    public static final Setting BUFFER = new Setting(
            "weir.buffer",
            "",
            "size",
            "Output of one run that may wait on disk; empty: 1 GiB, but at most a quarter of what is free.");
    public static final Setting OVERFLOW = new Setting(
            "weir.overflow",
            "drop-oldest",
            "block, drop-oldest, drop-newest, fail",
            "What happens when so much waits; what is left out is counted.");
    public static final Setting SPOOL =
            new Setting("weir.spool.dir", "", "path", "Where it waits; empty: spool in the state folder.");
    public static final Setting GRACE = new Setting(
            "weir.grace", "10s", "duration", "Patience with a command that shall end, and with what it leaves behind.");
    public static final Setting LINGER = new Setting(
            "weir.linger", "5s", "duration", "How long a command waits for Kafka, or the server, at its end.");
    public static final Setting SUMMARY =
            new Setting("weir.summary", "auto", "auto, never, json", "What run says at the end.");
    public static final Setting COLOR = new Setting(
            "weir.color", "auto", "auto, always, never", "Colour in what weir itself says; NO_COLOR means never.");

    public static final List<Setting> ALL =
            List.of(URL, API_KEY, TENANT, VIA, JOB, CAPTURE, BUFFER, OVERFLOW, SPOOL, GRACE, LINGER, SUMMARY, COLOR);

    private CliSettings() {}
}
