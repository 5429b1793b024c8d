package dev.weir.cli.edit;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.re2j.Pattern;
import dev.weir.cli.mask.Masker;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Does to one source's lines what is to be done. Single-threaded: a private key spreads over lines. */
public final class Editor {
    private final @Nullable Masker masker;
    private final List<Pattern> include;
    private final List<Pattern> exclude;
    private final List<Replacing> replace;

    private record Replacing(Pattern pattern, String text) {}

    /** For one more source of the same run, used by the same thread. */
    public Editor another() {
        return new Editor(this);
    }

    private Editor(Editor other) {
        masker = other.masker == null ? null : other.masker.another();
        include = other.include;
        exclude = other.exclude;
        replace = other.replace;
    }

    Editor(Edits edits) {
        masker = edits.masks().masker().orElse(null);
        include = edits.include().stream().map(Pattern::compile).toList();
        exclude = edits.exclude().stream().map(Pattern::compile).toList();
        replace = edits.replace().stream()
                .map(each -> new Replacing(Pattern.compile(each.pattern()), each.text()))
                .toList();
    }

    public boolean filters() {
        return !include.isEmpty() || !exclude.isEmpty();
    }

    /** Whether a line is to be left out. */
    public boolean leavesOut(byte[] bytes, int start, int length) {
        if (!filters()) {
            return false;
        }
        String line = new String(bytes, start, length, UTF_8);
        return !include.isEmpty()
                        && include.stream().noneMatch(each -> each.matcher(line).find())
                || exclude.stream().anyMatch(each -> each.matcher(line).find());
    }

    /** A text of the run that is no line, such as a command's argument, as it may leave. */
    public String masked(String text) {
        return masker == null ? text : masker.mask(text);
    }

    /** The line as it may leave; empty if that is as it is. Every line goes through here, also one that is left out. */
    public Optional<byte[]> edited(byte[] bytes, int start, int length) {
        Optional<byte[]> masked = masker == null ? Optional.empty() : masker.mask(bytes, start, length);
        if (replace.isEmpty()) {
            return masked;
        }
        String before =
                masked.map(text -> new String(text, UTF_8)).orElseGet(() -> new String(bytes, start, length, UTF_8));
        String line = before;
        for (Replacing each : replace) {
            line = each.pattern().matcher(line).replaceAll(each.text());
        }
        return line.equals(before) ? masked : Optional.of(line.getBytes(UTF_8));
    }

    /** Lines are missing here: what began in them is not known. */
    public void skipped() {
        if (masker != null) {
            masker.skipped();
        }
    }
}
