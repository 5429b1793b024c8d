package dev.weir.drain;

import java.util.Locale;
import java.util.Random;

/** Lines with headers of all sorts, likely and unlikely ones. */
final class Headings {
    private final Random random;

    Headings(Random random) {
        this.random = random;
    }

    String line() {
        StringBuilder line = new StringBuilder(any("", "", "", "", " ", "INFO ", "[main] ", "E ", "<13>"));
        line.append(stamp()).append(any(" ", " ", " ", "  ", ": ", ", ", "\t", "|", ""));
        for (int fields = random.nextInt(5); fields > 0; fields--) {
            line.append(field()).append(any(" ", " ", " ", " ", "  ", "\t", ""));
        }
        return line.append(message()).toString();
    }

    private String stamp() {
        return any(
                date() + ' ' + clock(),
                "2024-05-01T" + clock(),
                any("Jun", "Jul") + ' ' + any(" 9", "14", "15") + ' ' + clock(),
                "081109 " + any("203615", "203616", digits(6)),
                "[Sun Dec 04 " + below(24) + ":47:44 2005]",
                '[' + date() + ' ' + clock() + ']',
                clock(),
                "2005-06-03-" + below(24) + '.' + below(60) + '.' + below(60) + '.' + digits(6),
                "- 11178" + digits(5) + " 2005.06.03 R0" + digits(1) + "-M1-N0 2005-06-03-" + below(24) + ".10.59."
                        + digits(6),
                "10.30 " + clock(),
                '[' + clock() + ']',
                "Thu, 01 May 2024 " + clock());
    }

    private String date() {
        return any("2024-05-01", "2024-05-02", "2024/05/01", "20240501", "05-01", "2005.06.03", "17/06/09");
    }

    private String clock() {
        String clock = below(random.nextInt(20) == 0 ? 99 : 24) + ':' + below(60) + ':' + below(60);
        return clock
                + any(
                        "",
                        "",
                        "",
                        '.' + digits(3),
                        ',' + digits(3),
                        '.' + digits(6),
                        ':' + digits(3),
                        "Z",
                        " +0000",
                        "+02:00")
                + any("", "", "", "", "", " UTC", " PM", " GMT");
    }

    private String field() {
        return any(
                any("INFO", "WARN", "ERROR", "info", "[INFO]", "<error>", "INFO:", "WARN ", "[notice]", "F", "LOG:"),
                digits(1 + random.nextInt(7)),
                '[' + any("main", "http-" + digits(2), "worker 1", digits(4), "Jun", below(60) + ":10:10") + ']',
                any("com.acme.Boot", "dfs.DataNode", "node-" + digits(2), "combo", "host" + digits(1)),
                any("sshd[" + digits(5) + "]:", "kernel:", "su(pam_unix)[" + digits(4) + "]:", "app:", "com.acme.X:"),
                any("-", "--", "|", ":", "*", "*" + digits(1), "->"),
                '(' + any("abc", digits(3), "a b") + ')',
                any("<13>", "user@db", "a@b", "a/b", "$1", "D/Tag(  " + digits(3) + "):"),
                any(
                        "203615 081109",
                        digits(6) + ' ' + digits(6),
                        digits(8),
                        '1' + digits(9),
                        "2024-01-01",
                        "12 Mar 2024 10:00:00"),
                any("RAS", "KERNEL", "FATAL", "PST", "UTC", "PM"),
                "",
                "");
    }

    private String message() {
        return any(
                any("session opened for user", "PacketResponder 1 for block", "workerEnv.init() ok", "started", "a b"),
                any("error: bad", "ERROR - here", "tag: text", "WindowManager: hello", "INFO done", "one: two: three"),
                any("[x] y", "foo - bar", "foo [bar] x", "foo  bar", "- dash", "* star", "x" + digits(2) + " y"),
                any("10.0.0.1 up", "proxy.example.org:5070 open", "a.b.c d", "Mar 3 12:00:00 x", "12 Mars a", "Aa: b"));
    }

    private String below(int most) {
        return String.format(Locale.ROOT, "%02d", random.nextInt(most));
    }

    private String digits(int many) {
        StringBuilder digits = new StringBuilder();
        for (int i = 0; i < many; i++) {
            digits.append(random.nextInt(10));
        }
        return digits.toString();
    }

    private String any(String... of) {
        return of[random.nextInt(of.length)];
    }
}
