package dev.weir.snapshot;

import dev.weir.snapshot.Snapshot.Change;
import dev.weir.snapshot.Snapshot.Template;
import java.util.Comparator;

/** Which template a reader should see first: novel errors, errors, surprises, novel, changed, then volume. */
final class Ranking {
    static final Comparator<Template> BY_RANK = Comparator.comparingInt(Ranking::tier)
            .thenComparing(template -> !template.level().equals("FATAL"))
            .thenComparing(Comparator.comparingLong(Template::count).reversed())
            .thenComparingInt(Template::id);

    private Ranking() {}

    static int tier(Template template) {
        boolean novel = Boolean.TRUE.equals(template.novel());
        if (template.isError()) {
            return novel ? 0 : 1;
        }
        if (template.surprising()) {
            return 2;
        }
        if (novel) {
            return 3;
        }
        return changed(template.change()) ? 4 : 5;
    }

    /** That a template merely grew is volume, not news. */
    private static boolean changed(Change change) {
        return change != Change.NONE && change != Change.GROWN;
    }
}
