package dev.weir.compact;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.TreeMap;
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

    /** Of so many words a line must be to be one that repeats another. */
    private static final int FEW = 4;
    /** What part of them the other must have. */
    private static final double MOST = .9;

    /** What a line takes beside its own bytes. */
    private static final int FRAME = 4;

    private static final String LEFT_OUT = "…";
    private static final int OF_LEFT_OUT = 3 + FRAME;
    private static final Pattern NUMBER = Pattern.compile("0x[0-9a-f]+|\\d+(\\.\\d+)*");
    private static final Pattern RULE = Pattern.compile("^[_=*#~-]{3,} ?");

    private final Kinds kinds;
    private final Kinds forms;
    private final Templates templates;
    private final Map<String, Integer> alike = new HashMap<>();
    /** The words of every line chosen. */
    private final List<Set<Integer>> said = new ArrayList<>();

    Choice(Kinds kinds, Kinds forms, Templates templates) {
        this.kinds = kinds;
        this.forms = forms;
        this.templates = templates;
    }

    List<String> lines(List<Candidate> all, int room) {
        PriorityQueue<Candidate> best = new PriorityQueue<>(
                Comparator.comparingDouble((Candidate line) -> -line.rank).thenComparingLong(line -> line.position));
        all.forEach(
                line -> line.rank = rated(line) - COST * Math.min(line.text().length(), LONG) / 100);
        best.addAll(all);
        Set<Long> shown = new HashSet<>();
        Set<String> texts = new HashSet<>();
        TreeMap<Long, List<String>> chosen = new TreeMap<>();
        int left = room;
        for (Candidate line = best.poll(); line != null; line = best.poll()) {
            double now = now(line);
            if (now < line.rank) {
                line.rank = now;
                best.add(line);
                continue;
            }
            if (shown.contains(line.kind) && count(line) >= 3 && !line.title || !texts.add(line.plain())) {
                continue;
            }
            List<String> lines = new ArrayList<>(2);
            lines.add(line.text());
            if (count(line) >= 3 && !line.title && kinds.varied(line.kind)) {
                lines.add(NUMBER.matcher(line.said()).replaceAll("<*>"));
            }
            int size = lines.stream().mapToInt(Choice::size).sum() + gaps(chosen, line.position);
            if (size <= left) {
                left -= size;
                shown.add(line.kind);
                alike.merge(lead(line), 1, Integer::sum);
                said.add(words(line.said()));
                chosen.put(line.position, lines);
            }
        }
        return inOrder(chosen);
    }

    private double now(Candidate line) {
        return rated(line)
                - COST * Math.min(line.text().length(), LONG) / 100
                - Math.min(MOST_ALIKE, ALIKE * alike.getOrDefault(lead(line), 0))
                - (repeats(line) ? KNOWN : 0);
    }

    /** Whether a line that is shown has its words, too, or it has none: a caret, a rule. */
    private boolean repeats(Candidate line) {
        Set<Integer> own = words(line.said());
        return own.isEmpty() || own.size() >= FEW && said.stream().anyMatch(other -> most(own, other));
    }

    private static boolean most(Set<Integer> own, Set<Integer> other) {
        int missing = (int) (own.size() * (1 - MOST));
        for (Integer word : own) {
            if (!other.contains(word) && --missing < 0) {
                return false;
            }
        }
        return true;
    }

    /** Its words; numbers only where they say which line of a file. */
    private static Set<Integer> words(String text) {
        Set<Integer> words = new HashSet<>();
        boolean place = Suspicion.place(text);
        int hash = 0;
        boolean word = false;
        for (int i = 0; i <= text.length(); i++) {
            char c = i < text.length() ? text.charAt(i) : ' ';
            if (Character.isLetter(c) || c == '_' || (place || hash != 0) && Character.isDigit(c)) {
                hash = hash * 31 + c;
                word |= place || Character.isLetter(c);
            } else {
                if (word) {
                    words.add(hash);
                }
                hash = 0;
                word = false;
            }
        }
        return words;
    }

    /** What the ellipses beside a line at this place take more, or less where it fills a gap. */
    private static int gaps(TreeMap<Long, List<String>> chosen, long position) {
        Long before = chosen.lowerKey(position);
        Long after = chosen.higherKey(position);
        int then = gap(before, position) + gap(position, after);
        return (then - gap(before, after)) * OF_LEFT_OUT;
    }

    private static int gap(@Nullable Long from, @Nullable Long to) {
        return to != null && to > (from == null ? 0 : from) + 1 ? 1 : 0;
    }

    private static List<String> inOrder(TreeMap<Long, List<String>> chosen) {
        List<String> all = new ArrayList<>();
        Long before = null;
        for (Map.Entry<Long, List<String>> line : chosen.entrySet()) {
            if (gap(before, line.getKey()) > 0) {
                all.add(LEFT_OUT);
            }
            all.addAll(line.getValue());
            before = line.getKey();
        }
        return all;
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
        String plain = RULE.matcher(line.plain()).replaceFirst("");
        return plain.substring(0, Math.min(LEAD, plain.length()));
    }

    private int count(Candidate line) {
        return Math.max(1, kinds.count(line.kind));
    }

    private static int size(String line) {
        return line.getBytes(StandardCharsets.UTF_8).length + FRAME;
    }
}
