package dev.weir.cli.ship;

import dev.weir.cli.capture.Allowance;
import dev.weir.cli.capture.Bell;
import dev.weir.cli.capture.Stream;
import dev.weir.cli.edit.Editor;
import dev.weir.schemas.LineBatchWriter;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongSupplier;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;

/**
 * Brings one run to Kafka: RunStarted, its streams' lines in batches, a Heartbeat every few seconds, RunEnded. Runs on a
 * thread of its own beside the child and never holds it up.
 */
public final class Shipper implements Runnable {
    private static final long HEARTBEAT_MILLIS = 5_000;
    private static final long RETRY_MILLIS = 200;
    private static final long GATHER_MILLIS = 10;
    private static final long CATCH_UP_MILLIS = 2;
    private static final long MOST_EBB_MILLIS = 2_000;
    private static final int MOST_BYTES = 200_000;
    private static final int MOST_LINES = 4_000;
    private static final long BRIEF_MILLIS = 100;
    private static final long BRIEF_BYTES = 200_000;
    private static final long MOST_HELD_BACK = 1L << 30;

    private final String key;
    private final Origin origin;
    private final long epoch;
    private final Sources sources = new Sources();
    private final Housekeeping housekeeping;
    private final Editor editor;
    private final Allowance allowance;
    private final Lookouts lookouts = new Lookouts();
    private final Pace pace;
    private final Router router;
    private final LineBatchWriter batch = new LineBatchWriter(1 << 14);
    private final Bell bell;
    private final LongSupplier clock;
    private final AtomicLong acknowledgements = new AtomicLong();
    private @Nullable Ending ending;
    private @Nullable String trouble;
    private volatile boolean delivered;

    public Shipper(
            String key,
            Origin origin,
            Editor editor,
            List<Stream> streams,
            Allowance allowance,
            @Nullable LineWatch watch,
            Router router,
            Bell bell,
            LongSupplier clock) {
        this.key = key;
        this.origin = origin;
        this.epoch = clock.getAsLong();
        this.editor = editor;
        this.allowance = allowance;
        this.housekeeping = new Housekeeping(sources, allowance);
        this.pace = new Pace(Math.min(allowance.most(), MOST_HELD_BACK));
        this.router = router;
        this.bell = bell;
        this.clock = clock;
        streams.forEach(this::add);
        if (watch != null) {
            sources.forEach(reader -> lookouts.add(reader, new Lookout(reader.stream(), editor.another(), watch)));
        }
    }

    /** One more stream; any time, from any thread. */
    public void add(Stream stream) {
        sources.add(new SourceReader(stream, editor.another()));
        bell.ring();
    }

    /** Streams that are done with since this was asked last. */
    public List<String> takeRetired() {
        return sources.takeRetired();
    }

    /** How far each stream has been acknowledged; not those that are done with. */
    public Map<String, Stream.Mark> acknowledged() {
        return sources.acknowledged();
    }

    /** Leaves out what an earlier process has brought to Kafka; to be called before it runs. */
    public void startAt(Map<String, Long> nextSeqs) {
        sources.forEach(
                reader -> reader.startAt(nextSeqs.getOrDefault(reader.position().source(), 0L)));
    }

    /** Says that the run is over; once all lines before it are sent, so is this. */
    public synchronized void end(Ending how) {
        ending = how;
        notifyAll();
        bell.ring();
    }

    private synchronized @Nullable Ending ending() {
        return ending;
    }

    /** Waits until all lines of streams that have ended have been seen by who watches them, but not longer than this. */
    public boolean awaitSeen(long millis) throws InterruptedException {
        return lookouts.awaitSeen(millis);
    }

    /** How many lines have been seen by who watches them. */
    public long linesSeen() {
        return lookouts.lines();
    }

    /** How often Kafka has acknowledged something. */
    public long acknowledgements() {
        return acknowledgements.get();
    }

    /** True when Kafka has acknowledged everything, RunEnded included. */
    public boolean delivered() {
        return delivered;
    }

    /** What went wrong for good, if anything did. */
    public synchronized Optional<String> trouble() {
        return Optional.ofNullable(trouble);
    }

    public long lines() {
        return sources.lines();
    }

