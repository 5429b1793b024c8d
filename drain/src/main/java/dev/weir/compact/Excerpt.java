package dev.weir.compact;

import dev.weir.drain.Level;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The lines of a run that explain a failure best, as they were: lines that look wrong, what stands right before and after
 * them, and the less indented line they stand under. Lines of one kind, equal but for their numbers, are kept a few times
 * and counted always, so that memory has a bound whatever the run writes. Confined to one thread.
 */
public final class Excerpt {
    private static final int MOST_OF_A_KIND = 4;
    private static final int MOST_KEPT = 6000;
    /** What a suspicious line has before its neighbours. */
    private static final double FIRST = 1.5;

    private static final double WARM = 2.6;
    private static final double BESIDE = 2.4;
    /** How near a place in the program's own files always is. */
    private static final double NEAR = 2;
    /** What such a place is worth where nothing suspicious stands near. */
    private static final double OWN = 1.8;
    /** What the line right below a place has more. */
    private static final double SOURCE = .8;

    /** Lines that go with what was suspicious, if there is room. */
    private static final int FAR = 40;
    /** What any line after something suspicious is worth. */
    private static final double REST = .05;

    private static final Pattern NAMES = Pattern.compile("\\S*[/\\\\]\\S*|'[^']*'|\"[^\"]*\"|\\d+");

    private final Kinds kinds = new Kinds();
    /** Kinds of errors for which there was no room, by their words without digits alone. */
    private final Kinds coarse = new Kinds();
    /** How many kinds differ in names alone. */
    private final Kinds forms = new Kinds();

    private final Templates templates = new Templates();

    private final List<Candidate> kept = new ArrayList<>();
    private final Above above = new Above();
    private final Quoted quoted = new Quoted();

    private long position;
    /** How near the last suspicious line is, and how deep it stood. */
    private double warmth;

    private int depth;
    /** The last suspicious line. */
    private @Nullable Candidate anchor;

    /** Lines since the last suspicious one. */
    private int since = FAR;
    /** Whether the line above named a place; then its source comes next. */
    private boolean placed;
    /** Whether the line above announced a value. */
    private boolean announced;

    /** Takes the next line; {@code first} says whether it began an event. The bytes are the caller's again afterwards. */
    public void line(byte[] bytes, int from, int length, Level level, boolean first, int template) {
        int to = from + length;
        int stamp = Stamp.length(bytes, from, to);
        int said = from + stamp;
        int indent = Shown.indent(bytes, said, to);
        if (indent < 0) {
            warmth -= .5;
            quoted.end();
            return;
        }
        position++;
        long kind = LineHash.alike(bytes, said, to);
        long own = LineHash.exact(bytes, said, to);
        int seen = kinds.add(kind, own);
        if (seen == 0 && level.compareTo(Level.ERROR) >= 0) {
            seen = coarse.add(LineHash.wording(bytes, said, to), own);
        }
        boolean warm = warmth > 0;
        boolean value = announced && warm;
        announced = warm && bytes[to - 1] == ':' && Suspicion.announces(line(bytes, said, to));
        boolean rare = value || announced || (seen == 0 ? level.compareTo(Level.ERROR) >= 0 : seen <= MOST_OF_A_KIND);
        // What goes on with an event has the template of its first line.
        int mined = first ? template : -1;
        templates.add(mined);
        Candidate line = new Candidate(position, Shown.copy(bytes, from, to), stamp, kind, indent, mined);
        String plain = rare ? line.plain() : "";
        if (rare) {
            line.shared = above.last() == null ? 0 : Beginning.shared(above.last(), line);
            line.form = NAMES.matcher(plain).replaceAll("*").hashCode();
            forms.add(line.form, 0);
        }
        if (rare && indent <= 4 && Suspicion.heading(plain)) {
            above.heading(line);
        }
        if (indent == 0 && Suspicion.title(bytes, said, to)) {
            above.title(line);
        }
        boolean isQuoted = rare ? quoted.is(plain, indent) : quoted.is(level);
        double suspicion = rare && !isQuoted ? Suspicion.of(plain, level, first) : 0;
        if (indent > 0
                && suspicion >= Suspicion.STRONG
                && (Suspicion.statement(plain) || Suspicion.comment(line.said()))) {
            // Its level, too, may come of words that it only quotes.
            suspicion = 0;
        }
        since++;
        if (suspicion >= Suspicion.STRONG) {
            strong(line, suspicion);
        } else if (warm && stillWarm(line, plain, rare)) {
            line.news = value || announced;
            beside(line, plain, rare, value);
        } else if (rare && Suspicion.place(plain) && Suspicion.besides(plain) > 0) {
            place(line);
        } else if (rare && anchor != null) {
            // For the room that better lines leave.
            keep(line, Math.max(REST, 1.5 - since * 1.5 / FAR) + Suspicion.besides(plain) / 2);
        }
        if (suspicion > 0 && suspicion < Suspicion.STRONG) {
            keep(line, suspicion);
        }
        placed = rare && Suspicion.place(plain) && !Suspicion.foreign(plain);
        above.remember(line);
    }

