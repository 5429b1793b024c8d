package dev.weir.api.hooks;

import dev.weir.schemas.Hook;
import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * Sends deliveries, signed, and again later if they fail. An event is settled, and so not read again after a restart, only
 * when its delivery was taken or given up. Safe for any number of threads.
 */
final class Deliveries implements AutoCloseable {
    static final String SIGNATURE = "Weir-Signature";
    private static final int AT_ONCE = 4;
    private static final int REMEMBERED = 50;

    private final Function<String, Optional<Hook>> hooks;
    private final boolean privateAllowed;
    private final Clock clock;
    private final List<Duration> pauses;
    private final ScheduledExecutorService threads;
    private final Map<String, Deque<Delivery.Outcome>> outcomes = new ConcurrentHashMap<>();

    /**
     * @param privateAllowed whether a hook may be one that calls private addresses
     * @param pauses before each further attempt; after the last it is given up
     */
    Deliveries(Function<String, Optional<Hook>> hooks, boolean privateAllowed, Clock clock, List<Duration> pauses) {
        this.hooks = hooks;
        this.privateAllowed = privateAllowed;
        this.clock = clock;
        this.pauses = List.copyOf(pauses);
        this.threads = Executors.newScheduledThreadPool(AT_ONCE, task -> {
            Thread thread = new Thread(task, "hooks");
            thread.setDaemon(true);
            return thread;
        });
    }

    void send(Delivery delivery) {
        attempt(delivery, 1, Duration.ZERO);
    }

    private void attempt(Delivery delivery, int number, Duration pause) {
        try {
            threads.schedule(() -> attempt(delivery, number), pause.toMillis(), TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException closing) {
            // Not settled: whoever reads the topic next sends it.
            return;
        }
    }

    private void attempt(Delivery delivery, int number) {
        Hook hook = hooks.apply(delivery.hook()).orElse(null);
        if (hook == null) {
            delivery.settled().run();
            return;
        }
        Integer status = null;
        String error = null;
        boolean hopeless = false;
        try {
            status = new Post(privateAllowed && hook.getAllowPrivate())
                    .send(URI.create(String.valueOf(hook.getUrl())), headers(hook, delivery), delivery.body());
            // Gone says so for ever; anything else may be better the next time.
            hopeless = status == 410;
        } catch (Post.PrivateAddress refused) {
            error = refused.getMessage();
            hopeless = true;
        } catch (IOException away) {
            error = away.getClass().getSimpleName() + ": " + away.getMessage();
        }
        boolean taken = status != null && status / 100 == 2;
        boolean again = !taken && !hopeless && number <= pauses.size();
        remember(delivery, taken ? "delivered" : again ? "retrying" : "failed", number, status, error);
        if (again) {
            attempt(delivery, number + 1, pauses.get(number - 1));
        } else {
            delivery.settled().run();
        }
    }

    /** The time is signed too: what was sent once cannot be sent again much later. */
    private Map<String, String> headers(Hook hook, Delivery delivery) {
        Map<String, String> headers = new TreeMap<>();
        headers.put("Content-Type", "application/json");
        headers.put("User-Agent", "weir");
        headers.put("Weir-Event", delivery.event());
        headers.put("Weir-Delivery", delivery.id());
        if (hook.getSecret() != null) {
            long time = clock.instant().getEpochSecond();
            headers.put(SIGNATURE, "t=" + time + ",v1=" + sign(hook.getSecret(), time, delivery.body()));
        }
        return headers;
    }

    static String sign(ByteBuffer secret, long time, byte[] body) {
        byte[] key = new byte[secret.remaining()];
        secret.duplicate().get(key);
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            mac.update((time + ".").getBytes(StandardCharsets.US_ASCII));
            return HexFormat.of().formatHex(mac.doFinal(body));
        } catch (GeneralSecurityException never) {
            throw new IllegalStateException("Every Java has HmacSHA256", never);
        }
    }

    private void remember(
            Delivery delivery, String state, int attempts, @Nullable Integer status, @Nullable String error) {
        Deque<Delivery.Outcome> of = outcomes.computeIfAbsent(delivery.hook(), fresh -> new ArrayDeque<>());
        synchronized (of) {
            of.removeIf(one -> one.id().equals(delivery.id()));
            of.addFirst(new Delivery.Outcome(
                    delivery.id(), delivery.event(), delivery.run(), state, attempts, clock.instant(), status, error));
            if (of.size() > REMEMBERED) {
                of.removeLast();
            }
        }
    }

    /** The last deliveries to a hook by this server, newest first. */
    List<Delivery.Outcome> of(String hook) {
        Deque<Delivery.Outcome> of = outcomes.get(hook);
        if (of == null) {
            return List.of();
        }
        synchronized (of) {
            return new ArrayList<>(of);
        }
    }

    void forget(String hook) {
        outcomes.remove(hook);
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
