package dev.weir.registry;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonFactory;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Collectors;
import javax.net.ssl.HttpsURLConnection;
import org.apache.kafka.common.errors.InterruptException;
import org.jspecify.annotations.Nullable;

/**
 * Requests to one of several registries: the next is asked when one is away, all of them again after a pause, and it is
 * {@link WireException.RegistryAway} when none has answered.
 *
 * <p>Over HttpURLConnection, which a fresh process has loaded in a quarter of the time that java.net.http takes: the
 * command asks the registry once in its life.
 */
final class RegistryHttp {
    private static final String MEDIA_TYPE = "application/vnd.schemaregistry.v1+json";
    private static final int LARGEST_ANSWER = 8 << 20;

    /** Nobody asks again so soon: a request of a hundred batches would wait a hundred times. */
    private static final long REST_NANOS = 500_000_000L;

    private final RegistryConfig config;
    private final List<URI> urls;
    private final @Nullable RegistryTls tls;
    private volatile int first;
    private volatile @Nullable Away away;

    /** When nobody answered, and what was said about it. */
    private record Away(long nanoTime, WireException.RegistryAway said) {}

    /** What a registry said; {@code code} is Confluent's error code, or the status. */
    record Answer(int status, Json body) {
        boolean isOk() {
            return status / 100 == 2;
        }

        int code() {
            return body.number("error_code").orElse(status);
        }

        String message() {
            return body.text("message")
                    .or(() -> body.text("detail"))
                    .or(() -> body.text("title"))
                    .orElse("no message");
        }
    }

    RegistryHttp(RegistryConfig config) {
        this.config = config;
        this.urls = config.urls().stream().map(RegistryHttp::withoutUser).toList();
        this.tls =
                urls.stream().anyMatch(url -> "https".equals(url.getScheme())) ? RegistryTls.from(config.tls()) : null;
    }

    private static URI withoutUser(URI url) {
        try {
            return new URI(url.getScheme(), null, url.getHost(), url.getPort(), url.getPath(), null, null);
        } catch (URISyntaxException impossible) {
            throw new IllegalArgumentException(impossible);
        }
    }

    Answer get(String path) {
        return ask("GET", path, null);
    }

    Answer send(String method, String path, String body) {
        return ask(method, path, body);
    }

    private Answer ask(String method, String path, @Nullable String body) {
        Away last = away;
        if (last != null && System.nanoTime() - last.nanoTime() < REST_NANOS) {
            throw last.said();
        }
        String why = "";
        IOException cause = null;
        for (int attempt = 0; attempt <= config.maxRetries(); attempt++) {
            pause(attempt);
            int start = first;
            for (int i = 0; i < urls.size(); i++) {
                int turn = (start + i) % urls.size();
                try {
                    Answer answer = once(urls.get(turn), method, path, body);
                    if (answer.status() < 500 && answer.status() != 408 && answer.status() != 429) {
                        first = turn;
                        return answer;
                    }
                    why = "HTTP " + answer.status() + ", " + answer.message();
                } catch (IOException away) {
                    cause = away;
                    why = away.getClass().getSimpleName() + ": " + away.getMessage();
                }
            }
        }
        WireException.RegistryAway said = new WireException.RegistryAway(
                urls.stream().map(URI::toString).collect(Collectors.joining(", ")), why, cause);
        away = new Away(System.nanoTime(), said);
        throw said;
    }

    private void pause(int attempt) {
        if (attempt == 0) {
            return;
        }
        long longest =
                Math.min(config.retryMaxWait().toMillis(), config.retryWait().toMillis() << Math.min(attempt - 1, 16));
        try {
            Thread.sleep(longest / 2 + ThreadLocalRandom.current().nextLong(longest / 2 + 1));
        } catch (InterruptedException interrupted) {
            throw new InterruptException(interrupted);
        }
    }

    private Answer once(URI base, String method, String path, @Nullable String body) throws IOException {
        HttpURLConnection connection =
                (HttpURLConnection) URI.create(base + path).toURL().openConnection();
        if (tls != null && connection instanceof HttpsURLConnection https) {
            tls.apply(https);
        }
        connection.setConnectTimeout(Math.toIntExact(config.connectTimeout().toMillis()));
        connection.setReadTimeout(Math.toIntExact(config.readTimeout().toMillis()));
        connection.setInstanceFollowRedirects(false); // it would carry the credentials to wherever it is sent
        connection.setRequestMethod(method);
        connection.setRequestProperty("Accept", MEDIA_TYPE + ", application/json");
        config.authorization().ifPresent(value -> connection.setRequestProperty("Authorization", value));
        if (body != null) {
            byte[] bytes = body.getBytes(UTF_8);
            connection.setRequestProperty("Content-Type", MEDIA_TYPE);
            connection.setDoOutput(true);
            connection.setFixedLengthStreamingMode(bytes.length);
            try (OutputStream out = connection.getOutputStream()) {
                out.write(bytes);
            }
        }
        int status = connection.getResponseCode();
        try (InputStream in = status < 400 ? connection.getInputStream() : connection.getErrorStream()) {
            byte[] answer = in == null ? new byte[0] : in.readNBytes(LARGEST_ANSWER + 1);
            if (answer.length > LARGEST_ANSWER) {
                throw new IOException("an answer of more than " + LARGEST_ANSWER + " bytes");
            }
            return new Answer(status, Json.parse(answer, status / 100 == 2));
        }
    }

    /** Shared: it is the expensive part. */
    static final JsonFactory JSON = new JsonFactory();
}
