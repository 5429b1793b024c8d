package dev.weir.cli;

import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What the server says of a request, said of what was typed: its parameters are the command's flags. */
final class Spoken {
    private static final Map<String, String> FLAGS = flags();
    private static final Pattern PARAMETER = Pattern.compile("^([a-zA-Z]+)(?= is ')");
    private static final Pattern ROUTE = Pattern.compile("\\b(GET|POST|DELETE) (/v1/[a-z]+)\\b");
    private static final Map<String, String> ROUTES =
            Map.of("/v1/runs", "weir runs", "/v1/hooks", "weir hook", "/v1/node", "weir status");

    private Spoken() {}

    static String asTyped(String said) {
        String text = PARAMETER
                .matcher(said)
                .replaceFirst(name -> Matcher.quoteReplacement(FLAGS.getOrDefault(name.group(1), name.group(1))));
        // What the command adds to what was typed is not shown.
        text = text.replaceFirst("^(--level is '[^'+]*)\\+'", "$1'")
                .replaceFirst("^--grep is '/(.*)/'", "--grep is '$1'");
        text = text.replaceAll("\\ballowPrivate( is true)?\\b", "--allow-private");
        text = text.replace("GET /v1/runs/{run}/queue", "weir queue RUN");
        return ROUTE.matcher(text)
                .replaceAll(route -> Matcher.quoteReplacement(ROUTES.getOrDefault(route.group(2), route.group())));
    }

    private static Map<String, String> flags() {
        Map<String, String> flags = new TreeMap<>();
        for (String same : new String[] {
            "level",
            "window",
            "budget",
            "until",
            "timeout",
            "url",
            "job",
            "label",
            "status",
            "provider",
            "since",
            "secret",
            "slot",
            "around",
            "at",
            "baseline",
            "message",
            "delay",
            "when",
            "key",
            "name",
            "speed",
            "stream"
        }) {
            flags.put(same, "--" + same);
        }
        flags.put("to", "--at");
        flags.put("q", "--grep");
        flags.put("cursor", "--since");
        flags.put("events", "--on");
        flags.put("labels", "--label");
        flags.put("context", "-C");
        flags.put("limit", "--limit");
        flags.put("n", "-n");
        flags.put("runAt", "--at");
        flags.put("tail", "--tail");
        flags.put("template", "TEMPLATE");
        flags.put("run", "RUN");
        flags.put("a", "A");
        flags.put("b", "B");
        flags.put("command", "--cmd");
        return flags;
    }
}
