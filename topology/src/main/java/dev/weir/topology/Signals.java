package dev.weir.topology;

import dev.weir.topology.rows.FactsRow;
import dev.weir.topology.rows.Ledger;
import dev.weir.topology.rows.Page;
import dev.weir.topology.rows.TemplateRow;
import java.util.stream.IntStream;

/**
 * What about a run is worth a look, said once, with the evidence. Everything is judged by arrival, a minute at a time,
 * but the first error and a new value, which are seen line by line.
 */
final class Signals {
    static final String FIRST_ERROR = "first-error";
    static final String NEW_VALUE = "new-value";
    static final String BURST = "burst";
    static final String LOOP = "loop";
    static final String STALL = "stall";

    private static final int MOST = 64;
    private static final int MOST_OF_A_KIND = 16;
    private static final int LONGEST_EVIDENCE = 200;

    private static final long BURST_LINES = 200;
    private static final long BURST_TIMES = 10;
    private static final long BURST_MINUTES = 3;

    private static final int LOOP_TEMPLATES = 5;
    private static final int LOOP_MINUTES = 5;
    private static final long LOOP_LINES = 10;

    private static final long STALL_BEATS = 20;
    private static final long STALL_TIMES = 8;
    private static final long STALL_LEAST = 10_000;

    private Signals() {}

    /** @param template or -1 */
    static void tell(Step step, String kind, int template, String evidence) {
        FactsRow facts = step.run.facts;
        long ofKind =
                facts.signals.stream().filter(one -> one.kind().equals(kind)).count();
        boolean told = facts.signals.stream().anyMatch(one -> one.kind().equals(kind) && one.template() == template);
        if (!told && ofKind < MOST_OF_A_KIND && facts.signals.size() < MOST) {
            String cut = evidence.substring(0, Math.min(LONGEST_EVIDENCE, evidence.length()));
            facts.signals.add(new FactsRow.Sign(kind, step.time, step.offset, template, cut));
            step.run.factsChanged = true;
            step.statusChanged = true;
        }
    }

    static void created(Step step, TemplateRow row) {
        boolean first =
                step.run.facts.signals.stream().noneMatch(one -> one.kind().equals(FIRST_ERROR));
        if (row.lane != 0 && first) {
            tell(step, FIRST_ERROR, row.id, row.text);
        }
    }

    /** Notes the run's rhythm: how long it is silent between two batches. */
    static void beat(Ledger ledger, long time) {
        if (ledger.lastLine != 0) {
            ledger.beats++;
            ledger.longestPause = Math.max(ledger.longestPause, time - ledger.lastLine);
        }
    }

    /** Whether a run has been silent for much longer than it ever was. */
    static boolean stalled(long now, long lastLine, long beats, long longestPause) {
        return beats >= STALL_BEATS
                && lastLine != 0
                && now - lastLine > Math.max(STALL_LEAST, STALL_TIMES * longestPause);
    }

    /** Looks at the minute that closes, before it goes into the totals. */
    static void minute(Step step) {
        RunModel run = step.run;
        long minutes = Math.max(1, (run.ledger.minute - Buckets.minute(run.ledger.firstActivity)) / Buckets.MINUTE);
        int shown = 0;
        long lines = 0;
        long shape = 0;
        for (int page : run.openPages.stream().toArray()) {
            Page minute = run.minute(page);
            for (int slot : IntStream.range(0, minute.limit()).toArray()) {
                long now = minute.lines(slot);
                if (now != 0) {
                    int id = page * Page.SIZE + slot;
                    shown++;
                    lines += now;
                    shape += (id + 1) * 0x9E3779B97F4A7C15L;
                    burst(step, id, now, run.totals(page).lines(slot), minutes);
                }
            }
        }
        loop(step, shown, lines, shape);
    }

    private static void burst(Step step, int id, long now, long before, long minutes) {
        TemplateRow row = step.run.template(id);
        if (row != null
                && minutes >= BURST_MINUTES
                && now >= BURST_LINES
                && before > 0
                && now * minutes > BURST_TIMES * before) {
            tell(step, BURST, id, now + " in a minute, " + before + " in the " + minutes + " before: " + row.text);
        }
    }

    private static void loop(Step step, int shown, long lines, long shape) {
        Ledger ledger = step.run.ledger;
        // A minute in which nothing was said is silence, which a stall tells of.
        boolean same = shown > 0 && shown <= LOOP_TEMPLATES && lines >= LOOP_LINES * shown && shape == ledger.loopShape;
        ledger.loopMinutes = same ? ledger.loopMinutes + 1 : 1;
        ledger.loopShape = shape;
        boolean elseToo = step.run.ledger.templates > shown;
        if (ledger.loopMinutes == LOOP_MINUTES && elseToo) {
            tell(
                    step,
                    LOOP,
                    -1,
                    shown + " templates and nothing else for " + LOOP_MINUTES + " minutes, " + lines
                            + " lines in the last");
        }
    }
}
