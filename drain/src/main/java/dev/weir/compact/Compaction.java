package dev.weir.compact;

import dev.weir.drain.Level;
import dev.weir.drain.Miner;
import dev.weir.drain.Slot;
import dev.weir.drain.Template;
import dev.weir.snapshot.Budget;
import dev.weir.snapshot.Rendering;
import dev.weir.snapshot.Snapshot;
import dev.weir.snapshot.Snapshot.Accounting;
import dev.weir.snapshot.Snapshot.Change;
import dev.weir.snapshot.Snapshot.ErrorBlock;
import dev.weir.snapshot.Snapshot.FirstError;
import dev.weir.snapshot.Snapshot.Mode;
import dev.weir.snapshot.Snapshot.Omitted;
import dev.weir.snapshot.Snapshot.Total;
import dev.weir.snapshot.Snapshot.Window;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * One compaction: feed it lines, then print them as a snapshot. If there is a budget and the lines themselves fit it,
 * they are printed instead. Confined to one thread.
 */
public final class Compaction {
    private static final String NAME = "compact";
    private static final int READ = 256 << 10;

    private final Miner miner;
    private final Miner.Source source;
    private final long now;
    private final int keep;
    private final List<String> kept = new ArrayList<>();
    private final Excerpt excerpt = new Excerpt();
    private long keptBytes;
    private long lines;

    /**
     * @param now when it happens, in milliseconds
     * @param keep bytes of lines to keep for the case that all of them fit a budget; 0 if there is none
     */
    public Compaction(Miner miner, long now, int keep) {
        this.miner = miner;
        this.source = miner.source(NAME);
        this.now = now;
        this.keep = keep;
    }

    public void line(byte[] bytes, int from, int length) {
        int template = miner.mine(source, bytes, from, length, lines, 0);
        if (keep > 0) {
            // Only within a budget are lines shown that explain.
            excerpt.line(bytes, from, length, miner.level(), miner.firstOfEvent(), template);
        }
        lines++;
        if (keptBytes <= keep) {
            kept.add(new String(bytes, from, length, StandardCharsets.UTF_8));
            keptBytes += length + 1;
            if (keptBytes > keep) {
                kept.clear();
            }
        }
    }

    /** Feeds every line of a stream; of a line longer than {@code longest} bytes, that many. It counts once all the same. */
    public void lines(InputStream in, int longest) throws IOException {
        byte[] buffer = new byte[longest + READ];
        int start = 0;
        int end = 0;
        boolean cut = false;
        for (int got; (got = in.read(buffer, end, buffer.length - end)) >= 0; ) {
            int scanned = end;
            end += got;
            for (int i = scanned; i < end; i++) {
                if (buffer[i] == '\n') {
                    if (!cut) {
                        withoutReturn(buffer, start, Math.min(longest, i - start));
                    }
                    cut = false;
                    start = i + 1;
                }
            }
            if (end - start >= longest || cut) {
                if (!cut) {
                    line(buffer, start, longest);
                }
                cut = true;
                start = end;
            }
            System.arraycopy(buffer, start, buffer, 0, end - start);
            end -= start;
            start = 0;
        }
        if (end > 0) {
            withoutReturn(buffer, 0, Math.min(longest, end));
        }
    }

    private void withoutReturn(byte[] bytes, int from, int length) {
        line(bytes, from, length > 0 && bytes[from + length - 1] == '\r' ? length - 1 : length);
    }

    /** The compact view: within the budget if there is one, else the best templates up to the limit. */
    public byte[] print(Rendering rendering, OptionalInt budget, int limit, Snapshot.Sort sort) {
        List<Snapshot.Template> ranked = new ArrayList<>();
        for (Template template : miner.templates()) {
            if (template.live()) {
                ranked.add(form(template).withShareOf(lines));
            }
        }
        ranked.sort(sort.order());
        Snapshot whole = frame(ranked);
        if (budget.isEmpty()) {
            return rendering.render(Budget.limited(whole, ranked, limit));
        }
        Budget cut = new Budget(budget.getAsInt(), rendering);
        if (keptBytes <= keep && keptBytes <= cut.room()) {
            byte[] raw = rendering.render(whole.asRaw(kept));
            if (cut.fits(raw)) {
                return raw;
            }
        }
        return cut.cut(
                whole.withErrors(whole.firstError(), explained(cut.evidence(whole, excerpt::lines))), ranked, limit);
    }

    /** The lines that explain best, in what room is left beside the frame and the first templates. */
    private ErrorBlock explained(List<String> lines) {
        FirstError first = firstError();
        return new ErrorBlock(first == null ? 0 : first.template(), lines, true);
    }

    private Snapshot frame(List<Snapshot.Template> ranked) {
        return new Snapshot(
                new Snapshot.Run(
                        NAME, "completed", null, null, null, null, null, Map.of(), null, null, null, null, null, null),
                now,
                Mode.TEMPLATES,
                "",
                Window.WHOLE_RUN,
                new Accounting(lines, lines, 0, 0, 0, 0, 0, 0, 0, 0),
                new Total(ranked.size(), lines),
                List.of(),
                firstError(),
                null,
                List.of(),
                List.of(),
                List.of(),
                Omitted.NOTHING,
                null,
                false);
    }

    private @Nullable FirstError firstError() {
        return miner.templates().stream()
                .filter(Template::live)
                .filter(template -> template.level().compareTo(Level.ERROR) >= 0)
                .min(Comparator.comparingLong(Template::firstOffset))
                .map(template -> new FirstError(template.id(), now, text(template.sample())))
                .orElse(null);
    }

    private Snapshot.Template form(Template template) {
        return new Snapshot.Template(
                template.id(),
                String.format("%016x", template.fingerprint()),
                template.text(),
                template.level() == Level.UNKNOWN ? "NONE" : template.level().name(),
                template.totalCount(),
                template.totalEvents(),
                0,
                now,
                now,
                List.of(NAME),
                List.of(),
                List.of(text(template.sample())),
                slots(template),
                Change.NONE,
                null,
                null,
                null,
                null,
                false);
    }

    private static List<Snapshot.Slot> slots(Template template) {
        List<Snapshot.Slot> slots = new ArrayList<>();
        for (Slot slot : template.slots()) {
            boolean numeric = slot.numbers() > 0;
            slots.add(new Snapshot.Slot(
                    slots.size(),
                    slot.name() == null ? Integer.toString(slots.size()) : slot.name(),
                    numeric ? "number" : "text",
                    slot.distinct(),
                    slot.exact(),
                    slot.top().stream()
                            .limit(5)
                            .map(value -> new Snapshot.Slot.Value(value.text(), value.count()))
                            .toList(),
                    numeric ? slot.min() : null,
                    numeric ? slot.quantile(0.5) : null,
                    numeric ? slot.max() : null));
        }
        return slots;
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
