package dev.weir.standalone;

import dev.weir.embedded.RegistryProcess;
import java.io.File;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Archives of parsed classes, which take a third off the time a start computes: one of the node, one of the registry, one of
 * the command. The first node that runs writes down which classes it and the registry load, and has their archives made when the
 * machine is idle; the command's it makes as soon as a run asks for it, for the next run may be seconds away. They are a cache:
 * nothing is wrong without them, and Java ignores one that does not fit its classes or itself.
 */
final class ClassArchives implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ClassArchives.class);
    private static final int PAUSE_SECONDS = 2;
    private static final int PAUSES_UNTIL_IDLE = 15;

    /** Of classes that come from this installation and go into an archive, whose making verifies them. */
    private static final List<String> UNVERIFIED = List.of(
            "-XX:+IgnoreUnrecognizedVMOptions", "-XX:+UnlockDiagnosticVMOptions", "-XX:-BytecodeVerificationRemote");

    private final Path folder;
    private @Nullable Process making;
    private boolean closed;

    private ClassArchives(Path folder) {
        this.folder = folder;
    }

    /** The launcher says where; a node started otherwise has none. */
    static Optional<ClassArchives> ofThisInstallation() {
        return Optional.ofNullable(System.getProperty("weir.archives"))
                .map(folder -> new ClassArchives(Path.of(folder)));
    }

    /** For a Java about to start: use the archive; or write down what one would need, and do without what the archive is for. */
    List<String> flags(String part, Path newestClasses) {
        try {
            Path archive = archive(part);
            if (Files.exists(archive)
                    && Files.getLastModifiedTime(archive).compareTo(Files.getLastModifiedTime(newestClasses)) > 0) {
                return List.of("-XX:SharedArchiveFile=" + archive);
            }
            Files.createDirectories(folder);
            Files.deleteIfExists(archive);
            List<String> first = new ArrayList<>(UNVERIFIED);
            first.add("-XX:DumpLoadedClassList=" + list(part));
            return first;
        } catch (IOException unusable) {
            LOG.warn("event=archives-unusable folder={} reason=\"{}\"", folder, unusable.toString());
            return List.of();
        }
    }

    /** Makes what is missing, in a thread of its own that waits for quiet moments. */
    void makeWhenIdle(String url) {
        Thread thread = new Thread(
                () -> {
                    try {
                        CommandTraining training = new CommandTraining(folder);
                        for (int pause = 1; ; pause++) {
                            TimeUnit.SECONDS.sleep(PAUSE_SECONDS);
                            if (training.isAsked()) {
                                training.make(url, this::launch);
                            }
                            if (pause % PAUSES_UNTIL_IDLE == 0 && isIdle()) {
                                make("node", System.getProperty("java.class.path"));
                                make("registry", RegistryProcess.classPath());
                            }
                        }
                    } catch (IOException failed) {
                        LOG.warn("event=archives-failed folder={} reason=\"{}\"", folder, failed.toString());
                    } catch (InterruptedException stopped) {
                        Thread.currentThread().interrupt();
                    }
                },
                "class-archives");
        thread.setDaemon(true);
        thread.start();
    }

    private static boolean isIdle() {
        double load = ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();
        return load < Runtime.getRuntime().availableProcessors() / 2.0;
    }

    private void make(String part, String classPath) throws IOException, InterruptedException {
        Path list = list(part);
        if (!Files.exists(list)) {
            return;
        }
        Path fresh = folder.resolve(part + ".new." + ProcessHandle.current().pid());
        Process process = launch(
                List.of(
                        "-Xshare:dump",
                        "-XX:+UseSerialGC",
                        "-Xlog:disable",
                        "-XX:SharedClassListFile=" + list,
                        "-XX:SharedArchiveFile=" + fresh,
                        "-cp",
                        classPath),
                Map.of());
        if (process != null && process.waitFor() == 0 && Files.exists(fresh)) {
            Files.move(fresh, archive(part), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            LOG.info("event=archive-made part={} bytes={}", part, Files.size(archive(part)));
        }
        Files.deleteIfExists(fresh);
        Files.deleteIfExists(list);
    }

    /** A Java that computes only while nobody else wants to; null if this node is about to end. */
    private synchronized @Nullable Process launch(List<String> flags, Map<String, String> settings) throws IOException {
        if (closed) {
            return null;
        }
        List<String> command = new ArrayList<>(List.of(
                "nice",
                "-n",
                "19",
                Path.of(System.getProperty("java.home"), "bin", "java").toString()));
        command.addAll(flags);
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectInput(Redirect.from(new File("/dev/null")))
                .redirectErrorStream(true)
                .redirectOutput(Redirect.DISCARD);
        builder.environment().keySet().removeIf(name -> name.startsWith("WEIR_"));
        builder.environment().putAll(settings);
        making = builder.start();
        return making;
    }

    private Path archive(String part) {
        return folder.resolve(part + ".jsa");
    }

    private Path list(String part) {
        return folder.resolve(part + ".classes");
    }

    @Override
    public synchronized void close() {
        closed = true;
        if (making != null) {
            making.destroyForcibly();
        }
    }
}
