package dev.weir.api.http;

import java.nio.ByteBuffer;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.handler.ErrorHandler;
import org.eclipse.jetty.util.Callback;

/** Problems for what Jetty refuses before any route is looked for, such as a malformed request; it says no word of Jetty. */
final class PlainErrors extends ErrorHandler {
    @Override
    public boolean handle(Request request, Response response, Callback callback) {
        Problem problem = problem(response.getStatus());
        response.setStatus(problem.status());
        SecurityHeaders.on(response.getHeaders()::put);
        response.getHeaders().put(HttpHeader.CONTENT_TYPE, "application/problem+json");
        response.write(true, ByteBuffer.wrap(problem.json()), callback);
        return true;
    }

    static Problem problem(int status) {
        return switch (status) {
            case 404 -> Unrouted.NOTHING_HERE;
            case 408 -> new Problem(408, "too-slow", "The request came in too slowly: send it faster");
            case 413 -> new Problem(413, "body-too-large", "The body is too large: send it in parts");
            case 414 ->
                new Problem(414, "uri-too-long", "The address takes more than 16 KiB: ask for less in one request");
            case 417 -> new Problem(417, "bad-expect", "Expect knows 100-continue only: send that, or none");
            case 431 -> new Problem(431, "header-too-large", "The header takes more than 16 KiB: send fewer fields");
            case 503 ->
                new Problem(503, "stopping", "The server is stopping: try again in a few seconds").retryAfter(2);
            case 505 -> new Problem(505, "bad-version", "HTTP/1.1 is spoken here: send that");
            default ->
                status < 400 || status >= 500
                        ? new Problem(500, "internal", "The server failed at this: try again, or report it")
                        : new Problem(
                                status, "bad-request", "The request could not be read: send well-formed HTTP/1.1");
        };
    }
}
