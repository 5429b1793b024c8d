package dev.weir.standalone;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A cable between a browser and a server that a test can pull and plug in again. */
final class CutLine implements AutoCloseable {
    private final ServerSocket front = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    private final int back;
    private final List<Socket> open = new CopyOnWriteArrayList<>();
    private volatile boolean cut;

    CutLine(int back) throws IOException {
        this.back = back;
        daemon(this::accept);
    }

    int port() {
        return front.getLocalPort();
    }

    void cut() throws IOException {
        cut = true;
        hangUp();
    }

    void mend() {
        cut = false;
    }

    private void hangUp() throws IOException {
        for (Socket socket : open) {
            socket.close();
        }
        open.clear();
    }

    private void accept() throws IOException {
        while (!front.isClosed()) {
            Socket from = front.accept();
            if (cut) {
                from.close();
                continue;
            }
            Socket to = new Socket(InetAddress.getLoopbackAddress(), back);
            open.addAll(List.of(from, to));
            daemon(() -> pass(from, to));
            daemon(() -> pass(to, from));
        }
    }

    private static void pass(Socket from, Socket to) throws IOException {
        try (from;
                to) {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            byte[] buffer = new byte[16_384];
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                out.write(buffer, 0, read);
                out.flush();
            }
        }
    }

    private interface Work {
        void run() throws IOException;
    }

    /** A socket that is closed under a thread ends the thread: that is what cutting is. */
    private static void daemon(Work work) {
        Thread thread = new Thread(() -> {
            try {
                work.run();
            } catch (IOException hungUp) {
                Thread.currentThread().interrupt();
            }
        });
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() throws IOException {
        front.close();
        hangUp();
    }
}
