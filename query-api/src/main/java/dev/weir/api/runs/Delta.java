package dev.weir.api.runs;

import dev.weir.snapshot.Snapshot.Change;
import dev.weir.topology.RunView;
import org.jspecify.annotations.Nullable;

/** What happened to a template since a cursor. */
record Delta(long offset, long quietFrom, long quietTo) {

    Change of(RunView.Template template) {
        if (template.mergedInto().isPresent()) {
            return template.changedAt() > offset ? Change.MERGED : Change.NONE;
        }
        if (template.evicted()) {
            return template.changedAt() > offset ? Change.EVICTED : Change.NONE;
        }
        if (template.first().offset() > offset) {
            return Change.NEW;
        }
        if (previousText(template) != null) {
            return Change.GENERALISED;
        }
        if (template.last().offset() > offset) {
            return Change.GROWN;
        }
        boolean quiet = template.lastSeen() > quietFrom && template.lastSeen() <= quietTo;
        return quiet ? Change.QUIET : Change.NONE;
    }

    /** The text that the cursor's reader knows, if it is another by now. */
    @Nullable
    String previousText(RunView.Template template) {
        return template.earlierTexts().stream()
                .filter(version -> version.untilOffset() > offset)
                .findFirst()
                .map(RunView.TextVersion::text)
                .orElse(null);
    }
}
