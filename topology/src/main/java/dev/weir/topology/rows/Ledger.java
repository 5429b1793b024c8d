package dev.weir.topology.rows;

import dev.weir.schemas.RunState;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A run's ledger: where it is in its life, and where its lines went. Written once a batch, so what changes seldom is in
 * {@link FactsRow}. Mutable, confined to one stream task; a reader has a copy of its own.
 */
public final class Ledger {
    private static final RunState[] STATES = RunState.values();

    /** The record that this and all rows written with it reflect, and its arrival. */
    public long offset = -1;

    public long time;
    /** The record this run began with: rows with an older stamp are of an earlier run of the same name. */
    public long birth;
    /** Left for want of room: as if it were not there, though its rows are until they leave with their windows. */
    public boolean gone;
    /** Offset at which a template last appeared, changed its text, merged or left. */
    public long changed = -1;
    /** Offset up to which the counts of all templates were told to {@code weir.templates}. */
    public long told = -1;
    /** The minute whose tallies are not in the totals yet, by its start. */
    public long minute;

    public RunState state = RunState.UNKNOWN;
    public long stateSince;
    public long firstActivity;
    public long lastActivity;
    public long lastLine;
    public long lastHeartbeat;
    public long startedAt;
    public long endedAt;
    public @Nullable String endReason;
    public @Nullable Integer exitCode;
    public @Nullable String signal;
    public long epoch;
    public long lateLines;

    public long read;
    public long counted;
    public long evicted;
    public long duplicates;
    public long undecodable;
    /** Entries less than the edge has read, by its last word; -1 when it never said. */
    public long missing = -1;

    public long gaps;
    public int templates;
    /** Ids of templates below this have been given, whether their rows are left or not. */
    public int nextTemplate;

    /** Most templates for now, because its rows take too much room; 0 for no other than the usual bound. */
    public int templateCap;

    public int sources;
    /** The run's rhythm: batches with lines, and the longest pause between two of them, in milliseconds. */
    public long beats;

    public long longestPause;
    /** For how many minutes the same few templates were all that came, and which. */
    public long loopMinutes;

    public long loopShape;
    public final Map<String, Long> dropped = new TreeMap<>();
    public final Map<String, Long> rejected = new TreeMap<>();

    public boolean ended() {
        return state == RunState.COMPLETED || state == RunState.FAILED || state == RunState.CANCELLED;
    }

    public long sumDropped() {
        return sum(dropped);
    }

    public long sumRejected() {
        return sum(rejected);
    }

    public byte[] pack(Packer out) {
        out.start(Layout.CURRENT)
                .number(offset)
                .number(time)
                .number(birth)
                .flag(gone)
                .signed(changed)
                .signed(told)
                .number(minute);
        out.octet(state.ordinal()).number(stateSince).number(firstActivity).number(lastActivity);
        out.number(lastLine).number(lastHeartbeat).number(startedAt).number(endedAt);
        out.maybe(endReason).flag(exitCode != null).signed(exitCode == null ? 0 : exitCode);
        out.maybe(signal).number(epoch).number(lateLines);
        out.number(read).number(counted).number(evicted).number(duplicates).number(undecodable);
        out.signed(missing)
                .number(gaps)
                .number(templates)
                .number(nextTemplate)
                .number(templateCap)
                .number(sources);
        out.number(beats).number(longestPause).number(loopMinutes).fixed(loopShape);
        return out.numbers(dropped).numbers(rejected).toBytes();
    }

    public static Ledger unpack(byte[] row) {
        Unpacker in = new Unpacker(row);
        Ledger ledger = new Ledger();
        ledger.offset = in.number();
        ledger.time = in.number();
        ledger.birth = in.number();
        ledger.gone = in.flag();
        ledger.changed = in.signed();
        ledger.told = in.signed();
        ledger.minute = in.number();
        ledger.state = STATES[in.octet()];
        ledger.stateSince = in.number();
        ledger.firstActivity = in.number();
        ledger.lastActivity = in.number();
        ledger.lastLine = in.number();
        ledger.lastHeartbeat = in.number();
        ledger.startedAt = in.number();
        ledger.endedAt = in.number();
        ledger.endReason = in.maybe();
        boolean exited = in.flag();
        int code = (int) in.signed();
        ledger.exitCode = exited ? code : null;
        ledger.signal = in.maybe();
        ledger.epoch = in.number();
        ledger.lateLines = in.number();
        ledger.read = in.number();
        ledger.counted = in.number();
        ledger.evicted = in.number();
        ledger.duplicates = in.number();
        ledger.undecodable = in.number();
        ledger.missing = in.signed();
        ledger.gaps = in.number();
        ledger.templates = in.integer();
        ledger.nextTemplate = in.integer();
        ledger.templateCap = in.integer();
        ledger.sources = in.integer();
        ledger.beats = in.number();
        ledger.longestPause = in.number();
        ledger.loopMinutes = in.number();
        ledger.loopShape = in.fixed();
        ledger.dropped.putAll(in.numbers());
        ledger.rejected.putAll(in.numbers());
        return ledger;
    }

    private static long sum(Map<String, Long> byReason) {
        long sum = 0;
        for (long lines : byReason.values()) {
            sum += lines;
        }
        return sum;
    }
}
