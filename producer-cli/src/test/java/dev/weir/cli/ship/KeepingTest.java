package dev.weir.cli.ship;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.weir.cli.capture.Allowance;
import dev.weir.cli.capture.Allowance.Overflow;
import dev.weir.cli.capture.Bell;
import dev.weir.cli.capture.Input;
import dev.weir.cli.capture.Stream;
import dev.weir.cli.edit.Edits;
import dev.weir.cli.mask.Masks;
import dev.weir.embedded.Await;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.Pipe;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What happens to a stream while nobody takes its lines: at every bound, exactly counted. */
@Timeout(60)
class KeepingTest {
    private static final long MOST = 1 << 20;
    private static final int LINES = 60_000; // of 40 bytes: more than twice what may wait

    @TempDir
    Path folder;

    private final Bell bell = new Bell();
    private final RecordedOutlet outlet = new RecordedOutlet();
    private final AtomicBoolean reachable = new AtomicBoolean();
    private final AtomicReference<Boolean> brief = new AtomicReference<>();
    private Optional<Thread> shipping = Optional.empty();

    @AfterEach
    void stop() throws InterruptedException {
        if (shipping.isPresent()) {
            shipping.get().interrupt();
            shipping.get().join();
        }
    }

    @Test
    void dropsTheOldestAndCountsThem() throws Exception {
        Allowance allowance = new Allowance(MOST, Overflow.DROP_OLDEST);
        Shipper shipper = ship(written(allowance, LINES), allowance);

        Await.until("all is read", () -> read == LINES);
        assertTrue(onDisk() <= MOST + (18 << 20), "on disk: " + onDisk());
        deliver(shipper);

        assertEquals(LINES, outlet.lines().size() + outlet.dropped("overflow"));
        assertTrue(outlet.dropped("overflow") > LINES / 3);
        assertEquals(line(LINES - 1), outlet.lines().get(outlet.lines().size() - 1));
        outlet.assertNumbered(LINES);
    }

    @Test
    void dropsTheNewestAndCountsThem() throws Exception {
        Allowance allowance = new Allowance(MOST, Overflow.DROP_NEWEST);
        Shipper shipper = ship(written(allowance, LINES), allowance);

        Await.until("all is read", () -> read == LINES);
        deliver(shipper);

        assertEquals(LINES, outlet.lines().size() + outlet.dropped("overflow"));
        assertEquals(line(0), outlet.lines().get(0));
        assertTrue(outlet.lines().size() * 40L <= MOST);
        outlet.assertNumbered(LINES);
    }

    @Test
    void holdsTheWriterUpAndLosesNothing() throws Exception {
        Allowance allowance = new Allowance(MOST, Overflow.BLOCK);
        Shipper shipper = ship(written(allowance, LINES), allowance);

        Await.until("the bound is reached", () -> allowance.held() > MOST - (1 << 17));
        assertTrue(read < LINES);
        assertTrue(allowance.held() <= MOST);
        deliver(shipper);

        assertEquals(IntStream.range(0, LINES).mapToObj(KeepingTest::line).toList(), outlet.lines());
        outlet.assertNumbered(LINES);
    }

    @Test
    void endsTheCommandOnceAndCountsWhatStillCame() throws Exception {
        Allowance allowance = new Allowance(MOST, Overflow.FAIL);
        List<String> ended = new ArrayList<>();
        allowance.onFailure(() -> ended.add("ended"));
        Shipper shipper = ship(written(allowance, LINES), allowance);

        Await.until("all is read", () -> read == LINES);
        deliver(shipper);

        assertEquals(List.of("ended"), ended);
        assertTrue(allowance.failed());
        assertEquals(LINES, outlet.lines().size() + outlet.dropped("overflow"));
    }

    @Test
    void givesTheDiskBackAsLinesAreDelivered() throws Exception {
        Allowance allowance = new Allowance(Long.MAX_VALUE, Overflow.BLOCK);
        reachable.set(true);
        int lines = 2_000_000; // 80 MB

        Stream stream = written(allowance, lines);
        Shipper shipper = ship(stream, allowance);
        outlet.countOnly();
        Await.until("all is read", () -> read == lines);
        Await.until("all is delivered", () -> allowance.held() == 0);
        long left = onDisk();
        deliver(shipper);

        assertTrue(left <= 40L << 20, "on disk: " + left);
        assertEquals(lines, outlet.count());
    }

