package dev.weir.cli;

import dev.weir.cli.net.Http;
import dev.weir.cli.net.Json;
import dev.weir.cli.tail.Feeds;
import dev.weir.cli.tail.Tailer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

/** Listens, through the server, for orders to follow one more source or to stop one, and carries them out. */
final class Orders implements Runnable {
    private static final Duration PATIENCE = Duration.ofSeconds(35);
    private static final long PAUSE_MILLIS = 2_000;

    private final NodeApi api;
    private final String run;
    private final Tailer tailer;
    private final Feeds feeds;

    Orders(NodeApi api, String run, Tailer tailer, Feeds feeds) {
        this.api = api;
        this.run = run;
        this.tailer = tailer;
        this.feeds = feeds;
    }

    void start() {
        Thread thread = new Thread(this, "orders");
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void run() {
        try {
            while (true) {
                if (!listen()) {
                    Thread.sleep(PAUSE_MILLIS);
                }
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    /** One wait for an order. False if there is no server to wait for. */
    private boolean listen() throws InterruptedException {
        try {
            Http.Answer answer = api.get("/v1/runs/" + run + "/orders", Map.of("wait", "25s"), PATIENCE);
            if (!answer.ok()) {
                return false;
            }
            for (Json order : Json.parse(answer.body()).get("orders").items()) {
                String refusal =
                        carryOut(order.get("kind").text(), order.get("source").text());
                int colon = refusal.indexOf(' ');
                String said = refusal.isEmpty()
                        ? "{\"ok\":true}"
                        : "{\"ok\":false,\"code\":\"" + refusal.substring(0, colon) + "\",\"detail\":"
                                + Json.quoted(refusal.substring(colon + 1)) + "}";
                api.send(
                        "POST", "/v1/runs/" + run + "/orders/" + order.get("id").text(), said, PATIENCE);
            }
            return true;
        } catch (NodeApi.Unreachable | IllegalArgumentException away) {
            return false;
        }
    }

    /** Empty, or a code and what to tell the user. */
    private String carryOut(String kind, String source) throws InterruptedException {
        boolean start = kind.equals("start");
        boolean known = feeds.follows(source) || tailer.follows(Path.of(source));
        if (start && known) {
            return "source-known " + source + " is followed already";
        }
        if (!start && !known) {
            return "source-unknown " + source + " is not followed";
        }
        if (!start) {
            return feeds.stop(source) || tailer.forget(Path.of(source)) ? "" : "source-failed " + source;
        }
        if (feeds.know(source)) {
            feeds.start(source);
            return "";
        }
        if (!Files.isReadable(Path.of(source))) {
            return Files.exists(Path.of(source))
                    ? "source-not-allowed " + source + " may not be read by this weir's user"
                    : "source-unknown " + source + " is not there";
        }
        if (!tailer.hasRoom()) {
            return "source-not-allowed " + source + " would be more files than may be open: stop one first";
        }
        tailer.followLater(Path.of(source));
        return "";
    }
}
