package dev.weir.compact;

import dev.weir.drain.Level;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
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
 * The lines of a run that explain a failure best, as they were: lines that look wrong, what stands right before and after
 * them, and the less indented line they stand under. Lines of one kind, equal but for their numbers, are kept a few times
 * and counted always, so that memory has a bound whatever the run writes. Confined to one thread.
 */
public final class Excerpt {
    private static final int MOST_OF_A_KIND = 4;
    private static final int MOST_KEPT = 6000;
    private static final int LONGEST = 300;
    private static final int TAIL = 25;
    /** What is left of a line that ends in a rule. */
    private static final int RULED = 64;
    /** What a suspicious line has before its neighbours. */
    private static final double FIRST = 1.5;

    private static final int LEAD = 14;
    private static final double ALIKE = .4;
    /** This many kinds that differ in names alone are still news. */
    private static final int FORMS = 24;

    private static final double WARM = 2.6;
    private static final double BESIDE = 2.4;
    /** What the line right below a place has more. */
    private static final double SOURCE = .8;

    /** Lines that go with what was suspicious, if there is room. */
    private static final int FAR = 40;
    /** Lines that a warning may quote. */
    private static final int QUOTED = 6;

    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long ONES = 0x0101010101010101L;
    private static final long TOPS = 0x8080808080808080L;

    private static final Pattern COLOUR = Pattern.compile("\u001b\\[[0-9;?]*[A-Za-z]");
    private static final Pattern NUMBER = Pattern.compile("0x[0-9a-f]+|\\d+(\\.\\d+)*");
    private static final Pattern NAMES = Pattern.compile("\\S*[/\\\\]\\S*|'[^']*'|\"[^\"]*\"|\\d+");
    private static final Pattern RULE = Pattern.compile("^[_=*#~-]{3,} ?");
    private static final String WIDE = " ".repeat(12);
    /** White space that only fills a column. */
    private static final Pattern FILL = Pattern.compile("(?<=\\S) {12,}");

    private static final Pattern SPACE = Pattern.compile("\\s+");

    private final Kinds kinds = new Kinds();
    /** Kinds of errors for which there was no room, by their words without digits alone. */
    private final Kinds coarse = new Kinds();
    /** How many kinds differ in names alone. */
    private final Kinds forms = new Kinds();

    private final List<Kept> kept = new ArrayList<>();
    private final ArrayDeque<Kept> last = new ArrayDeque<>();
    /** The last line of every depth of indentation that is still open. */
    private final List<Kept> open = new ArrayList<>();

    /** Lines kept since bytes were last settled. */
    private final List<Kept> borrowed = new ArrayList<>();

    /** The title above, if nothing suspicious has come since. */
    private @Nullable Kept heading;

    /** Hashes of the last line: with all numbers alike, and as it was. */
    private long kind;

    private long own;

    private long position;
    /** Lines before this one stand elsewhere. */
    private long apart;
    /** How near the last suspicious line is, and how deep it stood. */
    private double warmth;

    private int depth;
    /** Lines since the last suspicious one. */
    private int since = FAR;
    /** Whether the line above named a place; then its source comes next. */
    private boolean placed;
    /** Lines that may yet be quoted by the warning above. */
    private int quoting;

    private static final class Kept {
        final long position;
        final long kind;
        final int indent;
        /** Its kind with names of files and what is quoted left out, too. */
        long form;

        double score;
        /** What it is worth beside what has been chosen already. */
        double rank;

        boolean listed;

        private byte[] bytes;
        private boolean owned;
        private int from;
        private final int length;
        private @Nullable String text;

        /** A line where it lies; whoever keeps it beyond the life of these bytes makes it {@link #own} a copy. */
        Kept(long position, byte[] bytes, int from, int length, long kind, int indent) {
            this.position = position;
            this.bytes = bytes;
            this.from = from;
            this.length = length;
            this.kind = kind;
            this.indent = indent;
        }

        void own() {
            if (!owned) {
                bytes = Arrays.copyOfRange(bytes, from, from + length);
                from = 0;
                owned = true;
            }
        }

        /** The line as it is shown; of most lines nobody asks for it. */
        String text() {
            String known = text;
            if (known == null) {
                known = Excerpt.text(bytes, from, length);
                text = known;
            }
            return known;
        }
    }

    /** Takes the next line; {@code first} says whether it began an event. The bytes are the caller's again afterwards. */
    public void line(byte[] bytes, int from, int length, Level level, boolean first) {
        borrow(bytes, from, length, level, first);
        settle();
    }

