package dev.weir.cli.ship;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.weir.cli.capture.Allowance;
import dev.weir.cli.capture.Allowance.Overflow;
import dev.weir.cli.capture.SimulatedCapture;
import dev.weir.cli.edit.Edits;
import dev.weir.cli.mask.Masks;
import dev.weir.schemas.LineBatchWriter;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

/**
 * One run of one stream through relay, spool, reader and the numbers by which resends are told, with everything that can go
 * wrong chosen by a seed: kills, a full disk, bounds, torn and flipped bits, acknowledgements that are late or lost.
 */
final class Simulation {
    /** What goes wrong in a run. */
    private enum Trouble {
        NONE,
        KILLS,
        FULL_DISK,
        OVERFLOW,
        DAMAGE
    }

    private static final LineBatchWriter BATCH = new LineBatchWriter(1 << 12);

    private final long seed;
    private final Random random;
    private final Trouble trouble;
    private final Allowance allowance;
    private final SimulatedCapture capture;
    private final SimulatedSink sink = new SimulatedSink();
    private final List<String> written = new ArrayList<>();
    private final boolean filters;
    private SourceReader reader;
    private boolean severelyDamaged;

    Simulation(long seed) {
        this.seed = seed;
        this.random = new Random(seed * 0x9E3779B97F4A7C15L);
        this.trouble = Trouble.values()[random.nextInt(Trouble.values().length)];
        boolean held = trouble == Trouble.KILLS || trouble == Trouble.DAMAGE || random.nextBoolean();
        this.filters = trouble != Trouble.DAMAGE && random.nextInt(3) == 0;
        Overflow overflow = List.of(Overflow.BLOCK, Overflow.DROP_OLDEST, Overflow.DROP_NEWEST)
                .get(random.nextInt(3));
        this.allowance = trouble == Trouble.OVERFLOW
                ? new Allowance(4_000 + random.nextInt(6_000), overflow)
                : trouble == Trouble.FULL_DISK
                        ? new Allowance(Long.MAX_VALUE, Overflow.DROP_NEWEST)
                        : Allowance.unbounded();
        long room = trouble == Trouble.FULL_DISK ? 1_000 + random.nextInt(20_000) : Long.MAX_VALUE / 2;
        this.capture = new SimulatedCapture(random, held, room, allowance);
        this.reader = reader(0);
    }

    private SourceReader reader(long known) {
        List<String> exclude = filters ? List.of("[3-5]:") : List.of();
        Edits edits = new Edits(new Masks(true, Map.of(), Map.of()), List.of(), exclude, List.of());
        SourceReader made = new SourceReader(capture.stream(), edits.editor());
        made.startAt(known);
        return made;
    }

    void run() throws IOException, InterruptedException {
        int lines = 20 + random.nextInt(400);
        for (int i = 0; i < lines; i++) {
            write(i, i == lines - 1);
            if (random.nextInt(4) == 0) {
                somethingHappens();
            }
        }
        capture.closePipe();
        for (int patience = 0; !isOver(); patience++) {
            somethingHappens();
            if (patience > 50 && trouble == Trouble.FULL_DISK) {
                capture.room(Long.MAX_VALUE / 2);
            }
            ship(100);
            sink.deliver(100);
            check(patience < 10_000, "it does not come to its end");
        }
        judge();
    }

    private void write(int i, boolean last) throws IOException {
        StringBuilder line = new StringBuilder().append(i).append(':');
        int length = random.nextInt(50) == 0 ? random.nextInt(3_000) : random.nextInt(60);
        for (int c = 0; c < length; c++) {
            line.append((char) ('a' + random.nextInt(26)));
        }
        written.add(line.toString());
        boolean newline = !last || random.nextBoolean();
        capture.write((newline ? line + "\n" : line.toString()).getBytes(UTF_8));
        capture.tick();
    }

