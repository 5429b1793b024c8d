package dev.weir.api.lines;

import dev.weir.api.http.Problem;
import dev.weir.api.lines.LineLog.RunRef;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.LongConsumer;
import java.util.function.Predicate;

/**
 * The last entries before an offset. The topic can only be read forwards, so it is read from ever further back until
 * enough are found; reading twice as far each time costs at most twice the last reading.
 */
final class Tail {
    private static final int FIRST_STEP = 8;
    private static final long MOST_BYTES = 32L << 20;

    private Tail() {}

    static Deque<Entry> of(
            LineLog log, RunRef run, long begin, long end, int most, Predicate<Entry> wanted, LongConsumer ended) {
        Deque<Entry> last = new ArrayDeque<>();
        if (most == 0) {
            return last;
        }
        for (long step = FIRST_STEP; ; step *= 4) {
            long from = Math.max(begin, end - step);
            last.clear();
            long[] bytes = {0};
            log.scan(run, from, end, entry -> {
                if (entry.kind() == Entry.Kind.ENDED) {
                    ended.accept(entry.offset());
                } else if (wanted.test(entry)) {
                    last.add(entry);
                    bytes[0] += entry.bytes().length;
                    if (last.size() > most) {
                        bytes[0] -= last.remove().bytes().length;
                    }
                    if (bytes[0] > MOST_BYTES) {
                        throw new Problem(
                                        422,
                                        "tail-too-large",
                                        "The last " + most + " lines take more than " + MOST_BYTES
                                                + " bytes: ask for fewer, or for a window with from and to")
                                .of(run.run());
                    }
                }
                return true;
            });
            if (last.size() >= most || from == begin) {
                return last;
            }
        }
    }
}
