package dev.weir.cli.tail;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.BufferedInputStream;
import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.Locale;

/**
 * One GET over a Unix socket. A client library for the Engine would bring two hundred classes and a JSON mapper for two
 * requests.
 */
final class UnixHttp implements Closeable {
    private static final int LONGEST_HEADER = 8 << 10;

    private final SocketChannel channel;
    private final int status;
    private final InputStream body;

    private UnixHttp(SocketChannel channel, int status, InputStream body) {
        this.channel = channel;
        this.status = status;
        this.body = body;
    }

    static UnixHttp get(Path socket, String path) throws IOException {
        SocketChannel channel;
        try {
            channel = SocketChannel.open(UnixDomainSocketAddress.of(socket));
        } catch (IOException away) {
            throw new IOException("nothing listens at " + socket + " (" + away.getMessage()
                    + "): is Docker there, and may you use it?");
        }
        try {
            byte[] request =
                    ("GET " + path + " HTTP/1.1\r\nHost: docker\r\nConnection: close\r\n\r\n").getBytes(ISO_8859_1);
            ByteBuffer rest = ByteBuffer.wrap(request);
            while (rest.hasRemaining()) {
                channel.write(rest);
            }
            InputStream in = new BufferedInputStream(Channels.newInputStream(channel), 1 << 16);
            String[] first = line(in).split(" ");
            int status = first.length > 1 ? Integer.parseInt(first[1]) : 0;
            InputStream body = in;
            for (String header; !(header = line(in)).isEmpty(); ) {
                String lower = header.toLowerCase(Locale.ROOT);
                if (lower.startsWith("transfer-encoding:") && lower.contains("chunked")) {
                    body = new Chunked(in);
                }
            }
            return new UnixHttp(channel, status, body);
        } catch (IOException | RuntimeException failure) {
            channel.close();
            throw failure;
        }
    }

    private static String line(InputStream in) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int b; (b = in.read()) != '\n'; ) {
            if (b < 0 || line.length() > LONGEST_HEADER) {
                throw new EOFException("the Engine's answer ended within its header");
            }
            line.append((char) b);
        }
        return line.toString().stripTrailing();
    }

    int status() {
        return status;
    }

    InputStream body() {
        return body;
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException closed) {
            throw new java.io.UncheckedIOException(closed);
        }
    }

    /** The chunks of a chunked body, put together. */
    private static final class Chunked extends InputStream {
        private final InputStream in;
        private long left;
        private boolean ended;

        Chunked(InputStream in) {
            this.in = in;
        }

        @Override
        public int read() throws IOException {
            while (left == 0 && !ended) {
                String size = line(in);
                if (size.isEmpty()) {
                    continue; // the end of the chunk before
                }
                left = Long.parseLong(size.split(";")[0].strip(), 16);
                ended = left == 0;
            }
            if (ended) {
                return -1;
            }
            int b = in.read();
            if (b < 0) {
                throw new EOFException("the Engine's answer ended within a chunk");
            }
            left--;
            return b;
        }
    }
}