    private static String line(byte[] bytes, int from, int to) {
        return Shown.plain(Shown.text(Shown.copy(bytes, from, to)));
    }

    private void strong(Candidate line, double suspicion) {
        warmth = WARM;
        since = 0;
        depth = line.indent;
        line.wrong = true;
        keep(line, suspicion + FIRST);
        above.tell(line, (other, near) -> keep(other, BESIDE + near, line));
        anchor = line;
    }

    /** Frames of libraries stand between the message and the line that matters. */
    private boolean stillWarm(Candidate line, String plain, boolean rare) {
        boolean near = rare && Suspicion.besides(plain) > 0;
        warmth -= rare && Suspicion.foreign(plain) ? .05 : near || line.indent > depth ? .2 : .4;
        return warmth > 0;
    }

    /** Below something suspicious. */
    private void beside(Candidate line, String plain, boolean rare, boolean value) {
        if (rare) {
            double besides = Suspicion.besides(plain);
            double near = besides > 0 && Suspicion.place(plain) ? Math.max(warmth, NEAR) : warmth;
            keep(line, BESIDE + near + source(plain, besides, value), anchor);
        }
    }

    /** A place in the program's own files, and what it is the place of, if that stands above it: a frame of two lines. */
    private void place(Candidate line) {
        keep(line, OWN + Suspicion.besides(line.plain()));
        Candidate parent = above.parent(line);
        if (parent != null) {
            keep(parent, OWN);
        }
    }

    /** What it is worth to be the source of the place above, or to be any other source. */
    private double source(String plain, double besides, boolean value) {
        if (besides != 0) {
            return besides;
        }
        return placed || value ? SOURCE : Suspicion.statement(plain) ? -SOURCE : 0;
    }

    /** What comes next does not stand beside what came last: lines between them were not looked at. */
    public void gap() {
        position += 2;
        warmth = 0;
        above.gap(position);
    }

    /** Whether a line by itself looks as if it explained a failure, so that its neighbours are worth looking at. */
    public static boolean suspicious(String line, Level level) {
        return Suspicion.of(Shown.plain(line.substring(Stamp.length(line))), level, true) >= Suspicion.STRONG;
    }

    private void keep(Candidate line, double score) {
        keep(line, score, null);
    }

    private void keep(Candidate line, double score, @Nullable Candidate because) {
        if (score > line.score) {
            line.score = score;
            line.because = because;
        }
        if (!line.listed) {
            if (kept.size() >= MOST_KEPT) {
                thin();
            }
            line.listed = true;
            kept.add(line);
        }
    }

    /** The less suspicious half goes. */
    private void thin() {
        Choice choice = new Choice(kinds, forms, templates);
        kept.sort(Comparator.comparingDouble(choice::rated).reversed());
        List<Candidate> gone = kept.subList(MOST_KEPT / 2, kept.size());
        gone.forEach(line -> line.listed = false);
        gone.clear();
    }

    /**
     * The best lines that fit, in the order they were written; an ellipsis stands for what was left out between them. Of a
     * kind that came up more often one line is shown and, unless all were the same, the kind itself with its numbers left out.
     */
    public List<String> lines(int room) {
        for (Candidate line : above.end()) {
            keep(line, (line.listed ? line.score : 1) + 1);
        }
        return new Choice(kinds, forms, templates).lines(kept, room);
    }
}
