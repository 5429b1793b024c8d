package dev.weir.standalone;

import dev.weir.settings.Folders;
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
        return new StateDirectory(given.isEmpty() ? Folders.state(environment) : Path.of(given));
    }
}
