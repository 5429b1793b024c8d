package dev.weir.api.lines;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.weir.api.http.Call;
import dev.weir.api.http.Problem;
import dev.weir.api.http.Streams;
import dev.weir.api.lines.LineLog.RunRef;
import dev.weir.api.runs.Levels;
import dev.weir.api.runs.RunLookup;
import dev.weir.snapshot.JsonWriter;
import dev.weir.topology.Extent;
import dev.weir.topology.Position;
import dev.weir.topology.RunView;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.websocket.api.Callback;
import org.eclipse.jetty.websocket.api.Session;

/**
 * One WebSocket, watching any number of runs. Every watched run has a writer of its own; they take turns at the socket,
 * and a client that does not read makes them wait, which fills nobody's queues but theirs.
 */
final class Connection {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int MOST_RUNS = 50;
    private static final long SEND_SECONDS = 30;
    /** Kilobytes, and messages, that may wait for the client to read. */
    private static final int UNDER_WAY = 256;
    /** Characters after which lines that go together are sent, though more are at hand. */
    private static final int TOGETHER = 24_000;

    private final Session session;
    private final String tenant;
    private final RunLookup runs;
    private final LineService lines;
    private final Streams streams;
    private final Map<String, Subscription> subscriptions = new ConcurrentHashMap<>();
    private final Semaphore room = new Semaphore(UNDER_WAY, true);
    private volatile boolean closed;

    Connection(Session session, String tenant, RunLookup runs, LineService lines, Streams streams) {
        this.session = session;
        this.tenant = tenant;
        this.runs = runs;
        this.lines = lines;
        this.streams = streams;
    }

    /** One watched run. The filter is replaced whole, the pause is seen between two entries. */
    private final class Subscription implements Follow.Sink {
        private final String run;
        private final Follow follow;
        /** What goes out in one message, if the client takes many lines in one. Confined to the writer. */
        private final Optional<StringBuilder> waiting;

        private volatile boolean over;
        private volatile boolean paused;

        Subscription(String run, Follow follow, boolean together) {
            this.run = run;
            this.follow = follow;
            this.waiting = together ? Optional.of(new StringBuilder()) : Optional.empty();
        }

        @Override
        public void entry(Entry entry) throws IOException {
            synchronized (this) {
                while (paused && !over && !closed) {
                    try {
                        wait(1_000);
                    } catch (InterruptedException stop) {
                        Thread.currentThread().interrupt();
                        throw new IOException("Stopped while paused", stop);
                    }
                }
            }
            JsonWriter json = new JsonWriter().object();
            json.field("type", entry.isLine() ? "line" : entry.kind().name().toLowerCase(java.util.Locale.ROOT));
            json.field("run", run);
            LineJson.fields(json, entry);
            json.endObject();
            if (waiting.isEmpty()) {
                send(json);
                return;
            }
            waiting.get().append(text(json)).append('\n');
            if (waiting.get().length() >= TOGETHER) {
                flush(false);
            }
        }

        @Override
        public void flush(boolean idle) throws IOException {
            if (waiting.isPresent() && waiting.get().length() > 0) {
                String lines = waiting.get().toString();
                waiting.get().setLength(0);
                send(lines);
            }
            if (idle) {
                session.sendPing(java.nio.ByteBuffer.allocate(0), Callback.NOOP);
            }
        }

        synchronized void pause(boolean now) {
            paused = now;
            notifyAll();
        }

        void end() {
            synchronized (this) {
                over = true;
                notifyAll();
            }
            follow.end();
        }

        boolean isOver() {
            return over || closed || streams.isStopped();
        }
    }

    /** What the client says; a problem is told to it and ends nothing. */
    void said(String message) {
        try {
            JsonNode order = JSON.readTree(message);
            String type = order.path("type").asText();
            String run = order.path("run").asText();
            switch (type) {
                case "subscribe" -> subscribe(run, order);
                case "filter" -> {
                    // A filter is another stream from here on: no history, for that was sent already.
                    end(run);
                    subscribe(run, ((com.fasterxml.jackson.databind.node.ObjectNode) order).put("tail", 0));
                }
                case "unsubscribe" -> end(run);
                case "pause" -> each(run, subscription -> subscription.pause(true));
                case "resume" -> each(run, subscription -> subscription.pause(false));
                default ->
                    throw new Problem(
                            400,
                            "bad-message",
                            "type is '" + type + "': use subscribe, unsubscribe, pause, resume or filter");
            }
        } catch (JsonProcessingException | ClassCastException malformed) {
            tell(new Problem(400, "bad-message", "The message is not a JSON object: send one with type and run"));
        } catch (Problem problem) {
            tell(problem);
        }
    }

