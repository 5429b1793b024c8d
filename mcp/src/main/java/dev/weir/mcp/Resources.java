package dev.weir.mcp;

import io.modelcontextprotocol.server.McpServerFeatures;
import io.modelcontextprotocol.server.McpStatelessServerFeatures;
import io.modelcontextprotocol.spec.McpError;
import io.modelcontextprotocol.spec.McpSchema;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** {@code weir://runs/{run}/snapshot}: what the tool snapshot answers, as a resource. */
public final class Resources {
    private static final String TEMPLATE = "weir://runs/{run}/snapshot";
    private static final Pattern URI = Pattern.compile("weir://runs/([^/]{1,200})/snapshot");

    private Resources() {}

    static McpServerFeatures.SyncResourceTemplateSpecification connected(Session session) {
        return new McpServerFeatures.SyncResourceTemplateSpecification(
                described(), (exchange, request) -> read(session, request));
    }

    public static List<McpStatelessServerFeatures.SyncResourceTemplateSpecification> stateless(Sessions sessions) {
        return List.of(new McpStatelessServerFeatures.SyncResourceTemplateSpecification(
                described(), (context, request) -> read(sessions.of(context), request)));
    }

    private static McpSchema.ResourceTemplate described() {
        return McpSchema.ResourceTemplate.builder(TEMPLATE, "snapshot")
                .title("Snapshot of a run")
                .description("What a run is saying; run is an id, a beginning of one, @last or @JOB."
                        + " Fields named untrusted hold what it wrote.")
                .mimeType("application/json")
                .build();
    }

    private static McpSchema.ReadResourceResult read(Session session, McpSchema.ReadResourceRequest request) {
        Matcher uri = URI.matcher(request.uri());
        if (!uri.matches()) {
            throw McpError.builder(McpSchema.ErrorCodes.INVALID_PARAMS)
                    .message("No such resource: use " + TEMPLATE)
                    .build();
        }
        try {
            Arguments arguments = Arguments.of(
                    Map.of("properties", Map.of("run", Map.of("type", "string"))),
                    Map.of("run", uri.group(1).replace("%40", "@").replace("%7E", "~")));
            Map<String, Object> fields =
                    new SnapshotTool().call(session, arguments, Progress.NOBODY).fields();
            return McpSchema.ReadResourceResult.builder(
                            List.of(McpSchema.TextResourceContents.builder(request.uri(), Json.text(fields))
                                    .mimeType("application/json")
                                    .build()))
                    .build();
        } catch (ToolProblem problem) {
            throw refused(problem.words());
        } catch (WeirApi.Away away) {
            throw refused(CleanText.of(String.valueOf(away.getMessage()), 300));
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw refused("The server is stopping: ask again in some seconds");
        }
    }

    private static McpError refused(String words) {
        return McpError.builder(McpSchema.ErrorCodes.INVALID_PARAMS)
                .message(words)
                .build();
    }
}
