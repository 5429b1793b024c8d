package dev.weir.cli;

import dev.weir.settings.Setting;
import java.util.List;

/** The command's own settings. */
public final class CliSettings {
    public static final Setting URL = new Setting(
            "weir.url",
            "http://127.0.0.1:7070",
            "URL",
            "The node or server the command talks to. If it is set, the command starts no node of its own.");
    public static final Setting API_KEY =
            new Setting("weir.api.key", "", "text", "The key the command shows to the server; empty: none.");

    public static final List<Setting> ALL = List.of(URL, API_KEY);

    private CliSettings() {}
}
