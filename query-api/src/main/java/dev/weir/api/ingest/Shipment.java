package dev.weir.api.ingest;

import dev.weir.schemas.LineBatchWriter;
import dev.weir.schemas.RunKey;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** One request's lines on their way into batches. Confined to its request. */
final class Shipment implements LineBody.Each {
    private static final int BATCH_BYTES = 200_000;
    private static final int BATCH_ENTRIES = 800;

    private final Publisher publisher;
    private final RunKey run;
    private final Numbering.Place place;
    private final long now;
    private final LineBatchWriter batch = new LineBatchWriter(64 << 10);
    private final List<CompletableFuture<Void>> sent = new ArrayList<>();
    private long base;
    private long lines;

    Shipment(Publisher publisher, RunKey run, Numbering.Place place, long now) {
        this.publisher = publisher;
        this.run = run;
        this.place = place;
        this.now = now;
    }

    @Override
    public void line(byte[] bytes, long time, boolean newline) {
        lines++;
        long read = time < 0 ? now : time;
        if (bytes.length <= LineBatchWriter.LARGEST_ENTRY) {
            entry(bytes, 0, bytes.length, read, 0, true, newline);
            return;
        }
        int part = 1;
        for (int at = 0; at < bytes.length; at += LineBatchWriter.LARGEST_ENTRY) {
            int length = Math.min(LineBatchWriter.LARGEST_ENTRY, bytes.length - at);
            boolean last = at + length == bytes.length;
            entry(bytes, at, length, read, part++, last, !last || newline);
        }
    }

    private void entry(byte[] bytes, int from, int length, long read, int part, boolean last, boolean newline) {
        boolean full = batch.entries() >= BATCH_ENTRIES || !batch.isEmpty() && batch.bytes() + length > BATCH_BYTES;
        long offset = read - base;
        if (batch.isEmpty() || full || offset < Integer.MIN_VALUE || offset > Integer.MAX_VALUE) {
            flush();
            batch.begin(place.source, place.stream, place.epoch, place.next, read);
            base = read;
        }
        batch.add(bytes, from, length, (int) (read - base), part, last, newline);
        place.next++;
    }

    void flush() {
        if (!batch.isEmpty()) {
            sent.add(publisher.send(run, batch));
            batch.begin(place.source, place.stream, place.epoch, place.next, now);
        }
    }

    List<CompletableFuture<Void>> sent() {
        return sent;
    }

    long lines() {
        return lines;
    }
}
