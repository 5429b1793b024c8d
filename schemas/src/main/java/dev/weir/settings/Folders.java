package dev.weir.settings;

import java.nio.file.Path;
import java.util.Map;

/** Where weir keeps what is its own on a machine, by the XDG rules. The command, the node and the server must agree. */
public final class Folders {
    public static final Setting STATE = new Setting(
            "weir.state.dir",
            "",
            "path",
            "State of node, server and spools; empty: $XDG_STATE_HOME/weir, else ~/.local/state/weir");

    private Folders() {}

    public static Path state(Map<String, String> environment) {
        String own = new Settings(environment).text(STATE);
        return own.isEmpty() ? xdg(environment, "XDG_STATE_HOME", ".local/state") : Path.of(own);
    }

    public static Path cache(Map<String, String> environment) {
        return xdg(environment, "XDG_CACHE_HOME", ".cache");
    }

    private static Path xdg(Map<String, String> environment, String variable, String below) {
        String given = environment.getOrDefault(variable, "");
        // $HOME first: the JVM's user.home comes from the password file and knows nothing of a HOME that was set.
        String home = environment.getOrDefault("HOME", System.getProperty("user.home", "."));
        return (given.isBlank() ? Path.of(home, below) : Path.of(given)).resolve("weir");
    }
}
