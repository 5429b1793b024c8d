package dev.weir.embedded;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;

/** Ports of 127.0.0.1, the only address anything here listens on. */
public final class Loopback {
    public static final String HOST = "127.0.0.1";

    private Loopback() {}

    /** A port nobody listened on a moment ago; another process may be faster, so callers that can try again should. */
    public static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getByName(HOST))) {
            return socket.getLocalPort();
        } catch (IOException noneLeft) {
            throw new UncheckedIOException("No free port on " + HOST + ": close some programs and try again", noneLeft);
        }
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
