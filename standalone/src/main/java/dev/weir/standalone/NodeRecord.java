package dev.weir.standalone;

import dev.weir.embedded.ProcessMark;
import dev.weir.embedded.StartFailure;
import java.io.IOException;
import java.io.Reader;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;

/**
 * What a node writes down about itself for other processes, in the state directory. It is there from a node's start to its
 * orderly end: one without a node tells that the node was killed.
 *
 * @param addresses {@code url}, {@code bootstrapServers}, {@code schemaRegistryUrl}; empty until they are known
 * @param reason why it failed, for the user; else empty
 * @param diskBound bytes that the topics may take
 */
record NodeRecord(
        State state,
        ProcessMark process,
        Optional<ProcessMark> registry,
        Addresses addresses,
        long diskBound,
        String reason) {

    enum State {
        STARTING,
        READY,
        FAILED
    }

    /** Where things listen. */
    record Addresses(String url, String bootstrapServers, String schemaRegistryUrl) {
        static final Addresses UNKNOWN = new Addresses("", "", "");
    }

    static NodeRecord starting() {
        return new NodeRecord(
                State.STARTING, ProcessMark.of(ProcessHandle.current()), Optional.empty(), Addresses.UNKNOWN, 0, "");
    }

    NodeRecord ready(Addresses known, long pidOfRegistry, long bound) {
        return new NodeRecord(
                State.READY, process, ProcessHandle.of(pidOfRegistry).map(ProcessMark::of), known, bound, "");
    }

    NodeRecord failed(String why) {
        return new NodeRecord(State.FAILED, process, registry, addresses, diskBound, why);
    }

    /** In one step: a reader sees the old one or the new one. */
    void write(StateDirectory directory) {
        Properties all = new Properties();
        all.put("state", state.name());
        all.put("process", text(process));
        all.put("registry", registry.map(NodeRecord::text).orElse(""));
        all.put("url", addresses.url());
        all.put("bootstrapServers", addresses.bootstrapServers());
        all.put("schemaRegistryUrl", addresses.schemaRegistryUrl());
        all.put("diskBound", Long.toString(diskBound));
        all.put("reason", reason);
        Path file = directory.record();
        Path fresh = file.resolveSibling(file.getFileName() + ".new");
        try {
            try (Writer writer = Files.newBufferedWriter(fresh)) {
                all.store(writer, null);
            }
            Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException full) {
            throw new StartFailure(
                    "Cannot write " + file + " (" + full + "): check that its disk has room, and its permissions",
                    full);
        }
    }

    static Optional<NodeRecord> read(StateDirectory directory) {
        Properties all = new Properties();
        try (Reader reader = Files.newBufferedReader(directory.record())) {
            all.load(reader);
        } catch (IOException absent) {
            return Optional.empty();
        }
        return ProcessMark.parse(all.getProperty("process", ""))
                .map(process -> new NodeRecord(
                        State.valueOf(all.getProperty("state", State.STARTING.name())),
                        process,
                        ProcessMark.parse(all.getProperty("registry", "")),
                        new Addresses(
                                all.getProperty("url", ""),
                                all.getProperty("bootstrapServers", ""),
                                all.getProperty("schemaRegistryUrl", "")),
                        Long.parseLong(all.getProperty("diskBound", "0")),
                        all.getProperty("reason", "")));
    }

    /** What a start has to say of the record it finds: a node that ended in order takes its own away. */
    Optional<String> recovery() {
        return state == State.FAILED
                ? Optional.empty()
                : Optional.of("The node that ran here before (process " + process.pid()
                        + ") was killed: recovering what it left");
    }

    static void delete(StateDirectory directory) {
        try {
            Files.deleteIfExists(directory.record());
        } catch (IOException denied) {
            throw new StartFailure("Cannot delete " + directory.record() + ": check its permissions", denied);
        }
    }

    private static String text(ProcessMark mark) {
        return Map.entry(mark.pid(), mark.started().toEpochMilli()).toString().replace('=', ' ');
    }

    Instant started() {
        return process.started();
    }
}
