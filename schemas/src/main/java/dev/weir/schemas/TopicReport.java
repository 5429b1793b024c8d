package dev.weir.schemas;

import java.util.List;
import java.util.stream.Collectors;

/** What was found, and made, when the topics were looked at. Nothing that existed was altered. */
public record TopicReport(List<String> created, List<String> missing, List<Difference> differences) {

    /**
     * One thing about one topic that is not as the settings say.
     *
     * @param harmful weir would count wrongly or lose state; everything else is the operator's choice
     */
    public record Difference(
            String topic, String setting, String wanted, String found, boolean harmful, String whatToDo) {
        @Override
        public String toString() {
            return "Topic " + topic + ": " + setting + " is " + found + ", not " + wanted + ": " + whatToDo;
        }
    }

    public TopicReport {
        created = List.copyOf(created);
        missing = List.copyOf(missing);
        differences = List.copyOf(differences);
    }

    public List<Difference> harmful() {
        return differences.stream().filter(Difference::harmful).toList();
    }

    /** Nothing missing and nothing harmful. */
    public boolean usable() {
        return missing.isEmpty() && harmful().isEmpty();
    }

    /** A line for each thing worth telling; empty if all is as it should be. */
    public String describe() {
        String absent = missing.stream()
                .map(topic -> "Topic " + topic + " is missing: let weir create it, or create it yourself")
                .collect(Collectors.joining("\n"));
        String different = differences.stream().map(Difference::toString).collect(Collectors.joining("\n"));
        return absent.isEmpty() || different.isEmpty() ? absent + different : absent + "\n" + different;
    }
}
