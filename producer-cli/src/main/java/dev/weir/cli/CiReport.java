package dev.weir.cli;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a CI system's own pages are told of a run. What a log says is never more than text there: it neither makes a command
 * of the CI system, nor markup, nor control codes.
 */
final class CiReport {
    private static final int MOST_ANNOTATIONS = 5;
    private static final int LONGEST_SUMMARY = 64 << 10;
    private static final String MARKUP = "\\`*_{}[]()<>#+-.!|~&$@:";

    private final String ci;
    private final PrintStream err;
    private final @Nullable String jobSummary;

    /** @param jobSummary the file in which GitHub takes a step's summary */
    CiReport(String ci, PrintStream err, @Nullable String jobSummary) {
        this.ci = ci;
        this.err = err;
        this.jobSummary = jobSummary;
    }

    void write(RunSummary summary, RunSummary.@Nullable Findings findings) {
        switch (ci) {
            case "github" -> {
                annotate(summary, findings);
                jobSummary(summary, findings, jobSummary);
            }
            case "gitlab" -> section(summary, findings);
            default -> {
                // No pages of its own that a command could write to: what stands on standard error must do.
            }
        }
    }

    private void annotate(RunSummary summary, RunSummary.@Nullable Findings findings) {
        if (summary.code() == 0) {
            return;
        }
        List<String> errors = findings == null ? List.of() : findings.errors();
        if (errors.isEmpty()) {
            err.println("::error title=weir::" + command(summary.headline()));
        }
        errors.stream().limit(MOST_ANNOTATIONS).forEach(error -> err.println("::error title=weir::" + command(error)));
    }

    /** As GitHub's own toolkit escapes a command's message. */
    static String command(String text) {
        return Printable.of(text).replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A");
    }

    static void jobSummary(RunSummary summary, RunSummary.@Nullable Findings findings, @Nullable String file) {
        if (file == null || file.isEmpty()) {
            return;
        }
        StringBuilder text = new StringBuilder("### weir: ")
                .append(markdown(summary.headline()))
                .append("\n\n");
        if (findings != null) {
            text.append(findings.templates()).append(" templates\n\n");
            for (int i = 0; i < findings.errors().size(); i++) {
                text.append("- ")
                        .append(findings.novel().get(i) ? "**novel** " : "")
                        .append(markdown(findings.errors().get(i)))
                        .append('\n');
            }
        }
        text.append("\n`weir snapshot ").append(summary.run()).append("`\n\n");
        try {
            Path path = Path.of(file);
            // The file is shared by a step's commands, and the step fails if it becomes too large.
            if (!Files.exists(path) || Files.size(path) < LONGEST_SUMMARY) {
                Files.writeString(path, text, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
            }
        } catch (IOException failure) {
            System.err.println("weir: cannot write the job summary: " + failure);
        }
    }

    static String markdown(String text) {
        StringBuilder escaped = new StringBuilder();
        for (char c : Printable.of(text).toCharArray()) {
            if (MARKUP.indexOf(c) >= 0) {
                escaped.append("&#").append((int) c).append(';');
            } else {
                escaped.append(c);
            }
        }
        return escaped.toString();
    }

    private void section(RunSummary summary, RunSummary.@Nullable Findings findings) {
        if (findings == null || findings.errors().isEmpty()) {
            return;
        }
        long now = System.currentTimeMillis() / 1000;
        String name = "weir_" + summary.run().replaceAll("[^A-Za-z0-9_]", "_");
        err.print("\033[0Ksection_start:" + now + ":" + name + "[collapsed=true]\r\033[0Kweir: errors of this run\n");
        findings.errors().forEach(error -> err.println("  " + Printable.of(error)));
        err.print("\033[0Ksection_end:" + now + ":" + name + "\r\033[0K\n");
    }
}
