package dev.weir.compact;

import dev.weir.drain.Level;
import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * How much a line by itself looks as if it explained a failure: by its level, by words that tools use when something went
 * wrong, by naming a place in a file. Words are looked for in the plain text of a line and only in lines that are new of
 * their kind, so that a run of millions of lines pays for some thousands.
 */
final class Suspicion {
    /** A line with this much is worth its neighbours too. */
    static final double STRONG = 3;

    private static final Pattern WRONG = Pattern.compile(
            "(?i)(?<![\\w/])(?<![^.]\\.)(errors?|fatal|panic(ked)?|exception|traceback|fail(ed|ure|ures|s)?|abort(ed)?|conflict|cannot|can't"
                    + "|could not|couldn't|unable|undefined|unresolved|not found|no such|refused|denied|invalid"
                    + "|unexpected|expected|mismatch\\w*|missing|unknown|unrecognized|violat(es|ion)|assert\\w*|segfault"
                    + "|sigsegv|crit(ical)?|emerg|not ok|impossible|incompatible|unsatisf\\w*|rejected"
                    + "|crash(ed)?|segmentation fault|core dumped|out of memory|deadlock|corrupt(ed|ion)?)\\b(?![./]\\w)"
                    + "|\\w(Error|Exception)\\b|\\bERR!|[\u2715\u2717\u2716\u2718\u276f]|^E  |^> |>>>|[\\])\\w]: \\*\\*\\* "
                    + "|^\\*\\*\\* .*\\*\\*\\*|\\d:? [EF]\\d{3,4}\\b");
    /** What is grave even where it is called a warning. */
    private static final Pattern GRAVE = Pattern.compile("(?i)\\b(data race|race (detected|condition)|dead ?lock(ed)?"
            + "|use[- ]after[- ]free|double[- ]free|(buffer|stack|heap)[- ](overflow|smashing)|memory leak)\\b");
    /** Words that are said of what goes wrong and of much else; they count where no level says that all is well. */
    private static final Pattern ODD = Pattern.compile(
            "(?i)\\b(killed|signal \\d+|sig(abrt|kill|bus|ill|fpe|term)"
                    + "|timed out|timeout of|leak(s|ed)?|definitely lost|overflow(ed)?|uninitiali[sz]ed|use-after-free"
                    + "|not (allowed|permitted|supported|valid|available|writable|readable)"
                    + "|already (in use|exists?)|unreachable|wrong|illegal|malformed|broken|reset by peer|no space"
                    + "|no (server|rule|route|function|matching|module|suitable|space)|exceed(s|ed)|exhausted|insufficient"
                    + "|inconsistent|unsupported|dubious|giving up|gave up|too (many|few|large|long|old|small|big)|is down"
                    + "|should (be|have)|instead of|exited with|exit (code|status) [1-9]|returned [1-9]|non-?zero)\\b|\\*\\*\\*");
    /** What is said of much that is well, too: worth showing, if there is room, but not what stands beside it. */
    private static final Pattern AMISS = Pattern.compile(
            "(?i)\\b(did not|does not|doesn't|is not|isn't|undeclared|redefin\\w+|redeclar\\w+|duplicate[ds]?|ambiguous"
                    + "|incorrect(ly)?|bad|cyclic|circular|truncated|underflow|out of (range|bounds|date|sync)|interrupted"
                    + "|terminated|expired|unauthorized|forbidden|uncaught|unhandled|non-?exhaustive|nonexistent"
                    + "|un(terminated|closed|matched|balanced|healthy|satisfied|safe|trusted|used)|must (be|have|not)"
                    + "|is required|differs?|not equal|issues?|violations?|vulnerab\\w+|self-signed|severity|lost|stale"
                    + "|stuck|hung|rolled back|skipped|ignored)\\b|!=");

    private static final double MILD = STRONG - .1;
    /** The values that differ, as test runners print them. */
    private static final Pattern VALUE = Pattern.compile("(?i)^(# *)?([-+](?![-+]) ?\\S"
            + "|(got|expected|actual|received|wanted|want|have|found|left|right|code|given|reason|caused? by|cause|detail"
            + "|but was)\\b.{0,20}[:=]|\\$(got|expected))");
    /** What stands above such a value. */
    private static final Pattern ANNOUNCED = Pattern.compile(
            "(?i)\\b(got|expected|actual|received|wanted|result|result was|should have been|output|value|left|right):$");

    /** What compilers put before a finding. */
    private static final Pattern WARNING = Pattern.compile("(?i)(^|[: ])warning(\\[[\\w-]+])?:|\\d:? [WCRI]\\d{4}:");

