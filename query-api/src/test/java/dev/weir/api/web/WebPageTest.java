package dev.weir.api.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.weir.api.http.Caller;
import dev.weir.api.http.Callers;
import dev.weir.api.http.HttpOptions;
import dev.weir.api.http.HttpServer;
import dev.weir.api.http.Requests;
import dev.weir.api.http.Scope;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The page as a browser is given it, by a server that wants a key for everything else. */
class WebPageTest {
    private static final HttpClient CLIENT = HttpClient.newHttpClient();
    private static HttpServer server;

    @BeforeAll
    static void start() {
        server = HttpServer.start(
                new HttpOptions(
                        "127.0.0.1",
                        0,
                        Set.of(),
                        50,
                        16,
                        new HttpOptions.Patience(
                                Duration.ofSeconds(10), Duration.ofSeconds(10), Duration.ofSeconds(10)),
                        1 << 16),
                new Strict(),
                new WebPage().all(),
                new Requests(new SimpleMeterRegistry()),
                List.of());
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void givesTheSameDocumentForEveryViewWhateverItsParameters() throws Exception {
        String page = get("/").body();

        assertTrue(page.startsWith("<!doctype html>"), page);
        assertEquals(page, get("/runs/nightly-1?view=lines&anything=goes").body());
        assertEquals(page, get("/compare?a=1&b=2").body());
    }

    @Test
    void letsThePageRunNothingButItsOwnFiles() throws Exception {
        String policy = get("/").headers().firstValue("Content-Security-Policy").orElse("");

        assertTrue(policy.contains("default-src 'none'") && policy.contains("script-src 'self'"), policy);
        assertTrue(!policy.contains("unsafe") && !policy.contains("http"), policy);
    }

    @Test
    void letsFilesBeKeptForEverUnderTheirVersionOnly() throws Exception {
        HttpResponse<String> current = get("/assets/" + Assets.load().version() + "/lib/lit-html/lit-html.js");

        assertEquals(200, current.statusCode());
        assertEquals(
                "public, max-age=31536000, immutable",
                current.headers().firstValue("Cache-Control").orElse(""));
        assertEquals("no-cache", get("/").headers().firstValue("Cache-Control").orElse(""));
        assertEquals(404, get("/assets/0000000000000000/app.js").statusCode());
        assertEquals(
                404, get("/assets/" + Assets.load().version() + "/index.txt").statusCode());
    }

    @Test
    void compressesForWhoTakesIt() throws Exception {
        String path = "/assets/" + Assets.load().version() + "/app.js";
        HttpRequest request =
                request(path).header("Accept-Encoding", "gzip, br").build();

        HttpResponse<byte[]> compressed = CLIENT.send(request, HttpResponse.BodyHandlers.ofByteArray());

        assertEquals("gzip", compressed.headers().firstValue("Content-Encoding").orElse(""));
        try (GZIPInputStream unpacked = new GZIPInputStream(new ByteArrayInputStream(compressed.body()))) {
            assertEquals(
                    get(path).body(), new String(unpacked.readAllBytes(), java.nio.charset.StandardCharsets.UTF_8));
        }
    }

    @Test
    void letsALinkOnAnotherSiteLeadToThePageButNotToTheApi() throws Exception {
        String[] followed = {"Sec-Fetch-Site", "cross-site", "Sec-Fetch-Mode", "navigate", "Sec-Fetch-Dest", "document"
        };

        assertEquals(200, get("/runs/nightly-1", followed).statusCode());
        assertEquals(403, get("/v1/runs/nightly-1", followed).statusCode());
        assertEquals(
                403,
                get("/runs/nightly-1", "Sec-Fetch-Site", "cross-site", "Sec-Fetch-Mode", "no-cors")
                        .statusCode());
    }

    private static HttpResponse<String> get(String path, String... headers) throws IOException, InterruptedException {
        HttpRequest.Builder request = request(path);
        if (headers.length > 0) {
            request.headers(headers);
        }
        return CLIENT.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    private static HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + path));
    }

    private static final class Strict implements Callers {
        @Override
        public boolean required() {
            return true;
        }

        @Override
        public Caller anybody() {
            return new Caller("default", "-", Set.of(Scope.OPEN));
        }

        @Override
        public Optional<Caller> byKey(String key) {
            return Optional.empty();
        }

        @Override
        public Optional<Caller> byTicket(String ticket) {
            return Optional.empty();
        }
    }
}
