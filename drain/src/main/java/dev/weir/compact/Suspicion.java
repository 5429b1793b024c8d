package dev.weir.compact;

import dev.weir.drain.Level;
import java.util.Arrays;
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
            "(?i)\\b(errors?|fatal|panic(ked)?|exception|traceback|fail(ed|ure|ures|s)?|abort(ed)?|conflict|cannot|can't"
                    + "|could not|couldn't|unable|undefined|unresolved|not found|no such|refused|denied|invalid"
                    + "|unexpected|expected|mismatch\\w*|missing|unknown|unrecognized|violates|assert\\w*|segfault"
                    + "|sigsegv|crit(ical)?|emerg|not ok|impossible|incompatible|unsatisf\\w*|rejected)\\b"
                    + "|\\w(Error|Exception)\\b|\\bERR!|[\u2715\u2717\u2716\u2718\u276f]|^E  |^> |\\*\\*\\*|>>>|^\\s+\\^");
    private static final Pattern HARMLESS = Pattern.compile("(?i)\\bwarn(ing)?s?\\b|deprecat|\\b0 (errors?|fail)"
            + "|Failures: 0, Errors: 0|\\berrors?: 0|--- PASS|\u2713|\\bPASSED\\b|\\.\\.\\. ok$");
    private static final Pattern SUMMARY =
            Pattern.compile("(?i)(^|[^.\\d])[1-9]\\d{0,5} (errors?|failures?|failed|problems?)\\b");
    private static final Pattern PLACE =
            Pattern.compile("[\\w./-]+\\.\\w{1,4}[:(]\\d+|\\bline \\d+|:\\[\\d+,\\d+]|-->|\u276f");
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
    private static final Pattern FRAME = Pattern.compile("^(at |File |from |\\d+: |#\\d+ )");

    /** The first four letters of what {@link #WRONG} and {@link #SUMMARY} look for, packed and in order. */
    private static final int[] STEMS = Stream.of(
                    "erro", "fata", "pani", "exce", "trac", "fail", "abor", "conf", "cann", "can'", "coul", "unab",
                    "unde", "unre", "not ", "no s", "refu", "deni", "inva", "unex", "expe", "mism", "miss", "unkn",
                    "viol", "asse", "segf", "sigs", "crit", "emer", "impo", "inco", "unsa", "reje", "prob")
            .mapToInt(stem -> packed(stem, 0))
            .sorted()
            .toArray();

    private Suspicion() {}

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
        if (!grave && !mayBeWrong(plain)) {
            return 0;
        }
        boolean wrong = WRONG.matcher(plain).find();
        double sum = wrong ? grave ? 5 : 4 : grave ? first ? 4 : STRONG : 0;
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
        double more = foreign(plain) ? -2 : place ? .8 : 0;
        return HARMLESS.matcher(plain).find() ? more - 3 : more;
    }

    /** A title in a rule, as reports put above each of their parts: {@code ____ test_sums ____}. */
    static boolean heading(String plain) {
        return plain.length() > 6
                && "_=*#~-".indexOf(plain.charAt(0)) >= 0
                && HEADING.matcher(plain).matches();
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