    private static final Pattern LABEL =
            Pattern.compile("(?i)(^|[: ])((fatal )?error|fatal)(\\[\\w+])?:|^[\\w./-]+\\.[A-Za-z]\\w{0,3}[:(]\\d+");
    private static final Pattern NOTE = Pattern.compile("(^|[: ])(note|help):");
    private static final Pattern HARMLESS = Pattern.compile(
            "(?i)\\bwarn(ing)?s?\\b|deprecat|\\b0 (errors?|fail)"
                    + "|Failures: 0, Errors: 0|\\berrors?: 0|--- PASS|\u2713|\\bPASSED\\b|\\d:? [WCRI]\\d{4}:|\\.\\.\\. ok$|^ok \\d+\\b|^# Subtest|^\\w+ (silly?|http)\\b");
    private static final Pattern SUMMARY =
            Pattern.compile("(?i)(^|[^.\\d])[1-9]\\d{0,5} (errors?|failures?|failed|problems?)\\b");
    private static final Pattern PLACE =
            Pattern.compile("[\\w./-]+\\.[A-Za-z]\\w{0,3}([:(]\\d+| \\d+:\\d+)|\\bline \\d+|:\\[\\d+,\\d+]|-->|\u276f");
    private static final Pattern FOREIGN =
            Pattern.compile("node_modules|java\\.base|site-packages|dist-packages|/rustc/"
                    + "|/usr/(include|lib|share)|node:internal|org\\.(junit|apache\\.maven|springframework|gradle)\\.|jdk\\.internal"
                    + "|lib/python\\d|rustlib|\\(internal");

    /** Some of these are in all that {@link #FOREIGN} finds; looking for them costs little. */
    private static final String[] FOREIGN_PARTS = {
        "node_modules",
        "java.base",
        "-packages",
        "rust",
        "/usr/",
        "node:internal",
        "org.",
        "jdk.internal",
        "lib/python",
        "(internal"
    };

    /** A line of source with its number, as compilers quote it. */
    private static final Pattern CODE = Pattern.compile("^(> )?\\d{1,5} (\\| )?[\\p{L}@{}(\\[/*.<\"'#]");

    private static final Pattern HEADING = Pattern.compile("([_=*#~-])\\1{2,} ?[^_=*#~ -].*[^_=*#~ -] ?\\1{3,}");
    private static final Pattern STATEMENT = Pattern.compile(
            "[;{]$|^(raise|throw|except|catch|return|if|elif|else|for|while|def|function|const|let|var|try|switch|case|//)\\b");
    private static final String TITLE_SIGNS = "=-#>*:+$";
    private static final Pattern NUMBERED = Pattern.compile("^\\d{1,4}\\) \\S");
    private static final Pattern FRAME = Pattern.compile("^(at |File |from |\\d+: |#\\d+ )");

    /** The first four letters of what {@link #WRONG} and {@link #SUMMARY} look for, packed and in order. */
    private static final int[] STEMS = Stream.of(
                    "erro", "fata", "pani", "exce", "trac", "fail", "abor", "conf", "cann", "can'", "coul", "unab",
                    "unde", "unre", "not ", "no s", "refu", "deni", "inva", "unex", "expe", "mism", "miss", "unkn",
                    "viol", "asse", "cras", "segm", "core", "out ", "dead", "corr", "segf", "sigs", "crit", "emer",
                    "impo", "inco", "unsa", "reje", "prob")
            .mapToInt(stem -> packed(stem, 0))
            .sorted()
            .toArray();

    private Suspicion() {}

    /** Where a word that tools use when something went wrong first stands from this place on; -1 if none does. */
    static int wrongAt(String text, int from) {
        Matcher wrong = WRONG.matcher(text).region(from, text.length());
        return wrong.useTransparentBounds(true).find() ? wrong.start() : -1;
    }

    private static int packed(String text, int at) {
        return lower(text.charAt(at)) << 24
                | lower(text.charAt(at + 1)) << 16
                | lower(text.charAt(at + 2)) << 8
                | lower(text.charAt(at + 3));
    }

    private static int lower(char c) {
        return c >= 'A' && c <= 'Z' ? c | 32 : c & 127;
    }

    /** A quick look before the patterns: false only where none of what is wrong can be found. */
    static boolean mayBeWrong(String plain) {
        if (plain.startsWith("E  ") || plain.startsWith("> ")) {
            return true;
        }
        boolean inside = false;
        for (int i = 0; i < plain.length(); i++) {
            char c = plain.charAt(i);
            if ((c == 'E' || c == 'F') && i + 1 < plain.length() && Character.isDigit(plain.charAt(i + 1))) {
                return true;
            }
            boolean letter = (c | 32) >= 'a' && (c | 32) <= 'z';
            if (c > 126 || c == '!' || c == '*' || c == '^' || c == '>' || c == 'E' && inside) {
                return true;
            }
            if (letter && !inside && i + 3 < plain.length() && Arrays.binarySearch(STEMS, packed(plain, i)) >= 0) {
                return true;
            }
            inside = letter || c >= '0' && c <= '9' || c == '_';
        }
        return false;
    }

