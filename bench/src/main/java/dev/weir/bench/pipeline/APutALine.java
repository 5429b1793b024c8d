package dev.weir.bench.pipeline;

import dev.weir.drain.Miner;
import dev.weir.drain.Rows;
import dev.weir.drain.Template;
import dev.weir.schemas.LineBatchReader;
import dev.weir.schemas.RunKey;
import dev.weir.topology.rows.Layout;
import dev.weir.topology.rows.Ledger;
import dev.weir.topology.rows.Packer;
import dev.weir.topology.rows.Page;
import dev.weir.topology.rows.RowKey;
import dev.weir.topology.rows.SourceRow;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.WindowStore;
import org.jspecify.annotations.Nullable;

/**
 * The same pipeline, but for one thing: each line's tally is put when the line has been mined, not each batch's. Miner,
 * decoding, the edge's dedupe, the rows of templates, sources and books are weir's and are written when weir writes
 * them. It sends no events and keeps no life cycle, which is in its favour. What it puts is weir's own row of tallies, the
 * page that has the template's, or the least that anybody could put, the template's own tally.
 */
final class APutALine implements Processor<byte[], byte[], Void, Void> {
    private static final long MINUTE = 60_000;

    private final String name;
    private final boolean wholePages;
    private final LineBatchReader reader;
    private final LongAdder lines;
    private final Miner miner = new Miner();
    private final Packer packer = new Packer();
    private final Ledger ledger = new Ledger();
    private final Map<String, SourceRow> sources = new HashMap<>();
    private final Map<Integer, Page> pages = new HashMap<>();
    private @Nullable ProcessorContext<Void, Void> context;

    APutALine(String name, boolean wholePages, LineBatchReader reader, LongAdder lines) {
        this.name = name;
        this.wholePages = wholePages;
        this.reader = reader;
        this.lines = lines;
    }

    @Override
    public void init(ProcessorContext<Void, Void> started) {
        context = started;
    }

    @Override
    public void process(Record<byte[], byte[]> record) {
        if (context != null) {
            long offset = context.recordMetadata().orElseThrow().offset();
            process(RunKey.find(record.key()).orElseThrow().toString(), record, offset, context.getStateStore(name));
        }
    }

    private void process(String run, Record<byte[], byte[]> record, long offset, WindowStore<Bytes, byte[]> store) {
        reader.read(record.value());
        packer.at(offset);
        long minute = record.timestamp() / MINUTE * MINUTE;
        SourceRow source = sources.computeIfAbsent(reader.source(), SourceRow::new);
        Miner.Source mined = miner.source(source.name);
        for (int i = 0; i < reader.size(); i++) {
            if (!source.accepted.contains(reader.firstSeq() + i)) {
                int id = miner.mine(mined, reader.buffer(), reader.offset(i), reader.length(i), offset, i);
                if (wholePages) {
                    store.put(
                            RowKey.of(RowKey.TALLY, run, Page.page(id)),
                            page(id, offset, i, record.timestamp(), minute),
                            minute);
                } else {
                    store.put(RowKey.of(RowKey.TALLY, run, id), tally(miner.template(id), record.timestamp()), minute);
                }
                ledger.counted++;
                lines.increment();
            }
        }
        source.accepted.add(reader.firstSeq(), reader.firstSeq() + reader.size());
        rows(run, store, minute);
        ledger.read = source.read();
        store.put(RowKey.of(RowKey.SOURCE, run, source.name), source.pack(packer), minute);
        store.put(RowKey.of(RowKey.LEDGER, run), ledger.pack(packer), minute);
    }

    private byte[] page(int id, long offset, int index, long time, long minute) {
        Page page = pages.computeIfAbsent(Page.page(id), ignored -> new Page());
        page.add(Page.slot(id), 1, 1, offset, index, time);
        return page.pack(packer, minute);
    }

    private byte[] tally(Template template, long time) {
        return packer.start(Layout.CURRENT)
                .number(template.count())
                .number(template.events())
                .number(template.lastOffset())
                .number(template.lastIndex())
                .number(time)
                .toBytes();
    }

    private void rows(String run, WindowStore<Bytes, byte[]> store, long minute) {
        miner.rows().drainDirty(new Rows() {
            @Override
            public void template(int id, byte[] row) {
                store.put(RowKey.of(RowKey.TEMPLATE, run, id), row, minute);
            }

            @Override
            public void source(String called, byte[] learnt) {
                sources.computeIfAbsent(called, SourceRow::new).learnt = learnt;
            }

            @Override
            public void tally(Template counted, long more, long events) {}
        });
    }
}
