package dev.weir.mcp;

import io.modelcontextprotocol.common.McpTransportContext;

/** What a request may use, by what came with it. */
@FunctionalInterface
public interface Sessions {
    Session of(McpTransportContext context);
}
