package dev.weir.cli.net;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Short HTTP requests, each with a time limit. The JDK's old client on purpose: the new one brings a selector thread and
 * hundreds of classes to a command that lives for a quarter of a second.
 */
public final class Http {
    private static final int LARGEST_ANSWER = 64 << 20;

    /** What came back, whatever its status. */
    public record Answer(int status, String body) {
        public boolean ok() {
            return status / 100 == 2;
        }
    }

    private Http() {}

    public static Answer get(URI uri, Map<String, String> headers, Duration timeout) throws IOException {
        return exchange("GET", uri, headers, null, timeout);
    }

    public static Answer send(String method, URI uri, Map<String, String> headers, byte[] body, Duration timeout)
            throws IOException {
        return exchange(method, uri, headers, body, timeout);
    }

    private static Answer exchange(
            String method, URI uri, Map<String, String> headers, byte @Nullable [] body, Duration timeout)
            throws IOException {
        HttpURLConnection connection = (HttpURLConnection) uri.toURL().openConnection();
        connection.setConnectTimeout((int) timeout.toMillis());
        connection.setReadTimeout((int) timeout.toMillis());
        connection.setInstanceFollowRedirects(false);
        connection.setRequestMethod(method);
        headers.forEach(connection::setRequestProperty);
        if (body != null) {
            connection.setDoOutput(true);
            connection.setFixedLengthStreamingMode(body.length);
            try (OutputStream out = connection.getOutputStream()) {
                out.write(body);
            }
        }
        int status = connection.getResponseCode();
        InputStream stream = status >= 400 ? connection.getErrorStream() : connection.getInputStream();
        if (stream == null) {
            return new Answer(status, "");
        }
        try (stream) {
            byte[] read = stream.readNBytes(LARGEST_ANSWER + 1);
            if (read.length > LARGEST_ANSWER) {
                throw new IOException(uri + " answered more than " + (LARGEST_ANSWER >> 20) + " MiB");
            }
            return new Answer(status, new String(read, UTF_8));
        }
    }
}
