package dev.weir.topology;

import dev.weir.schemas.RunKey;
import dev.weir.topology.rows.Delta;
import dev.weir.topology.rows.FactsRow;
import dev.weir.topology.rows.Ledger;
import dev.weir.topology.rows.Page;
import dev.weir.topology.rows.RowKey;
import dev.weir.topology.rows.SourceRow;
import dev.weir.topology.rows.TemplateRow;
import dev.weir.topology.rows.Unpacker;
import java.io.PrintStream;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.common.utils.Utils;

/**
 * Prints a run's rows for people, as its changelog has them, server or not:
 * {@code java -cp … dev.weir.topology.PrintRows BOOTSTRAP-SERVERS TENANT/RUN [APPLICATION-ID]}.
 */
public final class PrintRows {
    /** What a window store adds to a key: the window's start and a number that is always 0 here. */
    private static final int WINDOW = 8 + 4;

    private PrintRows() {}

    public static void main(String[] arguments) {
        if (arguments.length < 2 || RunKey.find(arguments[1]).isEmpty()) {
            System.err.println("Give the brokers and the run: PrintRows HOST:PORT TENANT/RUN [APPLICATION-ID]");
            System.exit(2);
        }
        String application = arguments.length > 2 ? arguments[2] : TopologySettings.APPLICATION_ID.defaultValue();
        print(Map.of("bootstrap.servers", arguments[0]), application, arguments[1], System.out);
    }

    static void print(Map<String, Object> kafka, String application, String run, PrintStream out) {
        Map<String, Object> properties = new TreeMap<>(kafka);
        properties.put("isolation.level", "read_committed");
        String topic = application + "-" + WeirTopology.RUNS_STORE + "-changelog";
        Map<Bytes, byte[]> rows = new TreeMap<>();
        try (KafkaConsumer<byte[], byte[]> consumer =
                new KafkaConsumer<>(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            int partitions = consumer.partitionsFor(topic).size();
            TopicPartition home =
                    new TopicPartition(topic, Utils.toPositive(Utils.murmur2(Utils.utf8(run))) % partitions);
            consumer.assign(List.of(home));
            consumer.seekToBeginning(List.of(home));
            long end = consumer.endOffsets(List.of(home)).getOrDefault(home, 0L);
            while (consumer.position(home) < end) {
                for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofMillis(500))) {
                    if (record.key() != null && record.value() != null) {
                        rows.put(Bytes.wrap(record.key()), record.value());
                    } else if (record.key() != null) {
                        rows.remove(Bytes.wrap(record.key()));
                    }
                }
            }
        }
        rows.forEach((key, row) -> {
            Bytes own = Bytes.wrap(Arrays.copyOf(key.get(), key.get().length - WINDOW));
            if (RowKey.run(own).equals(run)) {
                long window = ByteBuffer.wrap(key.get()).getLong(key.get().length - WINDOW);
                out.println(describe(own, window, row));
            }
        });
    }

    /** One line: its window, the offset it reflects, its kind and what it says. */
    static String describe(Bytes key, long window, byte[] row) {
        return Instant.ofEpochMilli(window) + " @" + Unpacker.stamp(row) + " " + said(key, row);
    }

    private static String said(Bytes key, byte[] row) {
        return switch (key.get()[0]) {
            case RowKey.LEDGER -> ledger(Ledger.unpack(row));
            case RowKey.FACTS -> facts(FactsRow.unpack(row));
            case RowKey.SOURCE -> source(SourceRow.unpack(RowKey.name(key), row));
            case RowKey.TALLY -> tally(RowKey.number(key), row);
            case RowKey.TOTALS ->
                page(
                        "totals page until " + Instant.ofEpochMilli(Page.until(row)),
                        RowKey.number(key),
                        Page.unpack(row));
            case RowKey.TEMPLATE -> template(TemplateRow.unpack(RowKey.number(key), row));
            case RowKey.SLOTS -> "slots of template " + RowKey.number(key) + ": " + row.length + " bytes";
            case RowKey.CLOSED -> "as its minute closed, " + ledger(Ledger.unpack(row));
            case RowKey.EXTRA_SOURCE -> "beyond the bound, " + source(SourceRow.unpack(RowKey.name(key), row));
            case RowKey.BASELINE -> "baseline: " + row.length + " bytes";
            default -> "a row of a kind this weir does not know: " + (char) key.get()[0];
        };
    }

    private static String ledger(Ledger ledger) {
        return "ledger: " + ledger.state + ", read " + ledger.read + " = counted " + ledger.counted + " + dropped "
                + ledger.dropped + " + evicted " + ledger.evicted + " + rejected " + ledger.rejected + "; duplicates "
                + ledger.duplicates + ", gaps " + ledger.gaps + ", missing " + ledger.missing + ", templates "
                + ledger.templates + ", last activity " + Instant.ofEpochMilli(ledger.lastActivity)
                + (ledger.gone ? ", gone" : "");
    }

    private static String facts(FactsRow facts) {
        return "facts: job " + facts.job + ", host " + facts.host + ", command " + facts.command + ", labels "
                + facts.labels + ", signals " + facts.signals;
    }

    private static String source(SourceRow source) {
        StringBuilder accepted = new StringBuilder();
        for (int i = 0; i < source.accepted.count(); i++) {
            accepted.append(" [")
                    .append(source.accepted.from(i))
                    .append(", ")
                    .append(source.accepted.end(i))
                    .append(')');
        }
        return "source " + source.name + ": epoch " + source.epoch + ", accepted" + accepted + ", continuations "
                + source.continuations + ", duplicates " + source.duplicates + ", the edge stands at "
                + source.edgeNextSeq;
    }

    private static String tally(int number, byte[] row) {
        if (!Delta.is(number)) {
            return page("tally page", number, Page.unpack(row));
        }
        Map<Integer, Page> pages = new TreeMap<>();
        Delta.unpack(row, page -> pages.computeIfAbsent(page, fresh -> new Page()));
        StringBuilder said = new StringBuilder("tally delta " + Delta.index(number));
        pages.forEach((page, counts) -> said.append(page("", page, counts)));
        return said.toString();
    }

    private static String page(String what, int number, Page page) {
        StringBuilder counts =
                new StringBuilder(what).append(' ').append(number).append(':');
        for (int slot = 0; slot < page.limit(); slot++) {
            if (page.lines(slot) != 0) {
                counts.append(' ').append(number * Page.SIZE + slot).append('=').append(page.lines(slot));
            }
        }
        return counts.toString();
    }

    private static String template(TemplateRow row) {
        String fate = row.fate == TemplateRow.MERGED
                ? " went into " + row.mergedInto
                : row.fate == TemplateRow.EVICTED ? " evicted" : "";
        return "template " + row.id + fate + ": " + row.text + " (" + TemplateEvents.fingerprint(row.fingerprint)
                + ", first at " + row.firstOffset + "/" + row.firstIndex + ", changed at " + row.changedAt + ")";
    }
}
