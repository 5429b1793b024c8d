package dev.weir.snapshot;

import dev.weir.snapshot.Snapshot.Accounting;
import dev.weir.snapshot.Snapshot.Change;
import dev.weir.snapshot.Snapshot.Mode;
import dev.weir.snapshot.Snapshot.Template;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** The snapshot for people and terminals. */
final class SnapshotText implements Rendering {

    @Override
    public String contentType() {
        return "text/plain; charset=utf-8";
    }

    @Override
    public byte[] render(Snapshot snapshot) {
        StringBuilder page = new StringBuilder();
        page.append(Headline.of(snapshot)).append('\n');
        page.append(accounting(snapshot.accounting())).append('\n');
        if (snapshot.note() != null) {
            page.append("note: ").append(Visible.of(snapshot.note())).append('\n');
        }
        if (snapshot.firstError() != null) {
            page.append("first error: #")
                    .append(snapshot.firstError().template())
                    .append(' ');
            page.append(Visible.of(snapshot.firstError().text())).append('\n');
        }
        for (Snapshot.Signal signal : snapshot.furtherSignals()) {
            page.append("signal: ").append(signal.kind()).append(' ');
            page.append(Visible.of(signal.text())).append('\n');
        }
        if (!snapshot.templates().isEmpty()) {
            page.append("    COUNT  SHARE  LEVEL  TEMPLATE\n");
            snapshot.templates().forEach(template -> template(page, template));
        }
        lines(page, snapshot);
        if (snapshot.omitted().any()) {
            page.append(omitted(snapshot.omitted())).append('\n');
        }
        if (!snapshot.lean() && !snapshot.cursor().isEmpty()) {
            page.append("cursor: ").append(snapshot.cursor()).append('\n');
        }
        return page.toString().getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public int sizeOf(Template template) {
        StringBuilder one = new StringBuilder();
        template(one, template);
        return one.toString().getBytes(StandardCharsets.UTF_8).length;
    }

    static String accounting(Accounting sum) {
        StringBuilder line = new StringBuilder(160);
        line.append("read ").append(sum.read()).append(" = counted ").append(sum.counted());
        line.append(" + dropped ").append(sum.dropped()).append(" + evicted ").append(sum.evicted());
        line.append(" + rejected ").append(sum.rejected());
        beside(line, "duplicates", sum.duplicates());
        beside(line, "gaps", sum.gaps());
        beside(line, "undecodable", sum.undecodable());
        beside(line, "missing", sum.missing());
        beside(line, "pending", sum.pending());
        return line.toString();
    }

    static String omitted(Snapshot.Omitted left) {
        String signals = left.signals() == 0 ? "" : ", " + left.signals() + " signals";
        return "omitted: " + left.templates() + " templates, " + left.lines() + " lines" + signals + " (" + left.why()
                + ")";
    }

    private static void beside(StringBuilder line, String name, long number) {
        if (number != 0) {
            line.append("; ").append(name).append(' ').append(number);
        }
    }

    private static void template(StringBuilder page, Template template) {
        page.append(String.format(
                Locale.ROOT,
                "%9d %5.1f%%  %-5s  #%d %s%s\n",
                template.count(),
                100 * template.share(),
                template.level().equals("NONE") ? "-" : template.level(),
                template.id(),
                marks(template),
                Visible.of(template.text())));
        String causes = template.causes();
        if (!causes.isEmpty()) {
            page.append("                         causes: ")
                    .append(Visible.of(causes))
                    .append('\n');
        }
        for (String sample : template.samples()) {
            if (sample.equals(template.text())) {
                continue;
            }
            page.append("                         e.g. ")
                    .append(Visible.of(sample))
                    .append('\n');
        }
    }

    static String marks(Template template) {
        StringBuilder marks = new StringBuilder();
        if (template.change() != Change.NONE) {
            marks.append('[').append(SnapshotJson.lower(template.change()));
            if (template.mergedInto() != null) {
                marks.append(" into #").append(template.mergedInto());
            }
            marks.append("] ");
        }
        if (Boolean.TRUE.equals(template.novel())) {
            marks.append("[novel] ");
        }
        return marks.toString();
    }

    private static void lines(StringBuilder page, Snapshot snapshot) {
        if (snapshot.errorBlock() != null) {
            page.append(snapshot.errorBlock().cut() ? "last error, cut:\n" : "last error:\n");
            snapshot.errorBlock().lines().forEach(line -> indented(page, line));
        }
        if (snapshot.mode() == Mode.RAW) {
            page.append("all lines, as they were:\n");
            snapshot.lines().forEach(line -> indented(page, line));
        }
        if (!snapshot.tail().isEmpty()) {
            page.append("last lines:\n");
            snapshot.tail().forEach(line -> indented(page, line));
        }
    }

    private static void indented(StringBuilder page, String line) {
        page.append("  ").append(Visible.of(line)).append('\n');
    }
}
