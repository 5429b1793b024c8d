package dev.weir.api.http;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.http.HttpParser;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.internal.HttpConnection;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.component.AbstractLifeCycle;
import org.eclipse.jetty.util.thread.Scheduler;
import org.jspecify.annotations.Nullable;

/**
 * Ends connections whose request's header does not come to its end. Jetty knows idle time only, which a client that sends a
 * byte now and then never uses up. Looks at all connections some times within the deadline; confined to that one task.
 */
final class HeaderDeadline extends AbstractLifeCycle {
    private final ServerConnector connector;
    private final long nanos;
    private Map<EndPoint, Seen> seen = new HashMap<>();
    private volatile Scheduler.@Nullable Task next;

    HeaderDeadline(ServerConnector connector, Duration deadline) {
        this.connector = connector;
        this.nanos = deadline.toNanos();
    }

    /** A header under way: after how many requests, with how many bytes, and since when. */
    private record Seen(long requests, long bytes, long begun) {
        private static final long NOT_BEGUN = Long.MIN_VALUE;

        Seen begun(boolean now, long at) {
            return now && begun == NOT_BEGUN ? new Seen(requests, bytes, at) : this;
        }

        boolean isLate(long now, long nanos) {
            return begun != NOT_BEGUN && now - begun > nanos;
        }
    }

    @Override
    protected void doStart() {
        schedule();
    }

    @Override
    protected void doStop() {
        Scheduler.Task task = next;
        if (task != null) {
            task.cancel();
        }
    }

    private void schedule() {
        long millis = Math.max(20, Math.min(1_000, TimeUnit.NANOSECONDS.toMillis(nanos) / 4));
        next = connector.getScheduler().schedule(this::look, millis, TimeUnit.MILLISECONDS);
    }

    private void look() {
        long now = System.nanoTime();
        Map<EndPoint, Seen> still = new HashMap<>();
        for (EndPoint client : connector.getConnectedEndPoints()) {
            if (client.getConnection() instanceof HttpConnection http) {
                Seen state = state(http, seen.get(client), now);
                if (state != null && state.isLate(now, nanos)) {
                    refuse(client);
                } else if (state != null) {
                    still.put(client, state);
                }
            }
        }
        seen = still;
        if (isRunning()) {
            schedule();
        }
    }

    /** Null while a request is being answered. Between requests a header has begun once there are more bytes. */
    private static @Nullable Seen state(HttpConnection http, @Nullable Seen before, long now) {
        HttpParser parser = http.getParser();
        if (!parser.inHeaderState()) {
            return null;
        }
        long requests = http.getMessagesOut();
        long bytes = http.getBytesIn();
        boolean within = !parser.isStart();
        if (before == null || before.requests() != requests) {
            return new Seen(requests, bytes, Seen.NOT_BEGUN).begun(within, now);
        }
        return before.begun(within || bytes != before.bytes(), now);
    }

    private static void refuse(EndPoint client) {
        Problem problem = new Problem(408, "too-slow", "The request's header took too long: send it faster");
        byte[] body = problem.json();
        StringBuilder head = new StringBuilder("HTTP/1.1 408 Request Timeout\r\nConnection: close\r\n");
        SecurityHeaders.on(
                (name, value) -> head.append(name).append(": ").append(value).append("\r\n"));
        head.append("Content-Type: application/problem+json\r\nContent-Length: ")
                .append(body.length)
                .append("\r\n\r\n");
        client.write(
                Callback.from(client::close),
                ByteBuffer.wrap(head.toString().getBytes(StandardCharsets.US_ASCII)),
                ByteBuffer.wrap(body));
    }
}
