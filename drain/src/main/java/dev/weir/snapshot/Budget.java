package dev.weir.snapshot;

import dev.weir.snapshot.Snapshot.ErrorBlock;
import dev.weir.snapshot.Snapshot.FirstError;
import dev.weir.snapshot.Snapshot.Omitted;
import dev.weir.snapshot.Snapshot.Signal;
import dev.weir.snapshot.Snapshot.Template;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/**
 * Cuts a snapshot to a number of tokens, at {@value #BYTES_PER_TOKEN} bytes each of what is really sent.
 *
 * <p>Room goes, in this order, to: status, accounting and the first error; as many templates as fit, in rank order and
 * in their short form; the last error's lines, at most 17 twentieths of the whole; then detail, again in rank order. What a
 * reader loses first is detail, then the least of the templates, never the numbers that say what is missing.
 */
public final class Budget {
    public static final int BYTES_PER_TOKEN = 4;
    public static final int LEAST = 100;
    /** Twentieths of the whole that the lines of an error may take. */
    private static final int EVIDENCE = 17;
    /** What part of the whole signals may take. */
    private static final int SIGNALS = 10;

    private static final String NEW_VALUE = "new-value";
    /** What it takes to say that much was left out. */
    private static final int OF_OMITTED = 24;

    private final Rendering rendering;
    private final int room;

    public Budget(int tokens, Rendering rendering) {
        if (tokens < LEAST) {
            throw new IllegalArgumentException("A budget of " + tokens + " tokens: use " + LEAST + " at least");
        }
        this.rendering = rendering;
        this.room = (int) Math.min(Integer.MAX_VALUE, (long) tokens * BYTES_PER_TOKEN);
    }

    public boolean fits(byte[] rendered) {
        return rendered.length <= room;
    }

    /** Bytes that the lines of an error may take. */
    public int evidence() {
        return room * EVIDENCE / 20;
    }

    /**
     * Lines of an error that take no more than their share as they are printed: asked for again, with less room, where they
     * take more.
     *
     * @param whole what they stand in
     * @param within the best lines in so many bytes
     */
    public List<String> evidence(Snapshot whole, IntFunction<List<String>> within) {
        Snapshot frame = frame(whole);
        int share = Math.min(evidence(), room - size(frame) - OF_OMITTED);
        int asked = share;
        List<String> lines = within.apply(asked);
        for (int over = printed(frame, lines) - share; over > 0 && asked > 0; over = printed(frame, lines) - share) {
            asked -= Math.max(over, 16);
            lines = within.apply(asked);
        }
        return lines;
    }

    private int printed(Snapshot frame, List<String> lines) {
        Snapshot without = frame.withErrors(null, null);
        return size(frame.withErrors(null, new ErrorBlock(0, lines, true))) - size(without);
    }

    /** Bytes of lines that could fit at the very most; what has more needs no try. */
    public int room() {
        return room;
    }

    /**
     * The whole within the budget.
     *
     * @param whole says in {@code matched} how much there is of all of {@code ranked}
     * @param ranked every template that matches, best first; only those that may be shown are looked at
     */
    public byte[] cut(Snapshot whole, List<Template> ranked, int limit) {
        List<Template> first = ranked.subList(0, Math.min(limit, ranked.size()));
        List<Template> wanted = whole.errorBlock() == null ? first : new Beside(whole.errorBlock()).order(first);
        Snapshot frame = frame(whole);
        List<Template> shown = shortForms(frame, wanted);
        Snapshot planned =
                withErrorBlock(frame.withTemplates(shown, omitted(whole.matched(), shown)), whole.errorBlock());
        shown = detailed(planned, wanted);
        byte[] written = rendering.render(planned.withTemplates(shown, omitted(whole.matched(), shown)));
        while (written.length > room && !shown.isEmpty()) {
            shown = shown.subList(0, shown.size() - 1);
            written = rendering.render(planned.withTemplates(shown, omitted(whole.matched(), shown)));
        }
        return written;
    }

    /** The whole without a budget: the best templates up to a number. */
    public static Snapshot limited(Snapshot whole, List<Template> ranked, int limit) {
        List<Template> shown = ranked.subList(0, Math.min(limit, ranked.size()));
        Omitted left = omitted(whole.matched(), shown);
        return whole.withTemplates(
                shown,
                shown.size() == whole.matched().templates()
                        ? left
                        : new Omitted(left.templates(), left.lines(), "limit"));
    }

    /** Everything but templates and the error's lines, in the fullest form that leaves half of the room. */
    private Snapshot frame(Snapshot whole) {
        Snapshot bare = whole.withTemplates(List.of(), omitted(whole.matched(), List.of()));
        bare = withSignals(bare.withErrors(whole.firstError(), null));
        if (size(bare) <= room / 2) {
            return bare;
        }
        bare = bare.withSides(List.of(), List.of());
        if (size(bare) <= room / 2) {
            return bare;
        }
        bare = bare.asLean();
        FirstError first = whole.firstError();
        while (first != null && size(bare) > room && !first.text().isEmpty()) {
            int over = size(bare) - room;
            first = new FirstError(first.template(), first.at(), shorter(first.text(), over));
            bare = bare.withErrors(first, null);
        }
        return bare;
    }

