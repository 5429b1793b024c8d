package dev.weir.mcp;

import io.modelcontextprotocol.json.McpJsonDefaults;
import io.modelcontextprotocol.server.McpServer;
import io.modelcontextprotocol.server.McpSyncServer;
import io.modelcontextprotocol.server.transport.StdioServerTransportProvider;
import io.modelcontextprotocol.spec.McpSchema.ServerCapabilities;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;

/** The tools over two streams: one message a line. Ends when its client closes the first. */
public final class StdioServer {
    /** Longer than the longest wait. */
    private static final Duration PATIENCE = Duration.ofSeconds(90);

    private StdioServer() {}

    /** Serves until the input ends. */
    public static void serve(Tools tools, Session session, String version, InputStream in, OutputStream out)
            throws InterruptedException {
        CountDownLatch ended = new CountDownLatch(1);
        StdioServerTransportProvider transport =
                new StdioServerTransportProvider(McpJsonDefaults.getMapper(), new Ending(in, ended), out);
        McpSyncServer server = McpServer.sync(transport)
                .serverInfo("weir", version)
                .instructions(Tools.INSTRUCTIONS)
                .capabilities(ServerCapabilities.builder()
                        .tools(false)
                        .resources(false, false)
                        .build())
                .requestTimeout(PATIENCE)
                .validateToolInputs(false) // ours say how to repair the call
                .tools(tools.connected(session))
                .resourceTemplates(Resources.connected(session))
                .build();
        ended.await();
        server.closeGracefully();
    }

    /** Tells when there is no more. */
    private static final class Ending extends FilterInputStream {
        private final CountDownLatch ended;

        Ending(InputStream in, CountDownLatch ended) {
            super(in);
            this.ended = ended;
        }

        @Override
        public int read() throws IOException {
            return told(super.read());
        }

        @Override
        public int read(byte[] bytes, int from, int length) throws IOException {
            return told(super.read(bytes, from, length));
        }

        private int told(int read) {
            if (read < 0) {
                ended.countDown();
            }
            return read;
        }
    }
}
