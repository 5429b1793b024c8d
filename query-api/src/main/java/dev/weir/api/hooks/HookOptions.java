package dev.weir.api.hooks;

import java.nio.file.Path;

/**
 * What hooks may do here.
 *
 * @param privateAllowed whether a hook may be one that calls private addresses
 * @param commands who may have commands started
 * @param state the server's own folder
 */
public record HookOptions(boolean privateAllowed, Commands commands, Path state) {
    /** Who may have commands started: whoever runs this server and can prove it, whoever may make hooks, or nobody. */
    public enum Commands {
        OWNER,
        ANYBODY,
        NOBODY
    }
}
