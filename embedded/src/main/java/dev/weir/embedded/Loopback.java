package dev.weir.embedded;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.concurrent.ThreadLocalRandom;

/** Ports of 127.0.0.1, the only address anything here listens on. */
public final class Loopback {
    public static final String HOST = "127.0.0.1";

    private static final int LOWEST = 10_000;
    private static final int BELOW = 32_000;
    private static final int ATTEMPTS = 1_000;

    private Loopback() {}

    /**
     * A port nobody listened on a moment ago; another process may be faster, so callers that can try again should. Below
     * the range that outgoing connections are given: whoever is killed finds its port free when it comes back.
     */
    public static int freePort() {
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            int port = ThreadLocalRandom.current().nextInt(LOWEST, BELOW);
            if (!isTaken(port)) {
                return port;
            }
        }
        throw new IllegalStateException("No free port on " + HOST + ": close some programs and try again");
    }

    public static boolean isTaken(int port) {
        try (ServerSocket socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(HOST, port), 1);
            return false;
        } catch (IOException taken) {
            return true;
        }
    }
}
