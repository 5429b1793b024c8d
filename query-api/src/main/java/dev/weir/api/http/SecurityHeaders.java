package dev.weir.api.http;

import io.javalin.http.Context;

/** Headers of every answer: nothing of ours is a page that may be framed, sniffed, cached or allowed to run anything. */
final class SecurityHeaders {
    private SecurityHeaders() {}

    static void on(Context context) {
        context.header("X-Content-Type-Options", "nosniff");
        context.header("X-Frame-Options", "DENY");
        context.header("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'");
        context.header("Referrer-Policy", "no-referrer");
        context.header("Cross-Origin-Resource-Policy", "same-origin");
        context.header("Cache-Control", "no-store");
    }
}
