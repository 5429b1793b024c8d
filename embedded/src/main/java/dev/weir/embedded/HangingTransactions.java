package dev.weir.embedded;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.ListTopicsOptions;
import org.apache.kafka.clients.admin.ProducerState;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.clients.admin.TransactionDescription;
import org.apache.kafka.clients.admin.TransactionListing;
import org.apache.kafka.clients.admin.TransactionState;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.protocol.Errors;
import org.apache.kafka.common.requests.TransactionResult;
import org.apache.kafka.common.requests.WriteTxnMarkersRequest;
import org.apache.kafka.common.requests.WriteTxnMarkersRequest.TxnMarkerEntry;

/**
 * Ends transactions that the broker has forgotten. One that was killed between deciding on a transaction's end and writing
 * that end into its partitions writes it when it is back. But while its old registration runs out, no partition has a leader,
 * and Kafka 4.3 takes a partition without a leader for a deleted one: it calls the transaction complete, and its partitions
 * stay open for ever. Nobody could read the group's offsets or the stores' changelogs again.
 */
final class HangingTransactions {
    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(30);
    private static final long PAUSE_MILLIS = 100;
    /** Markers of this version are taken at any epoch that is not behind. */
    private static final short ANY_EPOCH = 0;

    private static final Set<TransactionState> DECIDED = Set.of(
            TransactionState.PREPARE_COMMIT, TransactionState.PREPARE_ABORT, TransactionState.PREPARE_EPOCH_FENCE);

    private final Admin admin;
    private final int port;

    private HangingTransactions(Admin admin, int port) {
        this.admin = admin;
        this.port = port;
    }

    /** Returns when no partition waits any more for an end that nobody will write. */
    static void end(int port) {
        Map<String, Object> settings = Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, Loopback.HOST + ":" + port);
        try (Admin admin = Admin.create(settings)) {
            new HangingTransactions(admin, port).end();
        } catch (ExecutionException | IOException failed) {
            throw new StartFailure(
                    "The broker was killed, and transactions that it left open cannot be looked at (" + failed
                            + "): start again",
                    failed);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new StartFailure("Interrupted while transactions of the killed broker are ended", stopped);
        }
    }

    private void end() throws ExecutionException, InterruptedException, IOException {
        long deadline = System.nanoTime() + PATIENCE_NANOS;
        while (true) {
            Map<TopicPartition, List<ProducerState>> open = open();
            if (open.isEmpty()) {
                return;
            }
            Map<Long, TransactionDescription> known = known();
            boolean waits = known.values().stream().anyMatch(one -> DECIDED.contains(one.state()));
            List<TxnMarkerEntry> ends = waits ? List.of() : ends(open, known);
            if (!ends.isEmpty()) {
                write(ends);
            } else if (!waits) {
                return;
            }
            if (System.nanoTime() > deadline) {
                throw new StartFailure("Transactions of the broker that was killed did not end within 30 s, in "
                        + open.keySet() + ": start again");
            }
            TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
        }
    }

    /** Producers with a transaction that has begun in a partition and not ended there. */
    private Map<TopicPartition, List<ProducerState>> open() throws ExecutionException, InterruptedException {
        Set<String> topics = admin.listTopics(new ListTopicsOptions().listInternal(true))
                .names()
                .get();
        List<TopicPartition> partitions = new ArrayList<>();
        for (TopicDescription topic :
                admin.describeTopics(topics).allTopicNames().get().values()) {
            topic.partitions().forEach(one -> partitions.add(new TopicPartition(topic.name(), one.partition())));
        }
        Map<TopicPartition, List<ProducerState>> open = new HashMap<>();
        admin.describeProducers(partitions).all().get().forEach((partition, state) -> {
            List<ProducerState> begun = state.activeProducers().stream()
                    .filter(one -> one.currentTransactionStartOffset().isPresent())
                    .toList();
            if (!begun.isEmpty()) {
                open.put(partition, begun);
            }
        });
        return open;
    }

    /** What the coordinator knows, by producer. */
    private Map<Long, TransactionDescription> known() throws ExecutionException, InterruptedException {
        List<String> ids = admin.listTransactions().all().get().stream()
                .map(TransactionListing::transactionalId)
                .toList();
        Map<Long, TransactionDescription> known = new HashMap<>();
        admin.describeTransactions(ids).all().get().values().forEach(one -> known.put(one.producerId(), one));
        return known;
    }

    /** The ends of what is open although its transaction is not going on. */
    private static List<TxnMarkerEntry> ends(
            Map<TopicPartition, List<ProducerState>> open, Map<Long, TransactionDescription> known) {
        List<TxnMarkerEntry> ends = new ArrayList<>();
        open.forEach((partition, producers) -> producers.forEach(producer -> {
            TransactionDescription transaction = known.get(producer.producerId());
            if (transaction == null || !transaction.topicPartitions().contains(partition)) {
                boolean committed = transaction != null && transaction.state() == TransactionState.COMPLETE_COMMIT;
                int epoch = transaction == null ? producer.producerEpoch() : transaction.producerEpoch();
                ends.add(new TxnMarkerEntry(
                        producer.producerId(),
                        (short) Math.max(epoch, producer.producerEpoch()),
                        producer.coordinatorEpoch().orElse(0),
                        committed ? TransactionResult.COMMIT : TransactionResult.ABORT,
                        List.of(partition),
                        ANY_EPOCH));
            }
        }));
        return ends;
    }

    private void write(List<TxnMarkerEntry> ends) throws IOException {
        for (TxnMarkerEntry end : ends) {
            WriteTxnMarkersRequest.Builder request = new WriteTxnMarkersRequest.Builder(List.of(end));
            Set<Errors> errors = BrokerRequest.ask(port, request).errorCounts().keySet();
            if (!errors.stream().allMatch(HangingTransactions::goesOn)) {
                throw new IOException("the end of a transaction in " + end.partitions() + " was refused: " + errors);
            }
        }
    }

    /** Done, or worth another look: the coordinator of a group may still be loading. */
    private static boolean goesOn(Errors error) {
        return error == Errors.NONE || error.exception() instanceof RetriableException;
    }
}
