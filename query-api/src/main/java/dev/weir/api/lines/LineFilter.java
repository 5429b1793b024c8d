package dev.weir.api.lines;

import dev.weir.api.http.Call;
import dev.weir.api.runs.Levels;
import dev.weir.api.runs.RunLookup;
import dev.weir.api.runs.TextFilter;
import dev.weir.drain.Miner;
import dev.weir.drain.MinerSettings;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Predicate;

/**
 * Which entries a reader wants. A line's level is what the miner reads off it, with a miner of the reader's own that
 * learns each source's header as it goes; it is bounded, whatever goes by. Confined to one reader.
 */
final class LineFilter implements Predicate<Entry> {
    private final Optional<Predicate<String>> matching;
    private final Optional<String> stream;
    private final Set<String> levels;
    private final Miner miner = new Miner(MinerSettings.DEFAULTS
            .withSlots(false)
            .withMaxTemplates(2_000)
            .withSeed(ThreadLocalRandom.current().nextLong()));
    private final Map<String, Miner.Source> sources = new HashMap<>();

    LineFilter(Optional<Predicate<String>> matching, Optional<String> stream, Set<String> levels) {
        this.matching = matching;
        this.stream = stream;
        this.levels = levels;
    }

    static LineFilter of(Call call, RunLookup runs) {
        return new LineFilter(
                matching(runs, call.tenant(), call.run(), call.text("q"), call.text("template"), call.text("not")),
                call.text("stream"),
                call.text("level").map(Levels::of).orElse(Set.of()));
    }

    /** What a line's text must match: the text asked for, and the templates asked for and left out. */
    static Optional<Predicate<String>> matching(
            RunLookup runs,
            String tenant,
            String run,
            Optional<String> text,
            Optional<String> template,
            Optional<String> not) {
        Optional<Predicate<String>> asked = text.map(given -> TextFilter.of("q", given));
        Optional<Predicate<String>> chosen = TemplateChoice.of(runs, tenant, run, template, not);
        return asked.isPresent() && chosen.isPresent()
                ? Optional.of(asked.get().and(chosen.get()))
                : asked.or(() -> chosen);
    }

    @Override
    public boolean test(Entry entry) {
        if (!entry.isLine()) {
            return matching.isEmpty() && levels.isEmpty() && onStream(entry);
        }
        // The miner must see every line, or it learns a header from the few that pass.
        boolean level = levels.isEmpty() || levels.contains(level(entry));
        return level && onStream(entry) && (matching.isEmpty() || matching.get().test(entry.text()));
    }

    private boolean onStream(Entry entry) {
        return stream.isEmpty()
                || stream.get().equals(entry.stream())
                || stream.get().equals(entry.source());
    }

    /** What the miner reads off it. */
    String level(Entry entry) {
        Miner.Source source = sources.computeIfAbsent(entry.source(), miner::source);
        miner.mine(source, entry.bytes(), 0, entry.bytes().length, entry.offset(), entry.index());
        String level = miner.level().name();
        return level.equals("UNKNOWN") ? "NONE" : level;
    }
}
