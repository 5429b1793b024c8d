package dev.weir.api.mcp;

import dev.weir.mcp.Tools;
import java.nio.file.Path;
import java.util.List;

/**
 * What agents may do over HTTP besides reading runs.
 *
 * @param wake whether there is the tool that queues wakes
 * @param roots folders of the server whose files may be compacted
 */
public record McpOptions(boolean wake, List<Path> roots, Tools.Text text) {
    public McpOptions {
        roots = List.copyOf(roots);
    }
}
