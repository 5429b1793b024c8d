package dev.weir.embedded;

import java.util.Map;
import java.util.TreeMap;

/** The broker settings of one small node: every replica count is one, every buffer and pool is a laptop's. */
final class BrokerSettings {
    private BrokerSettings() {}

    static Map<String, String> of(BrokerOptions options, int port, int controllerPort) {
        Map<String, String> all = new TreeMap<>();
        identity(all, options, port, controllerPort);
        internals(all);
        sizes(all);
        all.putAll(options.settings());
        return all;
    }

    private static void identity(Map<String, String> all, BrokerOptions options, int port, int controllerPort) {
        String here = Loopback.HOST + ":";
        all.put("process.roles", "broker,controller");
        all.put("node.id", "1");
        // Static voters: their address is read from here at every start, so the controller's port may change.
        all.put("controller.quorum.voters", "1@" + here + controllerPort);
        all.put("controller.listener.names", "CONTROLLER");
        all.put("listeners", "PLAINTEXT://" + here + port + ",CONTROLLER://" + here + controllerPort);
        all.put("advertised.listeners", "PLAINTEXT://" + here + port);
        all.put("listener.security.protocol.map", "PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT");
        all.put("inter.broker.listener.name", "PLAINTEXT");
        all.put("log.dirs", options.directory().toAbsolutePath().toString());
    }

    private static void internals(Map<String, String> all) {
        all.put("auto.create.topics.enable", "false");
        all.put("default.replication.factor", "1");
        all.put("min.insync.replicas", "1");
        all.put("offsets.topic.num.partitions", "1");
        all.put("offsets.topic.replication.factor", "1");
        all.put("transaction.state.log.num.partitions", "2");
        all.put("transaction.state.log.replication.factor", "1");
        all.put("transaction.state.log.min.isr", "1");
        all.put("share.coordinator.state.topic.num.partitions", "1");
        all.put("share.coordinator.state.topic.replication.factor", "1");
        all.put("share.coordinator.state.topic.min.isr", "1");
        all.put("group.initial.rebalance.delay.ms", "0");
    }

    private static void sizes(Map<String, String> all) {
        all.put("num.network.threads", "2");
        all.put("num.io.threads", "4");
        all.put("background.threads", "2");
        all.put("num.recovery.threads.per.data.dir", "2");
        all.put("group.coordinator.threads", "1");
        all.put("share.coordinator.threads", "1");
        // The default, 128 MiB, is allocated when the broker starts.
        all.put("log.cleaner.dedupe.buffer.size", "4194304");
        // Preallocated for every open segment, 10 MiB by default.
        all.put("log.index.size.max.bytes", "262144");
        all.put("offsets.topic.segment.bytes", "16777216");
        all.put("transaction.state.log.segment.bytes", "16777216");
        all.put("metadata.log.segment.bytes", "8388608");
        all.put("metadata.max.retention.bytes", "33554432");
        // How long a restart waits for the registration of the broker that was killed.
        all.put("broker.session.timeout.ms", "3000");
        all.put("broker.heartbeat.interval.ms", "500");
    }
}