    /** Copies the lines it still holds in bytes that were lent. */
    void settle() {
        last.forEach(Kept::own);
        open.forEach(Kept::own);
        if (heading != null) {
            heading.own();
        }
        borrowed.forEach(Kept::own);
        borrowed.clear();
    }

    /** The same, of bytes that stay as they are until {@link #settle} is called. Most lines then need no copy. */
    void borrow(byte[] bytes, int from, int length, Level level, boolean first) {
        position++;
        int indent = indent(bytes, from, from + length);
        if (indent < 0) {
            warmth -= .5;
            quoting = 0;
            return;
        }
        hash(bytes, from, from + length);
        int seen = kinds.add(kind, own);
        if (seen == 0 && level.compareTo(Level.ERROR) >= 0) {
            seen = coarse.add(wording(bytes, from, from + length), own);
        }
        boolean rare = seen == 0 ? level.compareTo(Level.ERROR) >= 0 : seen <= MOST_OF_A_KIND;
        byte[] shown = copy(bytes, from, from + length);
        Kept line = new Kept(position, shown, 0, shown.length, kind, indent);
        String plain = rare ? plain(line.text()) : "";
        if (rare) {
            line.form = NAMES.matcher(plain).replaceAll("*").hashCode();
            forms.add(line.form, 0);
        }
        if (rare && indent <= 4 && Suspicion.heading(plain)) {
            heading = line;
        }
        boolean quoted = rare ? quoted(plain, indent) : quoted(level);
        double suspicion = rare && !quoted ? Suspicion.of(plain, level, first) : 0;
        if (indent > 0
                && level.compareTo(Level.ERROR) < 0
                && suspicion >= Suspicion.STRONG
                && Suspicion.statement(plain)) {
            suspicion = 0;
        }
        since++;
        if (suspicion >= Suspicion.STRONG) {
            warmth = WARM;
            since = 0;
            depth = indent;
            keep(line, suspicion + FIRST);
            before(line);
        } else if (warmth > 0) {
            // Frames of libraries stand between the message and the line that matters.
            warmth -= rare && Suspicion.foreign(plain) ? .05 : indent > depth ? .2 : .4;
            if (warmth > 0 && rare) {
                double besides = Suspicion.besides(plain);
                keep(line, BESIDE + warmth + source(plain, besides));
            }
        } else if (rare && since < FAR) {
            // For the room that better lines leave.
            keep(line, 1.5 - since * 1.5 / FAR + Suspicion.besides(plain) / 2);
        }
        placed = rare && Suspicion.place(plain) && !Suspicion.foreign(plain);
        remember(line);
    }

    /** What it is worth to be the source of the place above, or to be any other source. */
    private double source(String plain, double besides) {
        if (besides != 0) {
            return besides;
        }
        return placed ? SOURCE : Suspicion.statement(plain) ? -SOURCE : 0;
    }

    /** Whether the line only stands below a warning: the source that it quotes may speak of any error. */
    private boolean quoted(String plain, int indent) {
        if (Suspicion.warns(plain) || quoting > 0 && Suspicion.notes(plain)) {
            quoting = QUOTED;
            return false;
        }
        boolean below = quoting == QUOTED || quoting > 0 && (indent > 0 || Suspicion.code(plain));
        quoting = below && !Suspicion.labelled(plain) ? quoting - 1 : 0;
        return quoting > 0;
    }

    /** The same for one of a kind that came up often. */
    private boolean quoted(Level level) {
        quoting = level == Level.WARN ? QUOTED : Math.max(0, quoting - 1);
        return quoting > 0;
    }

    /** What comes next does not stand beside what came last: lines between them were not looked at. */
    public void gap() {
        position += 2;
        apart = position;
        warmth = 0;
        open.clear();
    }

    /** Whether a line by itself looks as if it explained a failure, so that its neighbours are worth looking at. */
    public static boolean suspicious(String line, Level level) {
        return Suspicion.of(plain(line), level, true) >= Suspicion.STRONG;
    }

    private void before(Kept strong) {
        double near = 1.2;
        for (var back = last.descendingIterator(); back.hasNext() && near > 0; near -= .8) {
            Kept line = back.next();
            if (line.position < apart) {
                return;
            }
            keep(line, BESIDE + near + Suspicion.besides(plain(line.text())));
        }
        if (heading != null) {
            keep(heading, BESIDE + 3.2);
            heading = null;
        }
        for (int i = open.size() - 1; i >= 0; i--) {
            if (open.get(i).indent < strong.indent) {
                keep(open.get(i), BESIDE + .8);
                return;
            }
        }
    }