    static double of(String plain, Level level, boolean first) {
        boolean grave = level.compareTo(Level.ERROR) >= 0;
        if (GRAVE.matcher(plain).find()) {
            return 5;
        }
        double odd = grave || calm(level) ? 0 : odd(plain);
        if (!grave && odd == 0 && !mayBeWrong(plain)) {
            return 0;
        }
        boolean wrong = WRONG.matcher(plain).find();
        double sum = wrong ? grave ? 5 : calm(level) ? STRONG : 4 : grave ? first ? 4 : STRONG : odd;
        if (SUMMARY.matcher(plain).find()) {
            sum = Math.max(sum, 4) + 1;
        } else if (HARMLESS.matcher(plain).find()) {
            sum -= 4;
        }
        if (foreign(plain)) {
            // A compiler that complains of a header says so; a frame of a library is only on the way.
            sum = wrong && !FRAME.matcher(plain).find() ? sum - .5 : Math.min(sum, 0);
        }
        return PLACE.matcher(plain).find() ? sum + .7 : sum;
    }

    /** What being a place adds to a line that stands beside a suspicious one. */
    static double besides(String plain) {
        boolean place = PLACE.matcher(plain).find() || CODE.matcher(plain).find();
        double more = foreign(plain) ? -2 : place || VALUE.matcher(plain).find() ? .8 : 0;
        return HARMLESS.matcher(plain).find() ? more - 3 : more;
    }

    /** Whether the value that was got or expected stands in the next line. */
    static boolean announces(String plain) {
        return plain.endsWith(":") && ANNOUNCED.matcher(plain).find();
    }

    /** Whether it names a place in a file. */
    static boolean place(String plain) {
        return PLACE.matcher(plain).find();
    }

    /** A title in a rule, as reports put above each of their parts: {@code ____ test_sums ____}. */
    static boolean heading(String plain) {
        return plain.length() > 6
                        && "_=*#~-".indexOf(plain.charAt(0)) >= 0
                        && HEADING.matcher(plain).matches()
                || NUMBERED.matcher(plain).find();
    }

    /** Whether it says what begins below it: some signs, a blank, a name. Of bytes, as every line is asked. */
    static boolean title(byte[] b, int from, int to) {
        int i = from;
        while (i < to && TITLE_SIGNS.indexOf(b[i]) >= 0) {
            i++;
        }
        boolean signs = i - from > 1 || i > from && (b[from] == '+' || b[from] == '$');
        return signs && i + 2 < to && b[i] == ' ' && b[i + 1] > ' ' && TITLE_SIGNS.indexOf(b[i + 1]) < 0;
    }

    /** What it is worth that a line without any level speaks of something odd. */
    private static double odd(String plain) {
        return ODD.matcher(plain).find() ? STRONG : AMISS.matcher(plain).find() ? MILD : 0;
    }

    /** A compiler's or linter's warning, below which it may quote anything. */
    static boolean warns(String plain) {
        return WARNING.matcher(plain).find();
    }

    /** What goes with the finding above it. */
    static boolean notes(String plain) {
        return NOTE.matcher(plain).find();
    }

    /** Begins a finding of its own. */
    static boolean labelled(String plain) {
        return LABEL.matcher(plain).find();
    }

    /** A line of source, as it is quoted with its number. */
    static boolean code(String plain) {
        return CODE.matcher(plain).find();
    }

    /** A statement of a programme: what it speaks of may never have happened. */
    static boolean statement(String plain) {
        return STATEMENT.matcher(plain).find() && !LABEL.matcher(plain).find();
    }

    /** A comment in a programme; a report that is set off by the same sign indents its lines below it further. */
    static boolean comment(String text) {
        String bare = text.stripLeading();
        return bare.length() > 2 && bare.startsWith("# ") && bare.charAt(2) != ' ';
    }

    private static boolean calm(Level level) {
        return level != Level.UNKNOWN && level.compareTo(Level.WARN) < 0;
    }

    /** A place in somebody else's code: of a library, a compiler, a test runner. */
    static boolean foreign(String plain) {
        for (String part : FOREIGN_PARTS) {
            if (plain.contains(part)) {
                return FOREIGN.matcher(plain).find();
            }
        }
        return false;
    }
}
