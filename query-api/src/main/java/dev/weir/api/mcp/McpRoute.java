package dev.weir.api.mcp;

import dev.weir.api.http.Call;
import dev.weir.api.http.Route;
import dev.weir.api.http.Scope;
import dev.weir.api.http.Streams;
import dev.weir.mcp.Resources;
import dev.weir.mcp.Roots;
import dev.weir.mcp.ServedRuns;
import dev.weir.mcp.Session;
import dev.weir.mcp.Tools;
import io.modelcontextprotocol.common.McpTransportContext;
import io.modelcontextprotocol.server.McpServer;
import io.modelcontextprotocol.server.transport.HttpServletStatelessServerTransport;
import io.modelcontextprotocol.spec.McpSchema.ServerCapabilities;
import jakarta.servlet.http.HttpServletRequest;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * {@code POST /mcp}: the protocol's streamable HTTP without sessions, spoken by its own servlet behind the guards that every
 * route has. A call takes a thread of the streams', because it asks this very server in turn and may sleep for a minute.
 */
public final class McpRoute {
    static final String PATH = "/mcp";
    private static final int MOST_BODY = 8 << 20;
    private static final String SERVER = "server";
    private static final String AUTHORIZATION = "authorization";

    private final McpOptions options;
    private final Streams streams;
    private final String version;
    private @Nullable HttpServletStatelessServerTransport servlet;

    public McpRoute(McpOptions options, Streams streams, String version) {
        this.options = options;
        this.streams = streams;
        this.version = version;
    }

    public Route route() {
        return Route.post(PATH, Scope.READ, List.of(), this::speak);
    }

    private void speak(Call call) {
        streams.answer(call, () -> {
            Said said = new Said(call.context().res());
            servlet().service(Heard.of(call, MOST_BODY), said);
            said.to(call);
        });
    }

    /** Made when it is first asked for: most servers never meet an agent, and its libraries are large. */
    private synchronized HttpServletStatelessServerTransport servlet() {
        HttpServletStatelessServerTransport made = servlet;
        if (made == null) {
            made = HttpServletStatelessServerTransport.builder()
                    .messageEndpoint(PATH)
                    .maxRequestSize(MOST_BODY)
                    .contextExtractor(McpRoute::context)
                    .build();
            HttpClient client = HttpClient.newBuilder()
                    .version(HttpClient.Version.HTTP_1_1)
                    .connectTimeout(Duration.ofSeconds(2))
                    .build();
            Tools tools = new Tools(new Roots(options.roots()), options.wake(), Optional.empty(), options.text());
            McpServer.sync(made)
                    .serverInfo("weir", version)
                    .instructions(Tools.INSTRUCTIONS)
                    .capabilities(ServerCapabilities.builder()
                            .tools(false)
                            .resources(false, false)
                            .build())
                    .immediateExecution(true)
                    .validateToolInputs(false) // ours say how to repair the call
                    .tools(tools.stateless(context -> session(client, context)))
                    .resourceTemplates(Resources.stateless(context -> session(client, context)))
                    .build();
            servlet = made;
        }
        return made;
    }

    private static Session session(HttpClient client, McpTransportContext context) {
        String given = String.valueOf(context.get(AUTHORIZATION));
        LoopbackApi api = new LoopbackApi(
                client,
                URI.create(String.valueOf(context.get(SERVER))),
                given.isEmpty() ? Optional.empty() : Optional.of(given));
        return new Session(api, new ServedRuns(api));
    }

    /** The very address that the request came to, which this server listens on. */
    private static McpTransportContext context(HttpServletRequest request) {
        String address = request.getLocalAddr();
        String host = address.contains(":") && !address.startsWith("[") ? "[" + address + "]" : address;
        String authorization = request.getHeader("Authorization");
        return McpTransportContext.create(Map.of(
                SERVER,
                "http://" + host + ":" + request.getLocalPort(),
                AUTHORIZATION,
                authorization == null ? "" : authorization));
    }
}