    private void keep(Kept line, double score) {
        line.score = Math.max(line.score, score);
        if (!line.listed) {
            if (kept.size() >= MOST_KEPT) {
                thin();
            }
            line.listed = true;
            kept.add(line);
            borrowed.add(line);
        }
    }

    /** The less suspicious half goes. */
    private void thin() {
        kept.sort(Comparator.comparingDouble(this::rated).reversed());
        List<Kept> gone = kept.subList(MOST_KEPT / 2, kept.size());
        gone.forEach(line -> line.listed = false);
        gone.clear();
    }

    private void remember(Kept line) {
        last.addLast(line);
        if (last.size() > TAIL) {
            last.removeFirst();
        }
        while (!open.isEmpty() && open.get(open.size() - 1).indent >= line.indent) {
            open.remove(open.size() - 1);
        }
        if (open.size() < 32) {
            open.add(line);
        }
    }

    /**
     * The best lines that fit, in the order they were written; an ellipsis stands for what was left out between them. Of a
     * kind that came up more often one line is shown and, unless all were the same, the kind itself with its numbers left out.
     */
    public List<String> lines(int room) {
        for (Kept line : last) {
            double end = line.listed ? line.score : 1;
            keep(line, end + 1);
        }
        PriorityQueue<Kept> best = new PriorityQueue<>(
                Comparator.comparingDouble((Kept line) -> -line.rank).thenComparingLong(line -> line.position));
        kept.forEach(line -> line.rank = rated(line));
        best.addAll(kept);
        Map<String, Integer> alike = new HashMap<>();
        Set<Long> shown = new HashSet<>();
        Set<String> texts = new HashSet<>();
        TreeMap<Long, List<String>> chosen = new TreeMap<>();
        int left = room;
        for (Kept line = best.poll(); line != null; line = best.poll()) {
            double now = rated(line) - ALIKE * alike.getOrDefault(lead(line), 0);
            if (now < line.rank) {
                line.rank = now;
                best.add(line);
                continue;
            }
            if (shown.contains(line.kind) && count(line) >= 3 || !texts.add(plain(line.text()))) {
                continue;
            }
            List<String> lines = new ArrayList<>(2);
            lines.add(line.text());
            if (count(line) >= 3 && kinds.varied(line.kind)) {
                lines.add(NUMBER.matcher(line.text()).replaceAll("<*>"));
            }
            int size = lines.stream().mapToInt(Excerpt::size).sum();
            if (size <= left) {
                left -= size;
                shown.add(line.kind);
                alike.merge(lead(line), 1, Integer::sum);
                chosen.put(line.position, lines);
            }
        }
        return inOrder(chosen);
    }

    private static List<String> inOrder(TreeMap<Long, List<String>> chosen) {
        List<String> all = new ArrayList<>();
        long next = 1;
        for (Map.Entry<Long, List<String>> line : chosen.entrySet()) {
            if (line.getKey() > next + 1) {
                all.add("…");
            }
            all.addAll(line.getValue());
            next = line.getKey();
        }
        return all;
    }

    /** What came up often explains less. */
    private double rated(Kept line) {
        int often = 32 - Integer.numberOfLeadingZeros(Math.max(0, count(line) - 1));
        int forms = 32 - Integer.numberOfLeadingZeros(this.forms.count(line.form) / FORMS);
        return line.score - ALIKE * forms - Math.min(3, (line.score >= Suspicion.STRONG + 1 ? .25 : .3) * often);
    }

    /** Lines that start alike say much the same. */
    private static String lead(Kept line) {
        String plain = RULE.matcher(plain(line.text())).replaceFirst("");
        return plain.substring(0, Math.min(LEAD, plain.length()));
    }

    private int count(Kept line) {
        return Math.max(1, kinds.count(line.kind));
    }

    private static int size(String line) {
        return line.getBytes(StandardCharsets.UTF_8).length + 6;
    }

    private static String text(byte[] bytes, int from, int length) {
        String whole = new String(bytes, from, length, StandardCharsets.UTF_8);
        String text = whole.indexOf(27) < 0 ? whole : COLOUR.matcher(whole).replaceAll("");
        text = text.indexOf(WIDE) < 0 ? text : FILL.matcher(text).replaceAll("  ");
        text = withoutEndOfRule(text);
        return text.length() <= LONGEST ? text : text.substring(0, LONGEST) + "…";
    }

