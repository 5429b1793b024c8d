package dev.weir.topology;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.weir.schemas.LineBatch;
import dev.weir.schemas.Marker;
import dev.weir.schemas.MarkerKind;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** read = counted + dropped + evicted + rejected, after every batch of histories nobody thought of. */
class IdentityTest {
    private static final int STEPS = 250;

    /** Small caps and a short retention, so that a short history meets all of them; models leave the heap all the time. */
    private static final Map<String, String> TIGHT = Map.of(
            "weir.retention", "8m",
            "weir.templates.per.run", "24",
            "weir.models.bytes", "1B");

    /** What an independent reader of the same history would count: no intervals, no templates, only a bit per number. */
    private static final class Oracle {
        private final Map<String, BitSet> seen = Map.of("out", new BitSet(), "err", new BitSet());
        private long read;
        private long dropped;
        private long rejected;
        private long mined;
        private long duplicates;

        boolean takes(String source, int seq) {
            BitSet numbers = seen.get(source);
            if (numbers == null || numbers.get(seq)) {
                duplicates++;
                return false;
            }
            numbers.set(seq);
            return true;
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void holdsAfterEveryBatchOfARandomHistory(long seed) {
        try (Driven driven = new Driven(TIGHT)) {
            History history = new History(driven, seed);
            for (int step = 0; step < STEPS; step++) {
                history.step();
                history.check("other-" + seed + ", step " + step);
            }
            assertTrue(history.oracle.dropped > 0 && history.oracle.rejected > 0, "not all kinds occurred");
            assertTrue(driven.view("run").accounting().evicted() > 0, "nothing was evicted");
            assertTrue(driven.shared.counters().rebuilds.sum() > 10, "no model was rebuilt");
        }
    }

    @Test
    void holdsForReadersWhoNeverStopReading() throws InterruptedException {
        try (Driven driven = new Driven(TIGHT)) {
            History history = new History(driven, 7);
            history.step();
            AtomicBoolean stop = new AtomicBoolean();
            AtomicLong readings = new AtomicLong();
            AtomicReference<String> wrong = new AtomicReference<>("");
            List<Thread> readers = new ArrayList<>();
            for (int i = 0; i < 2; i++) {
                Thread reader = new Thread(() -> {
                    while (!stop.get()) {
                        driven.reading("run", Extent.all(0).withoutSlots())
                                .fold(
                                        run -> {
                                            if (!agrees(run)) {
                                                wrong.set(run.accounting() + " but templates count " + sum(run));
                                            }
                                            return readings.incrementAndGet();
                                        },
                                        () -> 0L,
                                        elsewhere -> 0L,
                                        restoring -> 0L);
                    }
                });
                reader.start();
                readers.add(reader);
            }

            for (int step = 0; step < STEPS || readings.get() < 200; step++) {
                history.step();
            }
            stop.set(true);
            for (Thread reader : readers) {
                reader.join();
            }

            assertEquals("", wrong.get());
            history.check("at the end");
        }
    }

    private static boolean agrees(RunView run) {
        return run.accounting().addsUp() && sum(run) == run.accounting().counted();
    }

    private static long sum(RunView run) {
        return run.templates().stream().mapToLong(RunView.Template::count).sum();
    }

    /** One run's life, made up as it goes. */
    private static final class History {
        private final Driven driven;
        private final Random random;
        private final Oracle oracle = new Oracle();
        private final int[] next = new int[2];
        private long noise;

        History(Driven driven, long seed) {
            this.driven = driven;
            this.random = new Random(seed);
        }

        void step() {
            int which = random.nextInt(2);
            String source = which == 0 ? "out" : "err";
            int first = switch (random.nextInt(8)) {
                case 0 -> Math.max(0, next[which] - random.nextInt(12)); // a resend, in part or in whole
                case 1 -> next[which] + random.nextInt(4); // a gap
                default -> next[which];
            };
            int count;
            if (random.nextInt(10) == 0) {
                count = mark(source, first);
            } else {
                count = lines(source, first);
            }
            next[which] = Math.max(next[which], first + count);
            if (random.nextInt(6) == 0) {
                // Another run: this one's model leaves the heap and is rebuilt from its rows.
                driven.lines("noise", "out", noise++, "tick");
            }
            if (random.nextInt(6) == 0) {
                driven.pass(Duration.ofSeconds(random.nextInt(90)));
            }
            if (random.nextInt(60) == 0) {
                driven.pass(Duration.ofMinutes(random.nextInt(7)));
            }
        }

        private int mark(String source, int first) {
            int count = random.nextInt(5);
            driven.record(
                    "run",
                    LineBatch.newBuilder()
                            .setSource(source)
                            .setEpoch(1)
                            .setFirstSeq(first)
                            .setBaseTime(Instant.ofEpochMilli(driven.now()))
                            .setMarker(Marker.newBuilder()
                                    .setKind(MarkerKind.DROPPED)
                                    .setCount(count)
                                    .setReason("overflow")
                                    .build())
                            .build());
            for (int i = 0; i < count; i++) {
                if (oracle.takes(source, first + i)) {
                    oracle.read++;
                    oracle.dropped++;
                }
            }
            return count;
        }

        private int lines(String source, int first) {
            List<byte[]> texts = new ArrayList<>();
            int count = 1 + random.nextInt(20);
            for (int i = 0; i < count; i++) {
                boolean huge = random.nextInt(400) == 0;
                texts.add(huge ? new byte[Batches.LONGEST_ENTRY + 1] : line().getBytes(StandardCharsets.UTF_8));
                if (oracle.takes(source, first + i)) {
                    oracle.read++;
                    if (huge) {
                        oracle.rejected++;
                    } else {
                        oracle.mined++;
                    }
                }
            }
            driven.raw("default/run", driven.framed(source, first, texts));
            return count;
        }

        private String line() {
            String noun = WORDS[random.nextInt(WORDS.length)];
            return switch (random.nextInt(7)) {
                case 0 -> "started worker " + noun + " in " + random.nextInt(1000) + " ms";
                case 1 -> "ERROR " + noun + " failed";
                case 2 -> "    at " + noun + "(" + noun + ".java:" + random.nextInt(99) + ")";
                case 3 -> noun + " " + WORDS[random.nextInt(WORDS.length)] + " " + WORDS[random.nextInt(WORDS.length)];
                case 4 -> "";
                case 5 -> "user=" + noun + " size=" + random.nextInt();
                default -> "step " + random.nextInt(50) + " of 50";
            };
        }

        void check(String when) {
            RunView run = driven.view("run");
            Accounting books = run.accounting();
            assertTrue(books.addsUp(), when + ": " + books);
            assertEquals(books.counted(), sum(run), when + ": templates");
            assertEquals(oracle.read, books.read(), when + ": read");
            assertEquals(oracle.dropped, books.droppedLines(), when + ": dropped");
            assertEquals(oracle.rejected, books.rejectedLines(), when + ": rejected");
            assertEquals(oracle.mined, books.counted() + books.evicted(), when + ": mined");
            assertEquals(oracle.duplicates, books.duplicates(), when + ": duplicates");
        }
    }

    private static final String[] WORDS = {
        "alpha", "beta", "gamma", "delta", "epsilon", "zeta", "eta", "theta", "iota", "kappa", "lambda", "mu", "nu",
        "xi"
    };
}
