package dev.weir.cli.ship;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.weir.schemas.Line;
import dev.weir.schemas.LineBatch;
import dev.weir.schemas.LineBatchWriter;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/** Kafka and what stands behind it: takes records late, or never, and every number once. */
final class SimulatedSink {
    private final Deque<Runnable> onTheWay = new ArrayDeque<>();
    private final List<String> lines = new ArrayList<>();
    private long next;
    private long left;
    private long gaps;

    /** What one record holds. */
    record Sent(long firstSeq, List<String> lines, long marker, boolean dropped) {}

    long next() {
        return next;
    }

    List<String> lines() {
        return lines;
    }

    /** Entries that markers stand for. */
    long left() {
        return left;
    }

    long gaps() {
        return gaps;
    }

    int waiting() {
        return onTheWay.size();
    }

    void send(Sent record, Runnable onAcknowledged) {
        onTheWay.addLast(() -> {
            take(record);
            onAcknowledged.run();
        });
    }

    private void take(Sent record) {
        if (record.firstSeq() > next) {
            throw new AssertionError("a hole: " + record.firstSeq() + " came, " + next + " was next");
        }
        if (record.marker() >= 0) {
            long fresh = Math.max(0, record.firstSeq() + record.marker() - next);
            left += fresh;
            next += fresh;
            gaps++;
            return;
        }
        for (int i = 0; i < record.lines().size(); i++) {
            if (record.firstSeq() + i == next) {
                lines.add(record.lines().get(i));
                next++;
            }
        }
    }

    /** Some of what is on its way arrives. */
    void deliver(int most) {
        for (int i = 0; i < most && !onTheWay.isEmpty(); i++) {
            onTheWay.removeFirst().run();
        }
    }

    /** The sender is gone: some of it arrives, the rest does not. */
    void lose(int arriving) {
        deliver(arriving);
        onTheWay.clear();
    }

    /** A batch's lines; a part of a line says so. */
    static List<String> linesOf(LineBatchWriter batch) {
        List<String> lines = new ArrayList<>();
        for (Line line : ((LineBatch) batch.toRecord().getBody()).getLines()) {
            lines.add(UTF_8.decode(line.getText().duplicate()).toString());
        }
        return lines;
    }
}
