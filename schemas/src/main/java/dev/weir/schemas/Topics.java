package dev.weir.schemas;

import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.apache.avro.Schema;

/** The names of all topics. A record, because several weirs may share one cluster under different prefixes. */
public record Topics(
        String lines,
        String templates,
        String runs,
        String wakes,
        String wakeStates,
        String baselines,
        String fleet,
        String keys,
        String hooks,
        String deadLetters) {
    private static final Pattern PREFIX = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,127}");

    public static Topics withPrefix(String prefix) {
        if (!PREFIX.matcher(prefix).matches()) {
            throw new IllegalArgumentException(ClusterSettings.TOPIC_PREFIX.variable() + " is '" + Shown.of(prefix)
                    + "': use 1 to 128 letters, digits, '.', '_' or '-', of which the first is a letter or digit");
        }
        return new Topics(
                prefix + ".lines",
                prefix + ".templates",
                prefix + ".runs",
                prefix + ".wakes",
                prefix + ".wake-states",
                prefix + ".baselines",
                prefix + ".fleet",
                prefix + ".keys",
                prefix + ".hooks",
                prefix + ".dead-letters");
    }

    public List<String> all() {
        return List.of(lines, templates, runs, wakes, wakeStates, baselines, fleet, keys, hooks, deadLetters);
    }

    /** What the values of each topic are; dead letters are not in it, for they may be anything. */
    public Map<String, Schema> valueSchemas() {
        return Map.of(
                lines, RunRecord.getClassSchema(),
                templates, TemplateEvent.getClassSchema(),
                runs, RunStatus.getClassSchema(),
                wakes, WakeCommand.getClassSchema(),
                wakeStates, WakeState.getClassSchema(),
                baselines, Baseline.getClassSchema(),
                fleet, FleetRun.getClassSchema(),
                keys, ApiKey.getClassSchema(),
                hooks, Hook.getClassSchema());
    }
}
