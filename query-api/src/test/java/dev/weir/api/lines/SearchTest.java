package dev.weir.api.lines;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.weir.api.http.Problem;
import java.time.Duration;
import java.util.Deque;
import org.junit.jupiter.api.Test;

class SearchTest {
    private static final LineLog.RunRef RUN = new LineLog.RunRef("default", "run-1");

    /** A log of one line, which is looked at for as long as it takes until somebody has enough. */
    private record Endless() implements LineLog {
        @Override
        public int partition(RunRef run) {
            return 0;
        }

        @Override
        public long begin(RunRef run) {
            return 0;
        }

        @Override
        public long end(RunRef run) {
            return 1;
        }

        @Override
        public long at(RunRef run, long millis) {
            return 0;
        }

        @Override
        public boolean scan(RunRef run, long from, long end, Resends resends, long mostBytes, Visitor each) {
            while (each.accept(Entry.told(Entry.Kind.GAP, 0, 0, "gap", 1))) {
                each.between();
            }
            return true;
        }
    }

    @Test
    void lookingForWhatIsNotThereEndsWithHowToNarrow() {
        Search search = new Search(new Endless(), Duration.ofMillis(5));

        Problem problem =
                assertThrows(Problem.class, () -> search.scan(RUN, 0, 1, new Resends(), Long.MAX_VALUE, entry -> true));

        assertEquals(422, problem.status());
        assertEquals("query-too-costly", problem.code());
        assertTrue(String.valueOf(problem.getMessage()).contains("narrow with from and to"), problem.getMessage());
    }

    @Test
    void aTailThatNothingPassesEndsToo() {
        Search search = new Search(new Endless(), Duration.ofMillis(5));

        assertThrows(Problem.class, () -> Tail.of(search, RUN, 0, 1, 10, entry -> false, ended -> {}));
    }

    @Test
    void whatIsFoundIsGiven() {
        Search search = new Search(new Endless(), Duration.ofHours(1));
        int[] seen = {0};

        search.scan(RUN, 0, 1, new Resends(), Long.MAX_VALUE, entry -> ++seen[0] < 3);
        Deque<Entry> none = Tail.of(search, RUN, 0, 0, 0, entry -> true, ended -> {});

        assertEquals(3, seen[0]);
        assertTrue(none.isEmpty());
    }
}
