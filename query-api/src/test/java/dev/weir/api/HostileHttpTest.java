package dev.weir.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Requests that nobody means well, over plain sockets: each is a problem with the headers of every answer. */
class HostileHttpTest {
    private static final Harness weir = new Harness();
    private static final RawHttp http = new RawHttp(weir.port());

    @AfterAll
    static void stop() {
        weir.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/v1/runs/..%2fnode",
                "/v1/runs/a%2Fb",
                "/v1/runs/a%252fb",
                "/v1/runs/a%5cb",
                "/v1/runs/a%00",
                "/v1/runs/a%0d%0ab",
                "/v1/runs/%2e%2e/node",
                "/v1/./runs",
                "/v1/../livez",
                "//evil.example/v1/runs",
                "http://evil.example/v1/runs",
                "/v1/runs?limit=%zz",
                "/v1/runs?limit=1%",
                "/v1/runs?%g0=1"
            })
    void addressesThatAreNotPlainAreRefused(String address) throws Exception {
        refused(400, http.ask("GET " + address + " HTTP/1.1", "", ""));
    }

    @Test
    void aPathOfManyThousandCharactersIsOnlyAbsent() throws Exception {
        refused(404, http.ask("GET /v1/runs/" + "a".repeat(9_000) + " HTTP/1.1", "", ""));
    }

    @ParameterizedTest
    @CsvSource({
        "GET /v1/runs HTTP/9.9, '', 505, bad-version",
        "GET /v1/runs HTTP/1.1, 'Host: evil.example\r\n', 400, bad-request",
        "POST /v1/compact HTTP/1.1, 'Content-Length: 4\r\nTransfer-Encoding: chunked\r\n', 400, bad-request",
        "POST /v1/compact HTTP/1.1, 'Content-Length: 4\r\nContent-Length: 5\r\n', 400, bad-request",
        "POST /v1/compact HTTP/1.1, 'Content-Length: 99999999999\r\n', 413, body-too-large",
        "POST /v1/compact HTTP/1.1, 'Expect: 100-continue\r\nContent-Length: 99999999\r\n', 413, body-too-large",
        "POST /v1/compact HTTP/1.1, 'Expect: much\r\nContent-Length: 1\r\n', 417, bad-expect",
        "POST /v1/compact HTTP/1.1, 'Content-Encoding: br\r\nContent-Length: 0\r\n', 415, unsupported-encoding",
        "PUT /v1/runs HTTP/1.1, '', 405, wrong-method",
        "OPTIONS /v1/runs HTTP/1.1, '', 405, wrong-method",
        "TRACE /v1/runs HTTP/1.1, '', 405, wrong-method",
        "OPTIONS * HTTP/1.1, '', 404, no-such-route",
        "GET /v1/runs HTTP/1.1, 'Origin: http://localhost:1\r\n', 403, foreign-origin",
        "GET /livez HTTP/1.1, 'Origin: null\r\n', 403, foreign-origin"
    })
    void everyRefusalIsAProblemWithACode(String line, String fields, int status, String code) throws Exception {
        String answer = http.ask(line, fields, "");

        refused(status, answer);
        assertTrue(answer.contains("\"code\":\"" + code + "\""), answer);
    }

    @Test
    void whatIsTooLongForAHeaderIsToldWithItsBound() throws Exception {
        String address = http.ask("GET /v1/runs?job=" + "a".repeat(20_000) + " HTTP/1.1", "", "");
        String field = http.ask("GET /v1/runs HTTP/1.1", "X: " + "a".repeat(20_000) + "\r\n", "");

        refused(414, address);
        refused(431, field);
        assertTrue(address.contains("16 KiB") && field.contains("16 KiB"), field);
    }

    @Test
    void malformedChunksAreNotCalledGzip() throws Exception {
        String answer = http.ask("POST /v1/compact HTTP/1.1", "Transfer-Encoding: chunked\r\n", "ZZ\r\nabc\r\n");

        refused(400, answer);
        assertTrue(answer.contains("\"code\":\"bad-body\""), answer);
    }

    @Test
    void aBodyThatUnpacksToTooMuchIsRefused() throws Exception {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
            gzip.write(new byte[8 << 20]);
        }
        String bomb = packed.toString(StandardCharsets.ISO_8859_1);

        refused(
                413,
                http.ask(
                        "POST /v1/compact HTTP/1.1",
                        "Content-Encoding: gzip\r\nContent-Length: " + bomb.length() + "\r\n",
                        bomb));
    }

    @Test
    void aHeadAnswersAsItsGetWould() throws Exception {
        String absent = http.ask("HEAD /v1/runs/absent/snapshot HTTP/1.1", "", "");
        String list = http.ask("HEAD /v1/runs HTTP/1.1", "", "");

        assertTrue(absent.startsWith("HTTP/1.1 404 "), absent);
        assertTrue(list.startsWith("HTTP/1.1 200 "), list);
        assertTrue(list.contains("Content-Type: application/json"), list);
        assertTrue(list.endsWith("\r\n\r\n"), list);
    }

    @Test
    void aPageOfThisServerMayAskAndOneOfAnotherPortMayNot() throws Exception {
        String own = "http://127.0.0.1:" + weir.port();

        HttpResponse<String> allowed = weir.get("/v1/runs", "Origin", own);
        HttpResponse<String> refused = weir.get("/v1/runs", "Origin", "http://127.0.0.1:1");

        assertEquals(200, allowed.statusCode(), allowed.body());
        assertEquals(403, refused.statusCode(), refused.body());
    }

    private static void refused(int status, String answer) {
        assertTrue(answer.startsWith("HTTP/1.1 " + status + " "), answer);
        for (String field : new String[] {
            "Content-Type: application/problem+json",
            "X-Content-Type-Options: nosniff",
            "X-Frame-Options: DENY",
            "Content-Security-Policy: default-src 'none'",
            "Referrer-Policy: no-referrer",
            "Cache-Control: no-store"
        }) {
            assertTrue(answer.contains(field), field + ": " + answer);
        }
        assertFalse(answer.toLowerCase(Locale.ROOT).contains("jetty"), answer);
        assertTrue(answer.contains("\"status\":" + status), answer);
    }
}