    private void somethingHappens() throws IOException, InterruptedException {
        capture.relay(random.nextInt(20));
        capture.follow();
        if (random.nextInt(3) > 0) {
            ship(1 + random.nextInt(3));
        }
        if (random.nextInt(3) == 0) {
            sink.deliver(random.nextInt(5));
        }
        reader.release();
        switch (trouble) {
            case KILLS -> {
                if (random.nextInt(8) == 0) {
                    kill();
                }
            }
            case FULL_DISK -> capture.room(random.nextInt(6) == 0 ? Long.MAX_VALUE / 2 : random.nextInt(30_000));
            case OVERFLOW -> {
                long excess = allowance.excess();
                if (excess > 0) {
                    reader.skip(excess);
                }
            }
            case DAMAGE -> {
                if (!flipped && capture.flip(readUpTo(), damageBits())) {
                    flipped = true;
                }
            }
            case NONE -> {
                // as on most days
            }
        }
    }

    private boolean flipped;

    private int damageBits() {
        severelyDamaged = random.nextInt(4) == 0;
        return severelyDamaged ? 7 : 1;
    }

    private long readUpTo() {
        return reader.readTo();
    }

    private void kill() throws IOException {
        sink.lose(random.nextInt(1 + sink.waiting()));
        if (random.nextInt(3) == 0) {
            capture.tearLedger();
        }
        capture.kill();
        reader = reader(random.nextBoolean() ? sink.next() : 0);
    }

    private void ship(int most) throws IOException {
        for (int i = 0; i < most && sink.waiting() < 10; i++) {
            long first;
            SimulatedSink.Sent sent;
            if (reader.fill(BATCH, 1, 400 + random.nextInt(2_000), 1 + random.nextInt(40), 5)) {
                LineBatchWriter batch = BATCH;
                sent = new SimulatedSink.Sent(firstSeqOf(batch), SimulatedSink.linesOf(batch), -1, false);
            } else {
                first = reader.position().nextSeq();
                Optional<Marker> gap = reader.gap();
                if (gap.isEmpty()) {
                    return;
                }
                sent = new SimulatedSink.Sent(
                        first, List.of(), gap.get().count(), gap.get().dropped());
            }
            var acknowledged = reader.mark();
            SourceReader sender = reader;
            sink.send(sent, () -> sender.acknowledge(acknowledged));
        }
    }

    private static long firstSeqOf(LineBatchWriter batch) {
        return ((dev.weir.schemas.LineBatch) batch.toRecord().getBody()).getFirstSeq();
    }

    private boolean isOver() throws IOException, InterruptedException {
        capture.relay(100);
        if (!capture.over()) {
            return false;
        }
        ship(100);
        return reader.finished() && sink.waiting() == 0;
    }

    private void judge() {
        List<String> kept = filters
                ? written.stream()
                        .filter(line -> !line.matches("(?s)\\d*[3-5]:.*"))
                        .toList()
                : written;
        boolean mayLose = trouble == Trouble.FULL_DISK && allowance.overflow() == Overflow.DROP_NEWEST
                || trouble == Trouble.OVERFLOW && allowance.overflow() != Overflow.BLOCK
                || severelyDamaged;
        if (!mayLose) {
            check(kept.equals(sink.lines()), "lines differ: " + firstDifference(kept, sink.lines()));
            check(sink.left() == written.size() - kept.size(), "left out " + sink.left());
            return;
        }
        int at = 0;
        int whole = 0;
        for (String line : sink.lines()) {
            int found = kept.subList(at, kept.size()).indexOf(line);
            if (found >= 0) {
                at += found + 1;
                whole++;
            } else {
                check(isTorn(line), "never written: " + line);
            }
        }
        long entries = sink.lines().size() + sink.left();
        if (!severelyDamaged) {
            check(entries == written.size(), entries + " entries of " + written.size() + " lines, " + whole + " whole");
        }
        check(sink.lines().size() - whole <= 2 * sink.gaps(), "more torn lines than gaps");
    }

    private boolean isTorn(String line) {
        return written.stream().anyMatch(each -> each.startsWith(line) || each.endsWith(line));
    }

    private static String firstDifference(List<String> expected, List<String> actual) {
        for (int i = 0; i < Math.min(expected.size(), actual.size()); i++) {
            if (!expected.get(i).equals(actual.get(i))) {
                return i + ": " + expected.get(i) + " became " + actual.get(i);
            }
        }
        return expected.size() + " became " + actual.size();
    }

    private void check(boolean holds, String otherwise) {
        if (!holds) {
            throw new AssertionError("seed " + seed + " (" + trouble + ", " + allowance.overflow()
                    + (filters ? ", filters" : "") + "): " + otherwise);
        }
    }
}