    /** As many signals as have a place of their own; a value that is new stands behind what is going wrong. */
    private Snapshot withSignals(Snapshot bare) {
        List<Signal> ranked = new ArrayList<>(bare.signals());
        ranked.sort(Comparator.comparing(signal -> signal.kind().equals(NEW_VALUE)));
        Snapshot without = bare.withSides(List.of(), bare.tail());
        int most = size(without) + room / SIGNALS;
        Set<Signal> kept = new HashSet<>(ranked);
        for (int i = ranked.size() - 1; i >= 0 && size(only(kept, bare)) > most; i--) {
            kept.remove(ranked.get(i));
        }
        return only(kept, bare);
    }

    private static Snapshot only(Set<Signal> kept, Snapshot bare) {
        return bare.withSides(bare.signals().stream().filter(kept::contains).toList(), bare.tail());
    }

    private List<Template> shortForms(Snapshot frame, List<Template> ranked) {
        List<Template> shown = new ArrayList<>();
        int left = room - size(frame);
        int longest = Math.max(80, room / 8);
        for (Template template : ranked) {
            Template brief = template.brief().withText(atMost(template.text(), longest));
            int needed = rendering.sizeOf(brief);
            if (needed > left) {
                break;
            }
            left -= needed;
            shown.add(brief);
        }
        return shown;
    }

    private Snapshot withErrorBlock(Snapshot planned, @Nullable ErrorBlock block) {
        if (block == null) {
            return planned;
        }
        int spare = room - size(planned);
        Snapshot whole = planned.withErrors(planned.firstError(), block);
        if (size(whole) <= room) {
            return whole;
        }
        // Templates make room for the error's lines, up to 17 twentieths of everything.
        int share = Math.max(spare, evidence());
        int needed = size(whole) - size(planned);
        List<Template> kept = new ArrayList<>(planned.templates());
        int freed = 0;
        while (!kept.isEmpty() && spare + freed < Math.min(share, needed)) {
            freed += rendering.sizeOf(kept.remove(kept.size() - 1));
        }
        Snapshot lighter = without(planned, kept);
        // That something is left out has to be said, too.
        while (!kept.isEmpty() && needed <= share && size(withLines(lighter, block, block.lines())) > room) {
            kept.remove(kept.size() - 1);
            lighter = without(planned, kept);
        }
        List<String> lines = block.lines();
        while (!lines.isEmpty()) {
            Snapshot tried = withLines(lighter, block, lines);
            if (size(tried) <= room) {
                return tried;
            }
            lines = lines.subList(0, fewer(lines.size()));
        }
        return planned;
    }

    private static Snapshot without(Snapshot planned, List<Template> kept) {
        Omitted left = new Omitted(
                planned.omitted().templates() + planned.templates().size() - kept.size(),
                planned.omitted().lines() + lines(planned.templates()) - lines(kept),
                Omitted.BY_BUDGET);
        return planned.withTemplates(kept, left);
    }

    private static Snapshot withLines(Snapshot planned, ErrorBlock block, List<String> lines) {
        boolean cut = block.cut() || lines.size() < block.lines().size();
        return planned.withErrors(planned.firstError(), new ErrorBlock(block.template(), lines, cut));
    }

    /** A quarter less each time: a block of thousands of lines is not rendered thousands of times. */
    private static int fewer(int lines) {
        return lines < 16 ? lines - 1 : lines - lines / 4;
    }

    private List<Template> detailed(Snapshot planned, List<Template> ranked) {
        List<Template> shown = new ArrayList<>(planned.templates());
        int left = room - size(planned);
        for (int i = 0; i < shown.size(); i++) {
            Template full = ranked.get(i);
            int more = rendering.sizeOf(full) - rendering.sizeOf(shown.get(i));
            if (more <= left) {
                left -= more;
                shown.set(i, full);
            }
        }
        for (int i = shown.size(); i < ranked.size(); i++) {
            Template brief = ranked.get(i).brief();
            int more = rendering.sizeOf(brief);
            if (more > left) {
                break;
            }
            left -= more;
            shown.add(brief);
        }
        return shown;
    }

    private int size(Snapshot snapshot) {
        return rendering.render(snapshot).length;
    }

    private static Omitted omitted(Snapshot.Total all, List<Template> shown) {
        return shown.size() == all.templates()
                ? Omitted.NOTHING
                : new Omitted(all.templates() - shown.size(), all.lines() - lines(shown), Omitted.BY_BUDGET);
    }

    private static long lines(List<Template> templates) {
        return templates.stream().mapToLong(Template::count).sum();
    }

    private static String shorter(String text, int over) {
        int keep = Math.max(0, text.length() - Math.max(1, over / 2));
        return whole(text, keep);
    }

    private static String atMost(String text, int bytes) {
        if (text.getBytes(StandardCharsets.UTF_8).length <= bytes) {
            return text;
        }
        return whole(text, Math.min(text.length(), bytes / 2)) + "…";
    }

    /** Cuts between two code points. */
    private static String whole(String text, int keep) {
        boolean splits = keep > 0 && keep < text.length() && Character.isHighSurrogate(text.charAt(keep - 1));
        return text.substring(0, splits ? keep - 1 : keep);
    }
}