    /** A rule drawn in characters of three bytes each says no more by its length. */
    private static String withoutEndOfRule(String text) {
        int end = text.length();
        int from = end;
        while (from > 0 && text.charAt(from - 1) > 127 && text.charAt(from - 1) == text.charAt(end - 1)) {
            from--;
        }
        return end - from < 10 || end <= RULED ? text : text.substring(0, Math.max(RULED, from + 3)) + "…";
    }

    /** The text with every run of white space made one space. */
    private static String plain(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < ' ' || c == ' ' && (i == 0 || i + 1 == text.length() || text.charAt(i + 1) == ' ')) {
                return SPACE.matcher(text).replaceAll(" ").strip();
            }
        }
        return text.strip();
    }

    /** The line's bytes without colours, as far as they may be shown. */
    private static byte[] copy(byte[] b, int from, int to) {
        byte[] copy = new byte[Math.min(to - from, 4 * LONGEST)];
        int size = 0;
        for (int i = from; i < to && size < copy.length; i++) {
            if (b[i] == 27 && i + 1 < to && b[i + 1] == '[') {
                i++;
                while (i + 1 < to && !(b[i] >= 'A' && b[i] <= 'Z' || b[i] >= 'a' && b[i] <= 'z')) {
                    i++;
                }
            } else {
                copy[size++] = b[i];
            }
        }
        return size == copy.length ? copy : Arrays.copyOf(copy, size);
    }

    /** Bytes of white space before the first other; -1 if there is none. Colours in front weigh nothing. */
    private static int indent(byte[] b, int from, int to) {
        int indent = 0;
        for (int i = from; i < to; i++) {
            if (b[i] == 27) {
                while (i < to && !(b[i] >= 'A' && b[i] <= 'Z' || b[i] >= 'a' && b[i] <= 'z')) {
                    i++;
                }
            } else if (b[i] == ' ' || b[i] == '\t') {
                indent++;
            } else if (b[i] != '\r') {
                return indent;
            }
        }
        return -1;
    }

    /** Hashes the line twice, eight bytes at a time: as it is, and with all numbers alike. */
    private void hash(byte[] b, int from, int to) {
        long exact = to - from;
        for (int i = from; i < to; i += 8) {
            exact = (Long.rotateLeft(exact, 23) ^ eight(b, i, Math.min(8, to - i))) * 0x9E3779B97F4A7C15L;
        }
        own = exact;
        kind = alike(b, from, to);
    }

    /** A hash in which all numbers are alike; words are read anew from where a number ends. */
    private static long alike(byte[] b, int from, int to) {
        long h = 0;
        int i = from;
        while (i < to) {
            int most = Math.min(8, to - i);
            long word = eight(b, i, most);
            int n = Math.min(most, lettersBeforeDigit(word));
            if (n > 0) {
                long part = word & -1L >>> 64 - 8 * n;
                h = (Long.rotateLeft(h, 23) ^ part) * 0x9E3779B97F4A7C15L + n;
                i += n;
            }
            if (i < to && b[i] >= '0' && b[i] <= '9') {
                h = Long.rotateLeft(h, 5) ^ '0';
                while (i < to && b[i] >= '0' && b[i] <= '9') {
                    i++;
                }
            }
        }
        return h;
    }

    /** A hash of the words that have no digits. */
    private static long wording(byte[] b, int from, int to) {
        long h = 0;
        long word = 0;
        boolean digits = false;
        for (int i = from; i <= to; i++) {
            if (i == to || b[i] == ' ') {
                h = digits ? h : (Long.rotateLeft(h, 5) ^ word) * 0x9E3779B97F4A7C15L;
                word = 0;
                digits = false;
            } else {
                digits |= b[i] >= '0' && b[i] <= '9';
                word = word * 31 + b[i];
            }
        }
        return h;
    }

    /** How many bytes there are before the first digit; eight if there is none. */
    private static int lettersBeforeDigit(long word) {
        // Exact up to the first digit: a digit is a byte from 0x30 to 0x39, and no bit runs over into lower bytes.
        long low = word & ~TOPS;
        long from = low + ONES * (0x80 - '0');
        long beyond = low + ONES * (0x80 - '9' - 1);
        return Long.numberOfTrailingZeros(from & ~beyond & ~word & TOPS) >>> 3;
    }

    /** Up to eight bytes as a little-endian number. */
    private static long eight(byte[] b, int at, int n) {
        if (at + 8 <= b.length) {
            return (long) LONGS.get(b, at) & -1L >>> 64 - 8 * n;
        }
        long word = 0;
        for (int i = 0; i < n; i++) {
            word |= (b[at + i] & 255L) << 8 * i;
        }
        return word;
    }
}
