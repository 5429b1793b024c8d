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

    public static final List<Setting> ALL = List.of(URL, API_KEY, TENANT);

    private CliSettings() {}
}
