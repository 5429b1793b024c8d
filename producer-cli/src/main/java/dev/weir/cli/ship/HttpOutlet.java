package dev.weir.cli.ship;

import dev.weir.cli.net.Http;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;

/**
 * Records by way of the server, one request at a time, each repeated until the server says that Kafka has it: the same
 * guarantees, because the topology knows every number it has seen.
 */
final class HttpOutlet implements Outlet {
    static final String MEDIA_TYPE = "application/vnd.weir.records";

    private static final int HEADER = 5; // of a framed value: the server frames for its own registry
    private static final int MOST_IN_REQUEST = 1 << 20;
    private static final long MOST_WAITING = 4 << 20;
    private static final long RETRY_MILLIS = 300;
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final URI uri;
    private final Map<String, String> headers;
    private final long most;
    private final Deque<Waiting> waiting = new ArrayDeque<>();
    private final Thread sender;
    private long bytes;
    private @Nullable KafkaException refusal;
    private boolean closed;
    private boolean gathers;

    private record Waiting(byte[] value, Runnable onAcknowledged) {}

    /** @param gathers whether the first request waits until {@link #flush}, or until there is enough for one */
    HttpOutlet(URI uri, Map<String, String> headers, long most, boolean gathers) {
        this.uri = uri;
        this.headers = new HashMap<>(headers);
        this.headers.put("Content-Type", MEDIA_TYPE);
        this.most = Math.min(most, MOST_WAITING);
        this.gathers = gathers;
        this.sender = new Thread(this::sendAll, "http");
        sender.setDaemon(true);
        sender.start();
    }

    @Override
    public synchronized boolean awaitRoom(long millis) throws InterruptedException {
        if (!hasRoom(0) && millis > 0) {
            wait(millis);
        }
        return hasRoom(0);
    }

    private boolean hasRoom(int more) {
        return bytes == 0 || bytes + more <= most || refusal != null;
    }

    @Override
    public synchronized boolean send(byte[] value, Runnable onAcknowledged) {
        if (!hasRoom(value.length)) {
            return false;
        }
        refuse();
        waiting.addLast(new Waiting(value, onAcknowledged));
        bytes += value.length;
        notifyAll();
        return true;
    }

    @Override
    public synchronized void flush() throws InterruptedException {
        gathers = false;
        notifyAll();
        while (bytes > 0 && refusal == null) {
            wait();
        }
        refuse();
    }

    private void refuse() {
        if (refusal != null) {
            throw refusal;
        }
    }

    private void sendAll() {
        try {
            for (List<Waiting> next; !(next = next()).isEmpty(); ) {
                byte[] body = body(next);
                while (!isTaken(body)) {
                    Thread.sleep(RETRY_MILLIS);
                }
                settle(next);
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        } catch (KafkaException refused) {
            synchronized (this) {
                refusal = refused;
                notifyAll();
            }
        }
    }

    /** The records of the next request; none when it is closed. */
    private synchronized List<Waiting> next() throws InterruptedException {
        while ((waiting.isEmpty() || gathers && bytes < MOST_IN_REQUEST) && !closed) {
            wait();
        }
        List<Waiting> next = new ArrayList<>();
        long size = 0;
        for (Waiting each : waiting) {
            if (closed || !next.isEmpty() && size + each.value().length > MOST_IN_REQUEST) {
                break;
            }
            next.add(each);
            size += each.value().length;
        }
        return next;
    }

    private static byte[] body(List<Waiting> records) {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        for (Waiting each : records) {
            int length = each.value().length - HEADER;
            body.writeBytes(ByteBuffer.allocate(Integer.BYTES).putInt(length).array());
            body.write(each.value(), HEADER, length);
        }
        return body.toByteArray();
    }

    private boolean isTaken(byte[] body) {
        try {
            Http.Answer answer = Http.send("POST", uri, headers, body, PATIENCE);
            if (answer.ok()) {
                return true;
            }
            if (answer.status() / 100 == 4 && answer.status() != 408 && answer.status() != 429) {
                throw new KafkaException("the server at " + uri.getAuthority() + " refuses the lines with status "
                        + answer.status() + ": " + answer.body().strip());
            }
        } catch (IOException away) {
            return false; // as with a broker that is away: waited out
        }
        return false;
    }

    private synchronized void settle(List<Waiting> taken) {
        for (Waiting each : taken) {
            each.onAcknowledged().run();
            bytes -= each.value().length;
            waiting.removeFirst();
        }
        notifyAll();
    }

    @Override
    public synchronized void close() {
        closed = true;
        sender.interrupt();
        notifyAll();
    }
}
