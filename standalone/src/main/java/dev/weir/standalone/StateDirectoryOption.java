package dev.weir.standalone;

import java.nio.file.Path;
import java.util.Map;
import picocli.CommandLine.Option;

/** {@code --state-dir}, which every command about a node takes. */
final class StateDirectoryOption {
    @Option(
            names = "--state-dir",
            paramLabel = "DIR",
            description = "Where the node keeps everything ($WEIR_STATE_DIR, else $XDG_STATE_HOME/weir,"
                    + " else ~/.local/state/weir).")
    String given = "";

    StateDirectory choose(Map<String, String> environment) {
        String variable = environment.getOrDefault(NodeSettings.STATE_DIRECTORY.variable(), "");
        String xdg = environment.getOrDefault("XDG_STATE_HOME", "");
        if (!given.isEmpty()) {
            return new StateDirectory(Path.of(given));
        }
        if (!variable.isEmpty()) {
            return new StateDirectory(Path.of(variable));
        }
        return new StateDirectory(
                xdg.isEmpty()
                        ? Path.of(System.getProperty("user.home"), ".local", "state", "weir")
                        : Path.of(xdg, "weir"));
    }
}
