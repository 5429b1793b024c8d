package dev.weir.cli;

import dev.weir.cli.ship.Origin;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/** A run's origin as properties, for the spool. */
final class OriginText {
    private static final String LABEL = "label.";
    private static final String WORD = "command.";

    private OriginText() {}

    static Properties write(Origin origin) {
        Properties text = new Properties();
        text.setProperty("startedAt", Long.toString(origin.startedAt()));
        for (int i = 0; i < origin.command().size(); i++) {
            text.setProperty(WORD + i, origin.command().get(i));
        }
        put(text, "title", origin.title());
        put(text, "job", origin.job());
        put(text, "provider", origin.provider());
        put(text, "host", origin.host());
        put(text, "user", origin.user());
        put(text, "directory", origin.directory());
        put(text, "gitCommit", origin.gitCommit());
        put(text, "gitBranch", origin.gitBranch());
        put(text, "ciJob", origin.ciJob());
        put(text, "ciUrl", origin.ciUrl());
        put(text, "format", origin.format());
        origin.labels().forEach((name, value) -> text.setProperty(LABEL + name, value));
        return text;
    }

    static Origin read(Properties text) {
        List<String> command = new ArrayList<>();
        for (String word; (word = text.getProperty(WORD + command.size())) != null; ) {
            command.add(word);
        }
        Map<String, String> labels = new HashMap<>();
        for (String name : text.stringPropertyNames()) {
            if (name.startsWith(LABEL)) {
                labels.put(name.substring(LABEL.length()), text.getProperty(name));
            }
        }
        return new Origin(
                Long.parseLong(text.getProperty("startedAt", "0")),
                command,
                text.getProperty("title"),
                text.getProperty("job"),
                text.getProperty("provider", "shell"),
                text.getProperty("host"),
                text.getProperty("user"),
                text.getProperty("directory"),
                text.getProperty("gitCommit"),
                text.getProperty("gitBranch"),
                text.getProperty("ciJob"),
                text.getProperty("ciUrl"),
                labels,
                text.getProperty("format", "auto"));
    }

    private static void put(Properties text, String name, @Nullable String value) {
        if (value != null) {
            text.setProperty(name, value);
        }
    }
}
