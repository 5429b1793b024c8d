package dev.weir.api.runs;

import dev.weir.snapshot.Snapshot.ErrorBlock;
import dev.weir.topology.RunView;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/** What snapshots want of the raw lines, which lie in weir.lines. */
public interface RawLines {

    /** All lines of the run that are wanted, in order of arrival; empty if they take more bytes or are gone in part. */
    Optional<List<String>> all(RunView view, Wanted wanted, int mostBytes);

    /** The template's last event: its line, what follows from it, as they were; a sample where the lines are gone. */
    ErrorBlock errorBlock(RunView view, RunView.Template template);

    record Wanted(
            long from, long to, Set<String> levels, Optional<String> stream, Optional<Predicate<String>> matching) {
        static Wanted of(
                long from, long to, Set<String> levels, Optional<String> stream, Optional<Predicate<String>> matching) {
            return new Wanted(from, to, levels, stream, matching);
        }
    }
}
