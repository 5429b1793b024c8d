package dev.weir.cli.net;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.HttpURLConnection;
import java.net.URI;
import java.util.Map;

/** An answer that comes line by line, for as long as the server has something to say. */
public final class HttpLines {
    /** Takes one line; false: no more. */
    @FunctionalInterface
    public interface Taker {
        boolean take(String line) throws IOException;
    }

    private HttpLines() {}

    /** The answer's status; other than 2xx, its body went to nobody and is returned. */
    public static Http.Answer read(URI uri, Map<String, String> headers, Taker taker) throws IOException {
        HttpURLConnection connection = (HttpURLConnection) uri.toURL().openConnection();
        connection.setConnectTimeout(5_000);
        headers.forEach(connection::setRequestProperty);
        int status = connection.getResponseCode();
        if (status >= 400) {
            try (InputStream error = connection.getErrorStream()) {
                return new Http.Answer(status, error == null ? "" : new String(error.readNBytes(1 << 16), UTF_8));
            }
        }
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(connection.getInputStream(), UTF_8))) {
            for (String line; (line = lines.readLine()) != null; ) {
                if (!taker.take(line)) {
                    break;
                }
            }
        }
        return new Http.Answer(status, "");
    }
}
