package dev.weir.compact;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ObjDoubleConsumer;
import org.jspecify.annotations.Nullable;

/** What stands above a line and may say what it belongs to: the lines right before it, the one it is indented under, titles. */
final class Above {
    private static final int TAIL = 25;
    private static final int DEEPEST = 32;

    /** How near the line right above is, and how much farther each one above that. */
    private static final double NEXT = 1.2;

    private static final double STEP = .8;
    /** How near the line is that it stands under. */
    private static final double UNDER = .8;

    private static final double HEADING = 3.2;
    /** How near the line is that says what it all belongs to, however far above it stands. */
    private static final double TITLE = 1.2;

    private final ArrayDeque<Candidate> last = new ArrayDeque<>();
    /** The last line of every depth of indentation that is still open. */
    private final List<Candidate> open = new ArrayList<>();

    /** The title above, if nothing suspicious has come since. */
    private @Nullable Candidate heading;

    /** The line above that says what has begun: {@code == topic/07}. */
    private @Nullable Candidate title;

    /** Lines before this one stand elsewhere. */
    private long apart;

    void remember(Candidate line) {
        last.addLast(line);
        if (last.size() > TAIL) {
            last.removeFirst();
        }
        while (!open.isEmpty() && open.get(open.size() - 1).indent >= line.indent) {
            open.remove(open.size() - 1);
        }
        if (open.size() < DEEPEST) {
            open.add(line);
        }
    }

    @Nullable
    Candidate last() {
        return last.peekLast();
    }

    void heading(Candidate line) {
        heading = line;
    }

    void title(Candidate line) {
        title = line;
    }

    /** What comes next does not stand beside what came last. */
    void gap(long position) {
        apart = position;
        title = null;
        open.clear();
    }

    /** Tells of every line above this one how near it is. */
    void tell(Candidate of, ObjDoubleConsumer<Candidate> near) {
        double left = NEXT;
        for (var back = last.descendingIterator(); back.hasNext() && left > 0; left -= STEP) {
            Candidate line = back.next();
            if (line.position < apart) {
                return;
            }
            near.accept(line, left + Suspicion.besides(line.plain()));
        }
        if (heading != null) {
            near.accept(heading, HEADING);
            heading = null;
        }
        if (title != null && title != of) {
            title.news = true;
            near.accept(title, TITLE);
        }
        for (int i = open.size() - 1; i >= 0; i--) {
            if (open.get(i).indent < of.indent) {
                near.accept(open.get(i), UNDER);
                return;
            }
        }
    }

    /** The line right above, if this one is indented under it. */
    @Nullable
    Candidate parent(Candidate of) {
        Candidate above = last.peekLast();
        boolean under = above != null
                && above.position == of.position - 1
                && above.position >= apart
                && above.indent < of.indent;
        return under ? above : null;
    }

    /** The last lines, once. */
    List<Candidate> end() {
        List<Candidate> all = List.copyOf(last);
        last.clear();
        return all;
    }
}