    @Override
    public void run() {
        try {
            awaitEbb();
            Router.Way way = way();
            awaitEbb();
            try (Outlet outlet = way.open(key, Math.max(MOST_BYTES, allowance.most() / 4))) {
                ship(outlet, way.schemaId());
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        } catch (IOException | KafkaException failure) {
            synchronized (this) {
                trouble = failure.toString();
            }
        }
    }

    /** A command that begins with a flood gets the machine to itself, but not for longer than anybody would notice. */
    private void awaitEbb() throws IOException, InterruptedException {
        long end = clock.getAsLong() + MOST_EBB_MILLIS;
        while (isFlood() && ending() == null && clock.getAsLong() < end) {
            keepHouse();
            lookouts.look(clock.getAsLong());
            Thread.sleep(GATHER_MILLIS);
        }
    }

    private boolean isFlood() {
        return pace.isFlood(sources.taken(), allowance.held(), clock.getAsLong());
    }

    /** Looks for the way on a thread of its own: what comes meanwhile has to be kept within its bound and on disk. */
    private Router.Way way() throws IOException, InterruptedException {
        AtomicReference<Router.@Nullable Way> found = new AtomicReference<>();
        Thread search = new Thread(() -> search(found), "way");
        search.setDaemon(true);
        search.start();
        Router.Way way;
        while ((way = found.get()) == null) {
            keepHouse();
            if (isFlood()) {
                Thread.sleep(GATHER_MILLIS); // in a flood the bell never stops
            } else {
                bell.await(Housekeeping.COMMIT_MILLIS);
            }
            lookouts.look(clock.getAsLong());
        }
        return way;
    }

    private void search(AtomicReference<Router.@Nullable Way> found) {
        try {
            Optional<Router.Way> way;
            while ((way = router.find(this::isBrief)).isEmpty()) {
                Thread.sleep(RETRY_MILLIS);
            }
            found.set(way.get());
            bell.ring();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    /** Waits until the run is a tenth of a second old, for nobody looks at it before, unless it is over by then. */
    private boolean isBrief() {
        synchronized (this) {
            try {
                for (long left; ending == null && (left = epoch + BRIEF_MILLIS - clock.getAsLong()) > 0; ) {
                    wait(left);
                }
            } catch (InterruptedException stopped) {
                Thread.currentThread().interrupt();
            }
        }
        return ending() != null && sources.taken() <= BRIEF_BYTES;
    }

    private void ship(Outlet outlet, int schemaId) throws IOException, InterruptedException {
        RecordEncoder encoder = new RecordEncoder(schemaId);
        send(outlet, encoder.started(origin, epoch), () -> {});
        long nextHeartbeat = clock.getAsLong() + HEARTBEAT_MILLIS;
        while (!everythingSent()) {
            keepHouse();
            lookouts.look(clock.getAsLong());
            if (!outlet.awaitRoom(Housekeeping.COMMIT_MILLIS)) {
                continue;
            }
            if (ending() == null && pace.holdsBack(sources.taken(), allowance.held(), clock.getAsLong())) {
                Thread.sleep(GATHER_MILLIS);
                continue;
            }
            boolean moved = false;
            for (SourceReader reader : sources) {
                moved |= outlet.awaitRoom(0) && sendOne(reader, outlet, schemaId);
            }
            long now = clock.getAsLong();
            if (now >= nextHeartbeat) {
                send(outlet, encoder.heartbeat(now, epoch, sources.positions()), () -> {});
                nextHeartbeat = now + HEARTBEAT_MILLIS;
                sources.retire(lookouts::haveSeen);
            } else if (sources.wantRetiring()) {
                sources.retire(lookouts::haveSeen);
            }
            if (!moved) {
                pause(nextHeartbeat - now);
            }
        }
        Ending how = ending();
        if (how != null) {
            send(outlet, encoder.ended(how, epoch, sources.allPositions()), () -> {});
        }
        lookouts.look(clock.getAsLong());
        outlet.flush();
        delivered = true;
    }

    /** Sends one record, however long that takes: what comes meanwhile has to be kept and looked at, too. */
    private void send(Outlet outlet, byte[] value, Runnable onAcknowledged) throws IOException, InterruptedException {
        Runnable counted = () -> {
            onAcknowledged.run();
            acknowledgements.incrementAndGet();
        };
        while (!outlet.send(value, counted)) {
            keepHouse();
            lookouts.look(clock.getAsLong());
            outlet.awaitRoom(Housekeeping.COMMIT_MILLIS);
        }
    }

    private void keepHouse() throws IOException {
        housekeeping.keep(clock.getAsLong());
    }

    /** One batch, if there is anything for one: streams take turns. */
    private boolean sendOne(SourceReader reader, Outlet outlet, int schemaId) throws IOException, InterruptedException {
        Position first = reader.position();
        long now = clock.getAsLong();
        byte[] value;
        if (reader.fill(batch, epoch, MOST_BYTES, MOST_LINES, now)) {
            value = batch.framed(schemaId);
        } else {
            Optional<Marker> gap = reader.gap();
            if (gap.isEmpty()) {
                return false;
            }
            value = new RecordEncoder(schemaId).marker(first, epoch, now, gap.get());
        }
        Stream.Mark sent = reader.mark();
        send(outlet, value, () -> reader.acknowledge(sent));
        return true;
    }

    /** Waits for bytes, and then a moment longer, so that a trickle of writes becomes a batch. */
    private void pause(long most) throws InterruptedException {
        boolean behindTheHolder = sources.any(SourceReader::hasMore);
        if (behindTheHolder) {
            Thread.sleep(CATCH_UP_MILLIS);
            return;
        }
        boolean uncommitted = sources.any(SourceReader::isUncommitted);
        bell.await(uncommitted ? Housekeeping.COMMIT_MILLIS : Math.max(1, most));
        if (ending() == null) {
            Thread.sleep(GATHER_MILLIS);
        }
    }

    private boolean everythingSent() {
        return ending() != null && sources.areFinished();
    }
}
