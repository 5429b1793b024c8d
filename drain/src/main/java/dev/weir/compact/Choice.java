package dev.weir.compact;

import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Chooses which lines are shown in so many bytes: the best first, where a line is worth less the more often its kind came up
 * and the more of its words are shown already.
 */
final class Choice {
    private static final int LEAD = 14;
    private static final double ALIKE = .4;
    /** What a line loses at most for starting like others. */
    private static final double MOST_ALIKE = 2;
    /** This many kinds that differ in names alone are still news. */
    private static final int FORMS = 24;
    /** So many lines of a template are still news. */
    private static final int MANY = 8;
    /** What a line loses whenever its template came up twice as often. */
    private static final double WORN = .3;

    private static final double MOST_WORN = 2;
    /** What part of that is lost by what stands beside it. */
    private static final double BECAUSE = .7;
    /** What a line loses that says no more than one that is shown. */
    private static final double KNOWN = .7;
    /** What a hundred bytes must be worth. */
    private static final double COST = .8;
    /** A line of more bytes costs no more: it may be one long message. */
    private static final int LONG = 200;

    /** Letters that make a kind worth showing. */
    private static final int LEAST_COMMON = 6;

    private static final Pattern NUMBER = Pattern.compile("0x[0-9a-f]+|\\d+(\\.\\d+)*");
    private static final Pattern RULE = Pattern.compile("^[_=*#~-]{3,} ?");

    private final Kinds kinds;
    private final Kinds forms;
    private final Templates templates;
    private final Map<String, Integer> alike = new HashMap<>();
    private final Words words = new Words();

    Choice(Kinds kinds, Kinds forms, Templates templates) {
        this.kinds = kinds;
        this.forms = forms;
        this.templates = templates;
    }

    List<String> lines(List<Candidate> all, int room) {
        PriorityQueue<Candidate> best = new PriorityQueue<>(
                Comparator.comparingDouble((Candidate line) -> -line.rank).thenComparingLong(line -> line.position));
        all.forEach(line -> line.rank = rated(line) - cost(line));
        best.addAll(all);
        Set<Long> shown = new HashSet<>();
        Set<String> texts = new HashSet<>();
        Page page = new Page(room);
        for (Candidate line = best.poll(); line != null && !page.full(); line = best.poll()) {
            double now = now(line);
            if (now < line.rank) {
                line.rank = now;
                best.add(line);
                continue;
            }
            boolean oneOfMany = count(line) >= 3 && !line.news;
            if (oneOfMany && shown.contains(line.kind) || !texts.add(line.plain()) && !line.news) {
                continue;
            }
            boolean varied = oneOfMany && kinds.varied(line.kind);
            if (page.add(line, varied ? kind(line) : null)) {
                shown.add(line.kind);
                alike.merge(lead(line), 1, Integer::sum);
                words.add(line.said());
            }
        }
        return page.lines();
    }

    /** What all lines of its kind have in common, if that says anything. */
    private static @Nullable String kind(Candidate line) {
        String kind = NUMBER.matcher(line.said()).replaceAll("<*>");
        return kind.chars().filter(Character::isLetterOrDigit).count() < LEAST_COMMON ? null : kind;
    }

    private static double cost(Candidate line) {
        return COST * Math.min(line.text().length(), line.wrong ? LONG : Candidate.CONTEXT) / 100;
    }

    private double now(Candidate line) {
        return rated(line)
                - cost(line)
                - Math.min(MOST_ALIKE, ALIKE * alike.getOrDefault(lead(line), 0))
                - (words.have(line.said()) ? KNOWN : 0);
    }

    /** What came up often explains less. */
    double rated(Candidate line) {
        int often = 32 - Integer.numberOfLeadingZeros(Math.max(0, count(line) - 1));
        int forms = 32 - Integer.numberOfLeadingZeros(this.forms.count(line.form) / FORMS);
        double own = line.score - ALIKE * forms - Math.min(3, (line.score >= Suspicion.STRONG + 1 ? .25 : .3) * often);
        Candidate because = line.because;
        return own - worn(line) - (because == null ? 0 : BECAUSE * worn(because));
    }

    /** What a line loses for being one of many of its template. */
    private double worn(Candidate line) {
        int many = 32 - Integer.numberOfLeadingZeros(templates.count(line.template) / MANY);
        return Math.min(MOST_WORN, WORN * many);
    }

    /** Lines that start alike say much the same. */
    private static String lead(Candidate line) {
        String own = line.shared > 0 ? Shown.plain(line.text().substring(line.shared)) : line.plain();
        String plain = RULE.matcher(own).replaceFirst("");
        return plain.substring(0, Math.min(LEAD, plain.length()));
    }

    private int count(Candidate line) {
        return Math.max(1, kinds.count(line.kind));
    }
}
