package dev.weir.cli.ship;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.weir.cli.RunOnTopic;
import dev.weir.schemas.Line;
import dev.weir.schemas.LineBatch;
import dev.weir.schemas.Marker;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

/** Acknowledges at once, and keeps what was sent. */
final class RecordedOutlet implements Outlet {
    private final List<Object> bodies = new ArrayList<>();
    private boolean countOnly;
    private long count;

    synchronized void countOnly() {
        countOnly = true;
    }

    Router.Way way() {
        return new Router.Way() {
            @Override
            public Outlet open(String key, long mostOnTheWay) {
                return RecordedOutlet.this;
            }

            @Override
            public int schemaId() {
                return 7;
            }
        };
    }

    @Override
    public boolean awaitRoom(long millis) {
        return true;
    }

    @Override
    public synchronized boolean send(byte[] value, Runnable onAcknowledged) {
        try {
            Object body = RunOnTopic.decode(value);
            if (body instanceof LineBatch batch) {
                count += batch.getLines().size();
            }
            if (!countOnly) {
                bodies.add(body);
            }
        } catch (IOException undecodable) {
            throw new UncheckedIOException(undecodable);
        }
        onAcknowledged.run();
        return true;
    }

    @Override
    public void flush() {
        // nothing is on its way
    }

    @Override
    public void close() {
        // nothing is open
    }

    synchronized long count() {
        return count;
    }

    private synchronized List<LineBatch> batches() {
        return bodies.stream()
                .filter(LineBatch.class::isInstance)
                .map(LineBatch.class::cast)
                .toList();
    }

    List<String> lines() {
        List<String> lines = new ArrayList<>();
        for (LineBatch batch : batches()) {
            for (Line line : batch.getLines()) {
                lines.add(UTF_8.decode(line.getText().duplicate()).toString());
            }
        }
        return lines;
    }

    List<Marker> markers() {
        List<Marker> markers = new ArrayList<>();
        for (LineBatch batch : batches()) {
            if (batch.getMarker() != null) {
                markers.add(batch.getMarker());
            }
        }
        return markers;
    }

    long dropped(String reason) {
        return markers().stream()
                .filter(marker -> marker.getReason().equals(reason))
                .mapToLong(Marker::getCount)
                .sum();
    }

    /** That every number up to this one was taken, each once, in order. */
    void assertNumbered(long entries) {
        long next = 0;
        for (LineBatch batch : batches()) {
            assertEquals(next, batch.getFirstSeq());
            next += batch.getMarker() == null
                    ? batch.getLines().size()
                    : batch.getMarker().getCount();
        }
        assertEquals(entries, next);
    }

    /** Whether everything the shipper has is here; ends it if so. */
    boolean sawEndOf(Shipper shipper) {
        if (!ending) {
            shipper.end(new Ending(0, "exit", 0, null));
            ending = true;
        }
        return shipper.delivered();
    }

    private boolean ending;
}
