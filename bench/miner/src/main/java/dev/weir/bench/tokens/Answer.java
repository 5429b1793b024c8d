package dev.weir.bench.tokens;

import dev.weir.snapshot.Visible;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A printed snapshot, as somebody reads it who knows nothing of the miner: does it say this line? It does if it holds the
 * line, or a template that the line is of.
 */
public final class Answer {
    private static final Pattern TEMPLATE = Pattern.compile("^ *\\d+ +[0-9.]+% +\\S+ +#\\d+ (?:\\[[^]]*] )*(.*)$");
    private static final Pattern COLOUR = Pattern.compile("\u001b\\[[0-9;?]*[A-Za-z]");
    /** A template with fewer characters than this of its own could be of any line. */
    private static final int LEAST_OWN = 6;
    /** A line that was cut counts if this much of it is left. */
    private static final int LEAST_LEFT = 60;

    private final Set<String> lines = new HashSet<>();
    private final List<String> cut = new ArrayList<>();
    private final List<Pattern> templates = new ArrayList<>();
    /** The same templates as the message of a structured line. */
    private final List<Pattern> messages = new ArrayList<>();

    public Answer(byte[] text) {
        for (String line : new String(text, StandardCharsets.UTF_8).split("\n")) {
            Matcher template = TEMPLATE.matcher(line);
            if (template.matches()) {
                add(template.group(1));
            }
            if (line.contains("<*>") && !template.matches()) {
                add(line.strip());
            }
            String plain = plain(line).replaceFirst("^e\\.g\\. ", "").replaceFirst("^first error: #\\d+ ", "");
            lines.add(plain);
            if (plain.endsWith("…") && plain.length() > LEAST_LEFT) {
                cut.add(plain.substring(0, plain.length() - 1).strip());
            }
        }
    }

    private void add(String template) {
        String own = template.replaceAll("<[^<> ]*>", "").replaceAll("[\\s\\p{Punct}]", "");
        if (own.length() >= LEAST_OWN) {
            StringBuilder regex = new StringBuilder();
            for (String part : plain(template).split("<[^<> ]*>", -1)) {
                regex.append(regex.length() == 0 ? "" : ".*?").append(Pattern.quote(part));
            }
            templates.add(Pattern.compile(".*?" + regex));
            messages.add(Pattern.compile("(?:\\{|\\w+=).*(?:msg|message)\"?[:=] ?\"" + regex + "\".*"));
        }
        lines.add(plain(template));
    }

    public boolean says(String line) {
        String plain = plain(line);
        return lines.contains(plain)
                || cut.stream().anyMatch(plain::startsWith)
                || templates.stream().anyMatch(t -> t.matcher(plain).matches())
                || messages.stream().anyMatch(t -> t.matcher(plain).matches());
    }

    /** Without colours, and with any white space as one blank: what differs in these differs for nobody. */
    static String plain(String line) {
        String bare = COLOUR.matcher(line).replaceAll("").replaceAll("\\\\x1b\\[[0-9;?]*[A-Za-z]", "");
        return Visible.of(bare).strip().replaceAll("\\s+", " ");
    }
}
