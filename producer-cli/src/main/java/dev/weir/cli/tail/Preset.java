package dev.weir.cli.tail;

import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How a tool is asked to follow something: its words, with {@code {name}} for what, and a word for since when.
 *
 * @param since with {@code {iso}} or {@code {seconds}} for the time; left out to begin with, or if empty
 */
record Preset(List<String> words, String since, boolean json) {
    private static final Map<String, Preset> OWN = Map.of(
            "k8s",
            text("kubectl logs --follow --timestamps {name}", "--since-time={iso}"),
            "compose",
            text("docker compose logs --follow --timestamps --no-color --no-log-prefix {name}", "--since={iso}"),
            "journald",
            json("journalctl --follow --output=json --no-pager --unit={name}", "--since=@{seconds}"),
            "pm2",
            json("pm2 logs {name} --json --raw", ""),
            "fly",
            json("flyctl logs --app {name} --json", ""),
            "vercel",
            json("vercel logs {name} --follow --json", ""),
            "aws",
            text("aws logs tail {name} --follow --format short", "--since={iso}"));

    Preset {
        words = List.copyOf(words);
    }

    private static Preset text(String words, String since) {
        return new Preset(Arrays.asList(words.split(" ")), since, false);
    }

    private static Preset json(String words, String since) {
        return new Preset(Arrays.asList(words.split(" ")), since, true);
    }

    /**
     * @param users the user's own, a line of words each: {@code tool --follow {name}}, or with {@code json:} before it; they
     *     win over weir's
     */
    static Optional<Preset> of(String name, Map<String, String> users) {
        String own = users.get(name);
        if (own == null) {
            return Optional.ofNullable(OWN.get(name));
        }
        boolean json = own.startsWith("json:");
        String line = json ? own.substring("json:".length()).strip() : own;
        List<String> words = Arrays.asList(line.split("\\s+"));
        String since = words.stream()
                .filter(word -> word.contains("{iso}") || word.contains("{seconds}"))
                .findFirst()
                .orElse("");
        return Optional.of(
                new Preset(words.stream().filter(word -> !word.equals(since)).toList(), since, json));
    }

    List<String> command(String name, String sinceStamp) {
        List<String> command = new java.util.ArrayList<>(
                words.stream().map(word -> word.replace("{name}", name)).toList());
        long millis = sinceStamp.isEmpty() ? -1 : Stamp.millis(sinceStamp);
        if (millis >= 0 && !since.isEmpty()) {
            // By the second, and inclusive: what was taken already is known by its time and left out again.
            String second = Instant.ofEpochMilli(millis / 1_000 * 1_000).toString();
            command.add(since.replace("{iso}", second).replace("{seconds}", Long.toString(millis / 1_000)));
        }
        return command;
    }
}
