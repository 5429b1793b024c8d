package dev.weir.mcp;

import io.modelcontextprotocol.server.McpSyncServerExchange;
import io.modelcontextprotocol.spec.McpSchema;

/** Progress as notifications, to a client that asked for them. */
final class ProgressNotes {
    private ProgressNotes() {}

    static Progress of(McpSyncServerExchange exchange, McpSchema.CallToolRequest request) {
        Object token = request.progressToken();
        return token == null
                ? Progress.NOBODY
                : (done, total) -> exchange.progressNotification(McpSchema.ProgressNotification.builder(token, done)
                        .total(total)
                        .message("waiting")
                        .build());
    }
}
