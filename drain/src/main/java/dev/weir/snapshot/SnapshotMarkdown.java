package dev.weir.snapshot;

import dev.weir.snapshot.Snapshot.Mode;
import dev.weir.snapshot.Snapshot.Template;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;

/** The snapshot for issues, chats and pull requests: a table, and lines in fences that no line can leave. */
final class SnapshotMarkdown implements Rendering {

    @Override
    public String contentType() {
        return "text/markdown; charset=utf-8";
    }

    @Override
    public byte[] render(Snapshot snapshot) {
        StringBuilder page = new StringBuilder();
        page.append("**").append(Headline.of(snapshot)).append("**\n\n");
        page.append(SnapshotText.accounting(snapshot.accounting())).append('\n');
        if (snapshot.note() != null) {
            page.append("\n").append(escaped(snapshot.note())).append('\n');
        }
        if (snapshot.firstError() != null) {
            page.append("\nFirst error: #")
                    .append(snapshot.firstError().template())
                    .append(' ');
            page.append(code(snapshot.firstError().text())).append('\n');
        }
        for (Snapshot.Signal signal : snapshot.furtherSignals()) {
            page.append("\nSignal: ")
                    .append(signal.kind())
                    .append(' ')
                    .append(code(signal.text()))
                    .append('\n');
        }
        if (!snapshot.templates().isEmpty()) {
            page.append("\n| count | share | level | # | template |\n|--:|--:|---|--:|---|\n");
            snapshot.templates().forEach(template -> template(page, template));
        }
        lines(page, snapshot);
        if (snapshot.omitted().any()) {
            page.append('\n').append(SnapshotText.omitted(snapshot.omitted())).append('\n');
        }
        return page.toString().getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public int sizeOf(Template template) {
        StringBuilder one = new StringBuilder();
        template(one, template);
        return one.toString().getBytes(StandardCharsets.UTF_8).length;
    }

    private static void template(StringBuilder page, Template template) {
        page.append(String.format(
                Locale.ROOT,
                "| %d | %.1f%% | %s | %d | %s%s%s |\n",
                template.count(),
                100 * template.share(),
                template.level(),
                template.id(),
                SnapshotText.marks(template),
                code(template.text()),
                template.causes().isEmpty() ? "" : " causes: " + code(template.causes())));
    }

    private static void lines(StringBuilder page, Snapshot snapshot) {
        if (snapshot.errorBlock() != null) {
            page.append(snapshot.errorBlock().cut() ? "\nLast error, cut:\n\n" : "\nLast error:\n\n");
            fenced(page, snapshot.errorBlock().lines());
        }
        if (snapshot.mode() == Mode.RAW) {
            page.append("\nAll lines, as they were:\n\n");
            fenced(page, snapshot.lines());
        }
        if (!snapshot.tail().isEmpty()) {
            page.append("\nLast lines:\n\n");
            fenced(page, snapshot.tail());
        }
    }

    /** The fence is longer than any run of back-ticks in it. */
    private static void fenced(StringBuilder page, List<String> lines) {
        int longest = lines.stream().mapToInt(SnapshotMarkdown::ticks).max().orElse(0);
        String fence = "`".repeat(Math.max(3, longest + 1));
        page.append(fence).append('\n');
        lines.forEach(line -> page.append(Visible.of(line)).append('\n'));
        page.append(fence).append('\n');
    }

    /** In a table a bar ends the cell even within back-ticks, so it is escaped. */
    private static String code(String text) {
        String shown = Visible.of(text).replace("|", "\\|");
        String fence = "`".repeat(ticks(shown) + 1);
        boolean padded = shown.startsWith("`") || shown.endsWith("`");
        return padded ? fence + " " + shown + " " + fence : fence + shown + fence;
    }

    private static String escaped(String text) {
        return Visible.of(text).replaceAll("([\\\\`*_<>|\\[\\]#])", "\\\\$1");
    }

    private static int ticks(String text) {
        int longest = 0;
        int run = 0;
        for (int i = 0; i < text.length(); i++) {
            run = text.charAt(i) == '`' ? run + 1 : 0;
            longest = Math.max(longest, run);
        }
        return longest;
    }
}
