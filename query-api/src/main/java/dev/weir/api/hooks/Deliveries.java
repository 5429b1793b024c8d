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

/**
 * Sends deliveries, signed, and again later if they fail. An event is settled, and so not read again after a restart, only
 * when its delivery was taken or given up. Safe for any number of threads.
 */
final class Deliveries implements AutoCloseable {
    static final String SIGNATURE = "Weir-Signature";
    private static final int AT_ONCE = 4;
    private static final int COMMANDS_AT_ONCE = 2;
    private static final int REMEMBERED = 50;

    private final Function<String, Optional<Hook>> hooks;
    private final boolean privateAllowed;
    private final CommandCall commands;
    private final Clock clock;
    private final List<Duration> pauses;
    private final ScheduledExecutorService threads;
    /** Of their own: a command that takes its time keeps no URL waiting. */
    private final ScheduledExecutorService commandThreads;

    private final Map<String, Deque<Delivery.Outcome>> outcomes = new ConcurrentHashMap<>();

    /**
     * @param privateAllowed whether a hook may be one that calls private addresses
     * @param commands what starts commands
     * @param pauses before each further attempt; after the last it is given up
     */
    Deliveries(
            Function<String, Optional<Hook>> hooks,
            boolean privateAllowed,
            CommandCall commands,
            Clock clock,
            List<Duration> pauses) {
        this.hooks = hooks;
        this.privateAllowed = privateAllowed;
        this.commands = commands;
        this.clock = clock;
        this.pauses = List.copyOf(pauses);
        this.threads = pool(AT_ONCE);
        this.commandThreads = pool(COMMANDS_AT_ONCE);
    }

    private static ScheduledExecutorService pool(int threads) {
        return Executors.newScheduledThreadPool(threads, task -> {
            Thread thread = new Thread(task, "hooks");
            thread.setDaemon(true);
            return thread;
        });
    }

    void send(Delivery delivery) {
        attempt(delivery, 1, Duration.ZERO);
    }

    private void attempt(Delivery delivery, int number, Duration pause) {
        boolean command = hooks.apply(delivery.hook())
                .map(hook -> !hook.getCommand().isEmpty())
                .orElse(false);
        try {
            (command ? commandThreads : threads)
                    .schedule(() -> attempt(delivery, number), pause.toMillis(), TimeUnit.MILLISECONDS);
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
        Called called;
        try {
            called = hook.getCommand().isEmpty() ? post(hook, delivery) : commands.of(hook, delivery);
        } catch (InterruptedException closing) {
            // Not settled, as above.
            Thread.currentThread().interrupt();
            return;
        }
        boolean again = !called.taken() && !called.hopeless() && number <= pauses.size();
        remember(delivery, called.taken() ? "delivered" : again ? "retrying" : "failed", number, called);
        if (again) {
            attempt(delivery, number + 1, pauses.get(number - 1));
        } else {
            delivery.settled().run();
        }
    }

    private Called post(Hook hook, Delivery delivery) {
        try {
            return Called.answered(new Post(privateAllowed && hook.getAllowPrivate())
                    .send(URI.create(String.valueOf(hook.getUrl())), headers(hook, delivery), delivery.body()));
        } catch (Post.PrivateAddress refused) {
            return Called.refused(String.valueOf(refused.getMessage()));
        } catch (IOException away) {
            return Called.failed(away.getClass().getSimpleName() + ": " + away.getMessage());
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

    private void remember(Delivery delivery, String state, int attempts, Called called) {
        Deque<Delivery.Outcome> of = outcomes.computeIfAbsent(delivery.hook(), fresh -> new ArrayDeque<>());
        synchronized (of) {
            of.removeIf(one -> one.id().equals(delivery.id()));
            of.addFirst(new Delivery.Outcome(
                    delivery.id(), delivery.event(), delivery.run(), state, attempts, clock.instant(), called));
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
        commandThreads.shutdownNow();
    }
}
