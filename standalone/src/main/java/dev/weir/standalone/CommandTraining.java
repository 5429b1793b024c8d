package dev.weir.standalone;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An archive of the classes that {@code weir run} loads, made from a run of that command against this node; from Java 25 on, of
 * linked classes, which takes another fifth off what a run computes at its start. The run belongs to a tenant of its own, so that
 * nobody sees it, and is told where the server is: else one so short would never meet Kafka's client.
 */
final class CommandTraining {
    private static final Logger LOG = LoggerFactory.getLogger(CommandTraining.class);
    private static final String TENANT = "weir-training";
    private static final List<String> RUN = List.of("dev.weir.cli.Weir", "run", "-q", "--", "true");
    private static final int LINKS_CLASSES = 25;

    private final Path folder;

    CommandTraining(Path folder) {
        this.folder = folder;
    }

    /** Starts a Java, or says by null that there is no time left for one. */
    interface Launch {
        @Nullable
        Process start(List<String> flags, Map<String, String> settings) throws IOException;
    }

    /** The launcher leaves the flags of its Java when it finds no archive. */
    boolean isAsked() {
        return Files.exists(asked());
    }

    void make(String url, Launch launch) throws IOException, InterruptedException {
        List<String> flags = Files.readAllLines(asked());
        Path state = Files.createTempDirectory(folder, "training");
        Path learnt = state.resolve("learnt");
        Path fresh = state.resolve("fresh");
        try {
            boolean links = Runtime.version().feature() >= LINKS_CLASSES;
            List<String> record = new ArrayList<>(flags);
            List<String> create = new ArrayList<>(flags);
            if (links) {
                record.addAll(List.of("-XX:AOTMode=record", "-XX:AOTConfiguration=" + learnt));
                create.addAll(List.of("-XX:AOTMode=create", "-XX:AOTConfiguration=" + learnt, "-XX:AOTCache=" + fresh));
            } else {
                record.add("-XX:DumpLoadedClassList=" + learnt);
                create.addAll(
                        List.of("-Xshare:dump", "-XX:SharedClassListFile=" + learnt, "-XX:SharedArchiveFile=" + fresh));
            }
            record.add("-Xlog:disable");
            record.addAll(RUN);
            create.add("-Xlog:disable");
            Map<String, String> settings =
                    Map.of("WEIR_URL", url, "WEIR_TENANT", TENANT, "WEIR_STATE_DIR", state.toString());
            if (succeeds(launch.start(record, settings))
                    && succeeds(launch.start(create, settings))
                    && Files.exists(fresh)) {
                Path archive = folder.resolve(links ? "cli.aot" : "cli.jsa");
                Files.move(fresh, archive, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
                LOG.info("event=archive-made part=cli bytes={}", Files.size(archive));
            }
        } finally {
            Files.deleteIfExists(asked());
            delete(state);
        }
    }

    private Path asked() {
        return folder.resolve("cli.training");
    }

    private static boolean succeeds(@Nullable Process process) throws InterruptedException {
        return process != null && process.waitFor() == 0;
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }
}
