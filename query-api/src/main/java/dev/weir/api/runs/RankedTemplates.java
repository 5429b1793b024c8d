package dev.weir.api.runs;

import dev.weir.snapshot.Snapshot;
import dev.weir.snapshot.Snapshot.Change;
import dev.weir.snapshot.Snapshot.Template;
import dev.weir.topology.RunView;
import java.util.AbstractList;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Every template that matches, best first. Only those that are looked at are written out in full: of hundreds an answer
 * shows some dozens. Confined to one answer.
 */
final class RankedTemplates extends AbstractList<Template> {
    private final TemplateForm form;
    private final List<Entry> entries;
    private final long lines;

    /** A template with what it is ranked by, and in full once somebody asked. */
    private static final class Entry {
        final RunView.Template view;
        final Template rank;
        final @Nullable String previousText;

        @Nullable
        Template full;

        Entry(RunView.Template view, Template rank, @Nullable String previousText) {
            this.view = view;
            this.rank = rank;
            this.previousText = previousText;
        }
    }

    private RankedTemplates(TemplateForm form, List<Entry> entries) {
        this.form = form;
        this.entries = entries;
        this.lines = entries.stream().mapToLong(entry -> entry.rank.count()).sum();
    }

    /** Gathers them, in any order. */
    static final class Gathering {
        private final TemplateForm form;
        private final SnapshotQuery query;
        private final List<Entry> entries = new ArrayList<>();

        Gathering(TemplateForm form, SnapshotQuery query) {
            this.form = form;
            this.query = query;
        }

        void add(RunView.Template template, Change change, @Nullable String previousText) {
            Template rank = form.rank(template, change);
            if (query.wants(template, rank)) {
                entries.add(new Entry(template, rank, previousText));
            }
        }

        RankedTemplates sorted() {
            Comparator<Template> order = query.sort().order();
            entries.sort((one, other) -> order.compare(one.rank, other.rank));
            return new RankedTemplates(form, entries);
        }
    }

    Snapshot.Total total() {
        return new Snapshot.Total(entries.size(), lines);
    }

    @Override
    public Template get(int index) {
        Entry entry = entries.get(index);
        Template full = entry.full;
        if (full == null) {
            full = form.full(entry.view, entry.rank, entry.previousText, lines);
            entry.full = full;
        }
        return full;
    }

    @Override
    public int size() {
        return entries.size();
    }
}
