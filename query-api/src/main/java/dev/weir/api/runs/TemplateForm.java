package dev.weir.api.runs;

import dev.weir.snapshot.Snapshot;
import dev.weir.snapshot.Snapshot.Change;
import dev.weir.topology.Fleet;
import dev.weir.topology.RunView;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A template, from what the stores say to what an answer says: counts of a window, a trend, readable samples. */
final class TemplateForm {
    /** The first line: what the last one said otherwise, slots say in less. */
    static final int SAMPLES = 1;

    private static final int SLOT_VALUES = 5;

    private final Trend trend;
    private final long from;
    private final Set<Integer> surprising;
    private final Fleet others;

    /** @param others the last other runs of the run's job */
    TemplateForm(Trend trend, long from, Set<Integer> surprising, Fleet others) {
        this.trend = trend;
        this.from = from;
        this.surprising = surprising;
        this.others = others;
    }

    /** What it is ranked by, and nothing that only a reader wants. */
    Snapshot.Template rank(RunView.Template template, Change change) {
        return new Snapshot.Template(
                template.id(),
                "",
                "",
                template.level(),
                lines(template),
                0,
                0,
                template.firstSeen(),
                template.lastSeen(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                change,
                null,
                null,
                template.novel().orElse(null),
                null,
                surprising.contains(template.id()));
    }

    /** @param total lines of all templates that match, which its share is of */
    Snapshot.Template full(
            RunView.Template template, Snapshot.Template rank, @Nullable String previousText, long total) {
        return new Snapshot.Template(
                template.id(),
                fingerprint(template.fingerprint()),
                template.text(),
                template.level(),
                rank.count(),
                events(template),
                total == 0 ? 0 : (double) rank.count() / total,
                template.firstSeen(),
                template.lastSeen(),
                template.streams(),
                trend.of(template.tallies()),
                samples(template, SAMPLES),
                slots(template, SLOT_VALUES),
                rank.change(),
                previousText,
                template.mergedInto().isPresent() ? template.mergedInto().getAsInt() : null,
                rank.novel(),
                others.runs().isEmpty() ? null : Integer.valueOf(seenIn(template.fingerprint())),
                rank.surprising());
    }

    private int seenIn(long fingerprint) {
        int runs = 0;
        for (Fleet.Run run : others.runs()) {
            runs += run.templates().containsKey(fingerprint) ? 1 : 0;
        }
        return runs;
    }

    /** Lines within the window: of the whole run, the count; else the sum of its minutes. */
    private long lines(RunView.Template template) {
        return from == 0
                ? template.count()
                : template.tallies().stream()
                        .filter(tally -> tally.minute() >= from)
                        .mapToLong(RunView.Tally::lines)
                        .sum();
    }

    private long events(RunView.Template template) {
        return from == 0
                ? template.events()
                : template.tallies().stream()
                        .filter(tally -> tally.minute() >= from)
                        .mapToLong(RunView.Tally::events)
                        .sum();
    }

    static List<String> samples(RunView.Template template, int most) {
        List<String> texts = new ArrayList<>();
        for (RunView.Sample sample : template.samples()) {
            if (texts.size() < most) {
                texts.add(new String(sample.bytes(), StandardCharsets.UTF_8));
            }
        }
        return texts;
    }

    static List<Snapshot.Slot> slots(RunView.Template template, int values) {
        return template.slots().stream()
                .map(slot -> new Snapshot.Slot(
                        slot.index(),
                        slot.name(),
                        slot.numbers().isPresent() ? "number" : "text",
                        slot.distinct(),
                        slot.exact() && !slot.approximate(),
                        slot.top().stream()
                                .limit(values)
                                .map(value -> new Snapshot.Slot.Value(value.value(), value.count()))
                                .toList(),
                        slot.numbers().map(RunView.Numbers::min).orElse(null),
                        slot.numbers().map(RunView.Numbers::median).orElse(null),
                        slot.numbers().map(RunView.Numbers::max).orElse(null)))
                .toList();
    }

    static String fingerprint(long fingerprint) {
        return HexFormat.of().toHexDigits(fingerprint);
    }
}
