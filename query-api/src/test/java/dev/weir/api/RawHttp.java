package dev.weir.api;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;

/** Sends what no well-meaning client would, and gives back what comes, up to the end of the connection. */
record RawHttp(int port) {
    /** A request line and more fields, each with its line's end, and a body; the connection is closed after it. */
    String ask(String line, String fields, String body) throws IOException {
        return send(line + "\r\nHost: localhost\r\nConnection: close\r\n" + fields + "\r\n" + body);
    }

    String send(String request) throws IOException {
        try (Socket socket = new Socket("127.0.0.1", port)) {
            socket.setSoTimeout(30_000);
            socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
            socket.getOutputStream().flush();
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    /** What comes up to a text; the connection is left then. */
    String first(String request, String end) throws IOException {
        try (Socket socket = new Socket("127.0.0.1", port)) {
            socket.setSoTimeout(30_000);
            socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
            StringBuilder answer = new StringBuilder();
            while (answer.indexOf(end) < 0) {
                int next = socket.getInputStream().read();
                if (next < 0) {
                    break;
                }
                answer.append((char) next);
            }
            return answer.toString();
        }
    }

    /** Sends the same over and over, as slowly as an answer lets it, until one comes. */
    String drip(String first, String more) throws IOException {
        try (Socket socket = new Socket("127.0.0.1", port)) {
            socket.setSoTimeout(50);
            OutputStream out = socket.getOutputStream();
            out.write(first.getBytes(StandardCharsets.ISO_8859_1));
            InputStream in = socket.getInputStream();
            byte[] answer = new byte[4_096];
            for (int i = 0; i < 600; i++) {
                try {
                    int got = in.read(answer);
                    return new String(answer, 0, Math.max(0, got), StandardCharsets.UTF_8);
                } catch (java.net.SocketTimeoutException nothingYet) {
                    out.write(more.getBytes(StandardCharsets.ISO_8859_1));
                }
            }
            return "still open";
        } catch (SocketException reset) {
            return "reset";
        }
    }
}