    @Test
    void leavesLinesOutByFilterAndCountsThem() throws Exception {
        Allowance allowance = Allowance.unbounded();
        reachable.set(true);
        Edits edits = new Edits(
                new Masks(true, Map.of(), Map.of()),
                List.of("[0-9]"),
                List.of("[13579] of"),
                List.of(new Edits.Replacement("of ([0-9]+)", "/$1")));
        Shipper shipper = ship(written(allowance, 10_000), allowance, edits);
        deliver(shipper);

        assertEquals(5_000, outlet.lines().size());
        assertEquals(5_000, outlet.dropped("filter"));
        assertEquals(line(2).replace("of 60000", "/60000"), outlet.lines().get(1));
        outlet.assertNumbered(10_000);
    }

    private volatile int read;

    private Stream written(Allowance allowance, int lines) throws IOException {
        Pipe pipe = Pipe.open();
        Thread writer = new Thread(() -> write(pipe, lines), "writer");
        writer.setDaemon(true);
        writer.start();
        return Input.start(
                new Input.Naming("stdin", "stdin", Map.of()),
                pipe.source(),
                Channels.newChannel(OutputStream.nullOutputStream()),
                folder,
                allowance,
                System::currentTimeMillis,
                bell);
    }

    private void write(Pipe pipe, int lines) {
        try (OutputStream out = Channels.newOutputStream(pipe.sink())) {
            StringBuilder some = new StringBuilder();
            for (int i = 0; i < lines; i++) {
                some.append(line(i)).append('\n');
                if (some.length() > 30_000 || i == lines - 1) {
                    out.write(some.toString().getBytes(UTF_8));
                    some.setLength(0);
                    read = i + 1;
                }
            }
        } catch (IOException stopped) {
            assertFalse(pipe.source().isOpen());
        }
    }

    /** 39 characters. */
    @Test
    void saysThatARunIsBriefOnceItIsOver() throws Exception {
        Shipper shipper = ship(written(new Allowance(MOST, Overflow.BLOCK), 10), new Allowance(MOST, Overflow.BLOCK));

        shipper.end(new Ending(1, "exit", 0, null));

        Await.until("it is asked", () -> brief.get() != null);
        assertEquals(Boolean.TRUE, brief.get());
    }

    @Test
    void doesNotWaitLongForTheEndOfARun() throws Exception {
        ship(written(new Allowance(MOST, Overflow.BLOCK), 10), new Allowance(MOST, Overflow.BLOCK));

        Await.until("it is asked", () -> brief.get() != null);
        assertEquals(Boolean.FALSE, brief.get());
    }

    private static String line(int i) {
        return String.format("this is line number %8d of %d..", i, LINES);
    }

    private Shipper ship(Stream stream, Allowance allowance) {
        return ship(stream, allowance, Edits.masking(new Masks(true, Map.of(), Map.of())));
    }

    private Shipper ship(Stream stream, Allowance allowance, Edits edits) {
        Shipper shipper = new Shipper(
                "default/r",
                Origins.any(),
                edits.editor(),
                List.of(stream),
                allowance,
                null,
                isBrief -> {
                    brief.compareAndSet(null, isBrief.getAsBoolean());
                    return reachable.get() ? Optional.of(outlet.way()) : Optional.empty();
                },
                bell,
                System::currentTimeMillis);
        Thread thread = new Thread(shipper, "ship");
        thread.setDaemon(true);
        thread.start();
        shipping = Optional.of(thread);
        return shipper;
    }

    private void deliver(Shipper shipper) {
        reachable.set(true);
        Await.until("all is read and sent", () -> shipper.lines() > 0 && outlet.sawEndOf(shipper));
    }

    private long onDisk() throws IOException {
        try (var files = Files.list(folder)) {
            return files.mapToLong(file -> file.toFile().length()).sum();
        }
    }
}
