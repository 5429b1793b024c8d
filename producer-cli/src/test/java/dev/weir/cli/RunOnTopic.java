package dev.weir.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.weir.registry.OwnRecord;
import dev.weir.schemas.Line;
import dev.weir.schemas.LineBatch;
import dev.weir.schemas.RunRecord;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.specific.SpecificDatumReader;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** What one run has on the lines topic, in order. */
public record RunOnTopic(List<Object> bodies) {
    static RunOnTopic read(String bootstrapServers, String key) throws IOException {
        List<Object> bodies = new ArrayList<>();
        Map<String, Object> config = Map.of("bootstrap.servers", bootstrapServers, "auto.offset.reset", "earliest");
        try (KafkaConsumer<byte[], byte[]> consumer =
                new KafkaConsumer<>(config, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            List<TopicPartition> partitions = consumer.partitionsFor("weir.lines").stream()
                    .map(info -> new TopicPartition(info.topic(), info.partition()))
                    .toList();
            consumer.assign(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            consumer.seekToBeginning(partitions);
            while (partitions.stream().anyMatch(at -> consumer.position(at) < ends.getOrDefault(at, 0L))) {
                for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofMillis(100))) {
                    if (new String(record.key(), UTF_8).equals(key)) {
                        bodies.add(decode(record.value()));
                    }
                }
            }
        }
        return new RunOnTopic(bodies);
    }

    /** A source's bytes put together again, every sequence number once. */
    byte[] bytesOf(String source) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        long next = 0;
        for (Object body : bodies) {
            if (body instanceof LineBatch batch && batch.getSource().equals(source)) {
                long seq = batch.getFirstSeq();
                for (Line line : batch.getLines()) {
                    if (seq++ == next) {
                        next++;
                        append(all, line);
                    }
                }
            }
        }
        return all.toByteArray();
    }

    private static void append(ByteArrayOutputStream all, Line line) {
        ByteBuffer text = line.getText();
        byte[] bytes = new byte[text.remaining()];
        text.duplicate().get(bytes);
        all.writeBytes(bytes);
        if (line.getNewline()) {
            all.write('\n');
        }
    }

    public static Object decode(byte[] value) throws IOException {
        SpecificDatumReader<RunRecord> reader =
                new SpecificDatumReader<>(RunRecord.getClassSchema(), RunRecord.getClassSchema(), OwnRecord.data());
        BinaryDecoder decoder = DecoderFactory.get().binaryDecoder(value, 5, value.length - 5, null);
        Object body = reader.read(null, decoder).getBody();
        if (!decoder.isEnd()) {
            throw new IOException("bytes are left after the record");
        }
        return body;
    }
}
