package dev.weir.embedded;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TransactionDescription;
import org.apache.kafka.clients.admin.TransactionState;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.compress.Compression;
import org.apache.kafka.common.message.ProduceRequestData;
import org.apache.kafka.common.record.internal.MemoryRecords;
import org.apache.kafka.common.record.internal.SimpleRecord;
import org.apache.kafka.common.requests.ProduceRequest;
import org.apache.kafka.common.requests.ProduceResponse;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HangingTransactionsIT {
    /** The last version that names topics, with which a broker may take records of a transaction that does not know of them. */
    private static final short BY_NAME = 11;

    @TempDir
    Path temporary;

    @Test
    void endAsWasDecidedWhenAKilledBrokerComesBack() throws Exception {
        BrokerOptions options =
                BrokerOptions.in(temporary.resolve("kafka")).with("transaction.partition.verification.enable", "false");
        BrokerProcess killed = BrokerProcess.start(options);
        try (Admin admin = admin(killed)) {
            admin.createTopics(List.of(topic("decided"), topic("committed"), topic("aborted")))
                    .all()
                    .get();
            forget(killed, admin, "committed", TransactionState.COMPLETE_COMMIT);
            forget(killed, admin, "aborted", TransactionState.COMPLETE_ABORT);
            assertEquals(0, end(admin, "committed", IsolationLevel.READ_COMMITTED));
            assertEquals(0, end(admin, "aborted", IsolationLevel.READ_COMMITTED));
        }

        killed.kill();

        try (BrokerProcess back = BrokerProcess.start(options);
                Admin admin = admin(back)) {
            for (String topic : List.of("committed", "aborted")) {
                assertEquals(2, end(admin, topic, IsolationLevel.READ_UNCOMMITTED));
                assertEquals(2, end(admin, topic, IsolationLevel.READ_COMMITTED));
            }
            assertEquals(List.of("forgotten"), read(back, "committed"));
            assertEquals(List.of(), read(back, "aborted"));
        }
    }

    @Test
    void leavesATransactionAloneThatGoesOn() throws Exception {
        try (EmbeddedBroker broker = EmbeddedBroker.start(BrokerOptions.in(temporary.resolve("kafka")));
                Admin admin =
                        Admin.create(Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, broker.bootstrapServers()));
                KafkaProducer<String, String> producer = producer(broker.bootstrapServers(), "goes-on")) {
            admin.createTopics(List.of(topic("open"))).all().get();
            producer.initTransactions();
            producer.beginTransaction();
            producer.send(new ProducerRecord<>("open", "one")).get();

            HangingTransactions.end(broker.port());

            assertEquals(0, end(admin, "open", IsolationLevel.READ_COMMITTED));
            producer.commitTransaction();
            Await.until("the commit is seen", () -> end(admin, "open", IsolationLevel.READ_COMMITTED) == 2);
        }
    }

    /** A transaction that the coordinator calls complete, and a record of it in a partition that was not told. */
    private static void forget(BrokerProcess broker, Admin admin, String topic, TransactionState state)
            throws Exception {
        try (KafkaProducer<String, String> producer = producer(broker.bootstrapServers(), topic)) {
            producer.initTransactions();
            producer.beginTransaction();
            producer.send(new ProducerRecord<>("decided", topic)).get();
            if (state == TransactionState.COMPLETE_COMMIT) {
                producer.commitTransaction();
            } else {
                producer.abortTransaction();
            }
        }
        Await.until(
                "the transaction is complete", () -> transaction(admin, topic).state() == state);
        TransactionDescription ended = transaction(admin, topic);
        append(broker.port(), topic, ended.producerId(), (short) (ended.producerEpoch() - 1));
    }

    private static TransactionDescription transaction(Admin admin, String id) throws Exception {
        return admin.describeTransactions(List.of(id)).description(id).get();
    }

    private static void append(int port, String topic, long producer, short epoch) throws IOException {
        MemoryRecords records = MemoryRecords.withTransactionalRecords(
                Compression.NONE, producer, epoch, 0, new SimpleRecord("forgotten".getBytes(StandardCharsets.UTF_8)));
        ProduceRequestData.TopicProduceDataCollection topics = new ProduceRequestData.TopicProduceDataCollection();
        topics.add(new ProduceRequestData.TopicProduceData()
                .setName(topic)
                .setPartitionData(List.of(new ProduceRequestData.PartitionProduceData().setRecords(records))));
        ProduceRequestData data = new ProduceRequestData()
                .setTransactionalId(topic)
                .setAcks((short) -1)
                .setTimeoutMs(10_000)
                .setTopicData(topics);
        ProduceResponse response = (ProduceResponse)
                BrokerRequest.ask(port, ProduceRequest.builder(data).build(BY_NAME));
        assertTrue(response.errorCounts().keySet().stream().allMatch(error -> error.code() == 0), response.toString());
    }

    private static long end(Admin admin, String topic, IsolationLevel level) throws Exception {
        TopicPartition partition = new TopicPartition(topic, 0);
        return admin.listOffsets(Map.of(partition, OffsetSpec.latest()), new ListOffsetsOptions(level))
                .partitionResult(partition)
                .get()
                .offset();
    }

    private static List<String> read(BrokerProcess broker, String topic) {
        TopicPartition partition = new TopicPartition(topic, 0);
        Map<String, Object> settings = Map.of(
                ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
                broker.bootstrapServers(),
                ConsumerConfig.ISOLATION_LEVEL_CONFIG,
                "read_committed");
        try (KafkaConsumer<String, String> consumer =
                new KafkaConsumer<>(settings, new StringDeserializer(), new StringDeserializer())) {
            consumer.assign(List.of(partition));
            consumer.seekToBeginning(List.of(partition));
            List<String> values = new ArrayList<>();
            while (consumer.position(partition) < 2) {
                consumer.poll(Duration.ofMillis(100)).forEach(one -> values.add(one.value()));
            }
            return values;
        }
    }

    private static KafkaProducer<String, String> producer(String servers, String id) {
        Map<String, Object> settings =
                Map.of(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, servers, ProducerConfig.TRANSACTIONAL_ID_CONFIG, id);
        return new KafkaProducer<>(settings, new StringSerializer(), new StringSerializer());
    }

    private static NewTopic topic(String name) {
        return new NewTopic(name, Optional.of(1), Optional.empty());
    }

    private static Admin admin(BrokerProcess broker) {
        return Admin.create(Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, broker.bootstrapServers()));
    }
}
