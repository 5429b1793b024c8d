package dev.weir.api.http;

import java.util.function.BiConsumer;

/** Headers of every answer: nothing of ours is a page that may be framed, sniffed, cached or allowed to run anything. */
final class SecurityHeaders {
    private SecurityHeaders() {}

    static void on(BiConsumer<String, String> header) {
        header.accept("X-Content-Type-Options", "nosniff");
        header.accept("X-Frame-Options", "DENY");
        header.accept("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'");
        header.accept("Referrer-Policy", "no-referrer");
        header.accept("Cross-Origin-Resource-Policy", "same-origin");
        header.accept("Cache-Control", "no-store");
    }
}
