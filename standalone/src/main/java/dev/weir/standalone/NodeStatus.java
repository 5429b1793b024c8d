package dev.weir.standalone;

import dev.weir.embedded.ProcessMark;
import dev.weir.snapshot.JsonWriter;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * What is known of a state directory's node from outside: its record, who holds the lock, what the system says of its
 * processes.
 *
 * @param state stopped, starting, ready, failed (it ended by itself: {@code reason}) or killed
 */
record NodeStatus(String state, StateDirectory directory, Optional<NodeRecord> node, Memory memory, Disk disk) {
    /** Resident bytes, as the system measures them; 0 for a process that does not run. */
    record Memory(long node, long registry) {}

    /** Bytes used by the state directory, the bound of what grows with lines, and what the disk has left. */
    record Disk(long used, long bound, long free) {}

    /** So little that a node which found it so could not even write down why it ended. */
    private static final long FULL = 16L << 20;

    static NodeStatus of(StateDirectory directory) {
        if (!directory.exists()) {
            return new NodeStatus("stopped", directory, Optional.empty(), new Memory(0, 0), new Disk(0, 0, 0));
        }
        Optional<NodeLock> lock = NodeLock.take(directory);
        lock.ifPresent(NodeLock::close);
        Optional<NodeRecord> node = NodeRecord.read(directory);
        return new NodeStatus(
                state(lock.isEmpty(), node),
                directory,
                node,
                new Memory(
                        node.map(NodeRecord::process).map(NodeStatus::resident).orElse(0L),
                        ProcessMark.read(directory.registry().resolve("registry.pid"))
                                .map(NodeStatus::resident)
                                .orElse(0L)),
                new Disk(directory.usedBytes(), node.map(NodeRecord::diskBound).orElse(0L), directory.freeBytes()));
    }

    private static String state(boolean isHeld, Optional<NodeRecord> node) {
        NodeRecord.State last = node.map(NodeRecord::state).orElse(NodeRecord.State.STARTING);
        if (isHeld) {
            return last == NodeRecord.State.READY ? "ready" : "starting";
        }
        if (node.isEmpty()) {
            return "stopped";
        }
        return last == NodeRecord.State.FAILED ? "failed" : "killed";
    }

    private static long resident(ProcessMark process) {
        return process.running().map(Resident::bytes).orElse(0L);
    }

    boolean isReady() {
        return state.equals("ready");
    }

    String json() {
        JsonWriter json = new JsonWriter().object();
        json.name("state").value(state);
        json.name("version").value(NodeMain.version());
        json.name("stateDirectory").value(directory.path().toString());
        node.filter(record -> isReady() || state.equals("starting")).ifPresent(record -> {
            json.name("pid").value(record.process().pid());
            json.name("startedAt").value(record.process().started().toString());
            json.name("url").value(record.addresses().url());
            json.name("bootstrapServers").value(record.addresses().bootstrapServers());
            json.name("schemaRegistryUrl").value(record.addresses().schemaRegistryUrl());
        });
        node.map(NodeRecord::reason)
                .filter(reason -> !reason.isEmpty())
                .ifPresent(reason -> json.name("reason").value(reason));
        json.name("memory").object();
        json.name("nodeBytes").value(memory.node());
        json.name("registryBytes").value(memory.registry());
        json.name("totalBytes").value(memory.node() + memory.registry());
        json.endObject().name("disk").object();
        json.name("usedBytes").value(disk.used());
        json.name("boundBytes").value(disk.bound());
        json.name("freeBytes").value(disk.free());
        return new String(json.endObject().endObject().toBytes(), StandardCharsets.UTF_8);
    }

    String text() {
        StringBuilder text = new StringBuilder("weir is ").append(state);
        node.ifPresent(record -> describe(text, record));
        text.append("\nstate dir  ").append(directory.path());
        if (isReady()) {
            text.append("\nmemory     ")
                    .append(Sizes.text(memory.node() + memory.registry()))
                    .append(" resident: node ")
                    .append(Sizes.text(memory.node()))
                    .append(", registry ")
                    .append(Sizes.text(memory.registry()));
        }
        if (disk.used() > 0) {
            text.append("\ndisk       ").append(Sizes.text(disk.used())).append(" used");
            if (disk.bound() > 0) {
                text.append(", topics bound to ").append(Sizes.text(disk.bound()));
            }
            text.append(", ").append(Sizes.text(disk.free())).append(" free");
        }
        return text.toString();
    }

    private void describe(StringBuilder text, NodeRecord record) {
        if (isReady()) {
            text.append(" (process ").append(record.process().pid()).append(")");
            text.append("\nserver     ").append(record.addresses().url());
            text.append("\nKafka      ").append(record.addresses().bootstrapServers());
            text.append("\nregistry   ").append(record.addresses().schemaRegistryUrl());
        } else if (state.equals("killed")) {
            text.append(": process ")
                    .append(record.process().pid())
                    .append(" ended without a word; weir up recovers what it kept");
            if (disk.free() < FULL) {
                text.append(". Its disk has ")
                        .append(Sizes.text(disk.free()))
                        .append(" left, maybe the reason: free some first");
            }
        } else if (!record.reason().isEmpty()) {
            text.append(": ").append(record.reason());
        }
    }
}
