package dev.weir.topology;

import dev.weir.schemas.RunState;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** One run as of one moment between two batches. Times are arrival in the broker, in milliseconds, unless they say otherwise. */
public record RunView(
        String tenant,
        String run,
        AsOf asOf,
        LifeCycle life,
        Facts facts,
        Accounting accounting,
        int templateCount,
        List<Signal> signals,
        List<Source> sources,
        List<Template> templates) {

    public RunView {
        signals = List.copyOf(signals);
        sources = List.copyOf(sources);
        templates = List.copyOf(templates);
    }

    /**
     * What an answer reflects.
     *
     * @param offset the last record of the run's partition that touched this run
     * @param time when that record arrived
     * @param changed offset at which a template last appeared, changed its text, merged or left
     * @param birth the run's first record: what lies before it, under the same key, is of a run that was forgotten or
     *     has left, and is not to be shown
     */
    public record AsOf(int partition, long offset, long time, long changed, long birth) {}

    /**
     * Where a run is in its life.
     *
     * @param firstActivity arrival of its first record of any kind
     * @param lastActivity arrival of its last record of any kind
     * @param lastLine arrival of its last line; 0 before the first
     * @param stateSince when it entered its state, by the server's clock for silent and lost
     * @param epoch the producer's newest incarnation
     * @param lateLines lines that came after the end; they are counted, too
     */
    public record LifeCycle(
            RunState state,
            long stateSince,
            long firstActivity,
            long lastActivity,
            long lastLine,
            long lastHeartbeat,
            OptionalLong startedAt,
            OptionalLong endedAt,
            String endReason,
            OptionalInt exitCode,
            Optional<String> signal,
            long epoch,
            long lateLines) {}

    /**
     * What RunStarted said; all empty for a run whose start never came.
     *
     * @param durationMillis from its start to its end by the producer's clock, however late they arrived; empty before the end
     */
    public record Facts(
            List<String> command,
            @Nullable String title,
            @Nullable String job,
            String provider,
            @Nullable String host,
            @Nullable String user,
            @Nullable String directory,
            @Nullable String gitCommit,
            @Nullable String gitBranch,
            @Nullable String ciJob,
            @Nullable String ciUrl,
            Map<String, String> labels,
            String format,
            Map<String, String> masks,
            OptionalLong durationMillis) {

        public Facts {
            command = List.copyOf(command);
            labels = Map.copyOf(labels);
            masks = Map.copyOf(masks);
        }
    }

    /**
     * Something about the run worth a look, said once.
     *
     * @param kind stall, loop, burst, first-error or new-value
     */
    public record Signal(String kind, long at, long offset, OptionalInt template, String evidence) {}

    /**
     * One byte stream of the run.
     *
     * @param nextSeq where its producer should go on: one more than the highest number accepted
     * @param accepted the accepted sequence numbers, as intervals, end exclusive
     * @param edgeNextSeq how many entries the edge says it has read; empty when it has not said
     */
    public record Source(
            String name,
            String stream,
            long epoch,
            long nextSeq,
            List<Interval> accepted,
            long duplicates,
            OptionalLong edgeNextSeq,
            long lastActivity,
            Map<String, String> labels) {

        public Source {
            accepted = List.copyOf(accepted);
            labels = Map.copyOf(labels);
        }
    }

    /** Sequence numbers from the first to before the end. */
    public record Interval(long from, long end) {}

    /**
     * One template. Those that left by eviction or were merged into another stand in a delta only, so that its reader
     * learns of it; {@link #live} tells.
     *
     * @param lane what it never merges out of: its level
     * @param count lines, continuation lines and merged templates included
     * @param events first lines
     * @param own lines that came under this very id, merged templates not included
     * @param firstEventTime the producer's clock at its first line
     * @param changedAt offset at which it last appeared, changed its text, merged or left
     * @param tallies lines per minute of arrival in the window asked for, oldest first; minutes without lines left out
     * @param order place in the order of creation, from 0
     * @param overflow whether it counts what came after the run's cap on templates
     * @param novel whether the job's last good run lacked it; empty without a baseline
     */
    public record Template(
            int id,
            long fingerprint,
            String text,
            List<TextVersion> earlierTexts,
            String level,
            String lane,
            long count,
            long events,
            long own,
            long firstSeen,
            long firstEventTime,
            Position first,
            long lastSeen,
            Position last,
            List<String> streams,
            List<Tally> tallies,
            List<Sample> samples,
            List<Slot> slots,
            int order,
            OptionalInt mergedInto,
            boolean evicted,
            long changedAt,
            boolean overflow,
            Optional<Boolean> novel) {

        public Template {
            earlierTexts = List.copyOf(earlierTexts);
            streams = List.copyOf(streams);
            tallies = List.copyOf(tallies);
            samples = List.copyOf(samples);
            slots = List.copyOf(slots);
        }

        public boolean live() {
            return !evicted && mergedInto.isEmpty();
        }
    }

    /** A text the template had until an offset. */
    public record TextVersion(long untilOffset, long untilTime, String text) {}

    /**
     * Lines of one minute of arrival.
     *
     * @param last where the last of them lies
     */
    public record Tally(long minute, long lines, long events, Position last) {}

    /** The start of one line, and where the line lies. */
    public record Sample(Position position, byte[] bytes) {}

    /**
     * What was seen at one variable place of a template.
     *
     * @param distinct distinct values, exact if it says so
     * @param approximate whether values seen between the last write and a crash may lack
     */
    public record Slot(
            int index,
            String name,
            long seen,
            long distinct,
            boolean exact,
            boolean approximate,
            List<ValueCount> top,
            Optional<Numbers> numbers) {

        public Slot {
            top = List.copyOf(top);
        }
    }

    public record ValueCount(String value, long count) {}

    public record Numbers(double min, double max, double median, double p90, double p99) {}
}
