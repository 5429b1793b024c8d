package dev.weir.api.runs;

import dev.weir.compact.Excerpt;
import dev.weir.topology.RunView;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/** What snapshots want of the raw lines, which lie in weir.lines. */
public interface RawLines {

    /** All lines of the run that are wanted, in order of arrival; empty if they take more bytes or are gone in part. */
    Optional<List<String>> all(RunView view, Wanted wanted, int mostBytes);

    /** What explains best what went wrong: as many of its lines as there is room for, as they were and in order. */
    Excerpt evidence(RunView view, Wanted wanted);

    /** The last lines that are wanted. */
    List<String> tail(RunView view, Wanted wanted, int most);

    /**
     * How many lines arrived in each of so many steps, by level; empty if they take more than {@code mostBytes} to read, or
     * are gone in part.
     */
    Optional<Map<String, long[]>> volume(RunView view, long from, long step, int steps, int mostBytes);

    record Wanted(
            long from, long to, Set<String> levels, Optional<String> stream, Optional<Predicate<String>> matching) {
        static Wanted of(
                long from, long to, Set<String> levels, Optional<String> stream, Optional<Predicate<String>> matching) {
            return new Wanted(from, to, levels, stream, matching);
        }
    }
}
