package dev.weir.cli.tail;

import dev.weir.cli.capture.Allowance;
import dev.weir.cli.capture.Bell;
import dev.weir.cli.capture.Stream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;

/** The feeds of one {@code weir tail}: what is not a file. */
public final class Feeds {
    private static final long PATIENCE_MILLIS = 2_000;

    private final Map<String, String> presets;
    private final String dockerSocket;
    private final Fed.Kit kit;
    private final Map<String, Running> running = new TreeMap<>();

    private record Running(Fed fed, Thread thread) {}

    /**
     * @param presets the user's own
     * @param dockerSocket where Docker's Engine listens
     */
    public Feeds(
            Map<String, String> presets,
            String dockerSocket,
            Path folder,
            OutputStream out,
            Allowance allowance,
            Bell bell,
            Consumer<Stream> onOpen) {
        this.presets = Map.copyOf(presets);
        this.dockerSocket = dockerSocket;
        this.kit = new Fed.Kit(folder, out, allowance, bell, onOpen);
    }

    /** Whether a source is one: {@code docker:NAME}, or a preset's name and what to follow. */
    public boolean know(String source) {
        return feed(source).isPresent();
    }

    private Optional<Feed> feed(String source) {
        int colon = source.indexOf(':');
        if (colon < 1 || colon == source.length() - 1) {
            return Optional.empty();
        }
        String kind = source.substring(0, colon);
        String name = source.substring(colon + 1);
        return kind.equals("docker")
                ? Optional.of(new DockerFeed(Path.of(dockerSocket), name))
                : Preset.of(kind, presets).map(preset -> new ToolFeed(preset, name));
    }

    public synchronized boolean follows(String source) {
        return running.containsKey(source);
    }

    public synchronized void start(String source) {
        int colon = source.indexOf(':');
        Map<String, String> labels = Map.of(source.substring(0, colon), source.substring(colon + 1));
        Fed fed = new Fed(source, feed(source).orElseThrow(), labels, kit);
        Thread thread = new Thread(fed, source);
        thread.setDaemon(true);
        thread.start();
        running.put(source, new Running(fed, thread));
    }

    /** Follows every container that runs, and those that are started later. */
    public void startAllContainers() {
        Thread thread = new Thread(
                new Containers(
                        Path.of(dockerSocket),
                        name -> startOnce("docker:" + name),
                        name -> stopIfThere("docker:" + name)),
                "containers");
        thread.setDaemon(true);
        thread.start();
    }

    private synchronized void startOnce(String source) {
        if (!follows(source)) {
            start(source);
        }
    }

    private void stopIfThere(String source) {
        try {
            stop(source);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    /** False if it is not followed. */
    public synchronized boolean stop(String source) throws InterruptedException {
        Running stopped = running.remove(source);
        if (stopped != null) {
            stopped.fed().stop();
            stopped.thread().join(PATIENCE_MILLIS);
        }
        return stopped != null;
    }

    public synchronized void stopAll() throws InterruptedException {
        for (String source : running.keySet().toArray(String[]::new)) {
            stop(source);
        }
    }
}