    private void subscribe(String run, JsonNode order) {
        if (!Call.isRunId(run)) {
            throw new Problem(404, "run-not-found", "No such run: give run, a run-id");
        }
        LineFilter filter = new LineFilter(
                LineFilter.matching(runs, tenant, run, text(order, "q"), text(order, "template"), text(order, "not")),
                text(order, "stream"),
                text(order, "level").map(Levels::of).orElse(Set.of()));
        RunView view = runs.find(tenant, run, Extent.status());
        int tail = Math.max(0, Math.min(100_000, order.path("tail").asInt(1_000)));
        Subscription subscription =
                new Subscription(run, lines.follow(), order.path("together").asBoolean());
        if (subscriptions.size() >= MOST_RUNS || subscriptions.putIfAbsent(run, subscription) != null) {
            throw new Problem(
                    409,
                    "too-many-subscriptions",
                    "Run " + run + " is watched already, or " + MOST_RUNS
                            + " are: unsubscribe first, or open another connection");
        }
        RunRef ref = new RunRef(tenant, run);
        Optional<Position> after = text(order, "after").map(given -> LineRoutes.position("after", given));
        streams.start(() -> follow(ref, view, tail, after, filter, subscription));
    }

    private void follow(
            RunRef run,
            RunView view,
            int tail,
            Optional<Position> after,
            LineFilter filter,
            Subscription subscription) {
        try {
            Follow follow = subscription.follow;
            follow.run(
                    run,
                    after.map(position -> follow.after(run, position))
                            .orElseGet(() -> follow.tail(run, lines.begin(view), tail, filter)),
                    filter,
                    subscription::isOver,
                    LineRoutes.OVER.contains(view.life().state()),
                    view.asOf().offset(),
                    subscription);
            if (!subscription.isOver()) {
                send(new JsonWriter()
                        .object()
                        .field("type", "end")
                        .field("run", run.run())
                        .endObject());
            }
        } catch (IOException | InterruptedException gone) {
            if (streams.isStopped()) {
                session.close(1001, "the server is stopping: connect again with after", Callback.NOOP);
            } else {
                session.close(1011, "the client does not read", Callback.NOOP);
            }
        } catch (Problem problem) {
            tell(problem);
        } finally {
            subscriptions.remove(run.run(), subscription);
        }
    }

    void close() {
        closed = true;
        subscriptions.values().forEach(Subscription::end);
    }

    private void end(String run) {
        each(run, Subscription::end);
        subscriptions.remove(run);
    }

    private void each(String run, java.util.function.Consumer<Subscription> order) {
        Subscription subscription = subscriptions.get(run);
        if (subscription == null) {
            throw new Problem(404, "not-subscribed", "The run is not watched on this connection: subscribe first");
        }
        order.accept(subscription);
    }

    private void tell(Problem problem) {
        try {
            send(new JsonWriter()
                    .object()
                    .field("type", "problem")
                    .name("problem")
                    .json(problem.json())
                    .endObject());
        } catch (IOException gone) {
            close();
        }
    }

    private void send(JsonWriter json) throws IOException {
        send(text(json));
    }

    private static String text(JsonWriter json) {
        return new String(json.toBytes(), StandardCharsets.UTF_8);
    }

    /** A few messages may be under way at a time, so that many lines go out in one write; then whoever sends waits. */
    private void send(String text) throws IOException {
        int weight = Math.min(UNDER_WAY, 1 + text.length() / 1_024);
        try {
            if (!room.tryAcquire(weight, SEND_SECONDS, TimeUnit.SECONDS)) {
                close();
                throw new IOException("The client does not read");
            }
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            throw new IOException("Stopped while sending", stop);
        }
        session.sendText(text, Callback.from(() -> room.release(weight), gone -> {
            room.release(weight);
            close();
        }));
    }

    private static Optional<String> text(JsonNode order, String name) {
        return Optional.ofNullable(order.get(name)).map(JsonNode::asText).filter(text -> !text.isBlank());
    }
}
