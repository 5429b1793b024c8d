package dev.weir.cli.tail;

import dev.weir.cli.capture.Bell;
import dev.weir.cli.capture.Stream;
import dev.weir.cli.capture.Stream.Mark;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.ClosedWatchServiceException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchEvent;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Follows many names on one thread: woken by inotify, and looking at all of them now and then besides, for file systems that
 * notify of nothing.
 */
public final class Tailer implements Runnable {
    private static final long LOOK_MILLIS = 250;
    private static final long SETTLE_MILLIS = 10;
    private static final int MOST_KEPT = 1 << 16;
    private static final int MOST_KEPT_IN_ALL = 8 << 20;

    private final Bell bell;
    private final LongSupplier clock;
    private final OutputStream echo;
    private final Consumer<Stream> onOpen;
    private final List<Followed> followed = new CopyOnWriteArrayList<>();
    private final Queue<Path> later = new ConcurrentLinkedQueue<>();
    private final Queue<Path> forgotten = new ConcurrentLinkedQueue<>();
    private final List<Globbed> globs = new ArrayList<>();
    private final Map<String, Generation> generations = new ConcurrentHashMap<>();
    private final Set<Path> watched = new HashSet<>();
    private final @Nullable WatchService watch;
    private final int most;
    private boolean fullTold;
    private volatile boolean stopping;

    /** @param most names that it follows, as each takes an open file */
    public Tailer(Bell bell, LongSupplier clock, OutputStream echo, Consumer<Stream> onOpen, int most) {
        this.most = most;
        this.echo = echo;
        this.bell = bell;
        this.clock = clock;
        this.onOpen = onOpen;
        WatchService service = null;
        try {
            service = FileSystems.getDefault().newWatchService();
        } catch (IOException noneLeft) {
            // a bound of the system's on watchers: looking now and then does, a quarter of a second later
        }
        this.watch = service;
    }

    /** A pattern whose files join when they appear. */
    private record Globbed(Path folder, String glob) {}

    /**
     * Follows a name from now on.
     *
     * @param lines how many of its last lines to begin with; all if negative
     */
    public void follow(Path path, long lines) throws IOException {
        Generation.Start start = lines < 0 ? file -> Mark.START : new LastLines(lines);
        add(path).begin(start, clock.getAsLong());
    }

    /** Goes on where an earlier follower of this name stood; what has become of its files is found out. */
    public void goOn(Path path, List<Standing> earlier) throws IOException {
        add(path).goOn(earlier, clock.getAsLong());
    }

    private Followed add(Path path) throws IOException {
        Followed added = new Followed(path.normalize(), bell, echo, this::opened, onOpen);
        followed.add(added);
        watch(path.toAbsolutePath().getParent());
        return added;
    }

    private void opened(Generation generation) {
        generations.put(generation.stream().name(), generation);
        onOpen.accept(generation.stream());
    }

    /** How far a source has been delivered, as another follower can take it up; empty for what it need not know of. */
    public Optional<Standing> standing(String source, Mark acknowledged) {
        return Optional.ofNullable(generations.get(source)).map(known -> known.standing(acknowledged));
    }

    public void forget(String source) {
        generations.remove(source);
    }

    /** Follows all files of a pattern, also those that appear later, which are read from their start. */
    public void addGlob(Path folder, String glob) throws IOException {
        globs.add(new Globbed(folder, glob));
        watch(folder.toAbsolutePath());
    }

    /** Whether a name is followed, or soon will be. */
    public boolean follows(Path path) {
        return later.contains(path.normalize())
                || followed.stream().anyMatch(known -> known.path().equals(path.normalize()));
    }

    private void watch(@Nullable Path folder) throws IOException {
        if (watch != null && folder != null && Files.isDirectory(folder) && watched.add(folder)) {
            folder.register(
                    watch,
                    StandardWatchEventKinds.ENTRY_CREATE,
                    StandardWatchEventKinds.ENTRY_MODIFY,
                    StandardWatchEventKinds.ENTRY_DELETE);
        }
    }

    /** Follows a name from its end on, as soon as this looks again. From any thread. */
    public void followLater(Path path) {
        later.add(path.normalize());
    }

    /** Follows a name no longer, as soon as this looks again: false if it was not followed. From any thread. */
    public boolean forget(Path path) {
        return follows(path) && forgotten.add(path.normalize());
    }

    private void carryOut() throws IOException {
        for (Path path; (path = later.poll()) != null; ) {
            follow(path, 0);
        }
        for (Path path; (path = forgotten.poll()) != null; ) {
            for (Followed each : followed) {
                if (each.path().equals(path)) {
                    each.finish(clock.getAsLong());
                    followed.remove(each);
                }
            }
        }
    }

    /** Whether one more name can be followed. */
    public boolean hasRoom() {
        return followed.size() + later.size() < most;
    }

    public void stop() {
        stopping = true;
        bell.ring();
    }

    @Override
    public void run() {
        try {
            while (!stopping) {
                lookAtAll();
                long next = clock.getAsLong() + LOOK_MILLIS;
                for (long left = LOOK_MILLIS; left > 0 && !stopping; left = next - clock.getAsLong()) {
                    lookAtChanged(await(left));
                }
            }
            for (Followed each : followed) {
                each.finish(clock.getAsLong());
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        } catch (IOException | ClosedWatchServiceException failure) {
            System.err.println("weir: cannot follow any longer: " + failure);
        }
    }

    private void lookAtAll() throws IOException {
        carryOut();
        int share = Math.max(1, generations.size());
        generations.values().forEach(each -> each.keepAtMost(Math.min(MOST_KEPT, MOST_KEPT_IN_ALL / share)));
        for (Globbed glob : globs) {
            join(glob);
        }
        for (Followed each : followed) {
            each.look(clock.getAsLong());
        }
    }

    private void join(Globbed glob) throws IOException {
        if (!Files.isDirectory(glob.folder())) {
            return;
        }
        try (var files = Files.newDirectoryStream(glob.folder(), glob.glob())) {
            for (Path file : files) {
                if (!Files.isRegularFile(file) || follows(file)) {
                    continue;
                }
                if (hasRoom()) {
                    follow(file, -1);
                } else if (!fullTold) {
                    fullTold = true;
                    System.err.println("weir: " + followed.size()
                            + " files are followed, which is as many as may be open:"
                            + " " + file + " and what else matches is left out; follow fewer with one command, or raise"
                            + " the limit (ulimit -n)");
                }
            }
        }
    }

    private void lookAtChanged(Set<Path> changed) throws IOException {
        if (changed.isEmpty()) {
            return;
        }
        for (Globbed glob : globs) {
            join(glob);
        }
        for (Followed each : followed) {
            if (changed.contains(each.path().toAbsolutePath())) {
                each.look(clock.getAsLong());
            }
        }
    }

    /** The files that have changed, as soon as any has; none after this time. */
    private Set<Path> await(long most) throws InterruptedException {
        Set<Path> changed = new HashSet<>();
        if (watch == null) {
            Thread.sleep(Math.min(most, LOOK_MILLIS / 5));
            return changed;
        }
        WatchKey key = watch.poll(most, TimeUnit.MILLISECONDS);
        if (key != null) {
            Thread.sleep(SETTLE_MILLIS); // a writer of many lines wakes this once, not once a line
        }
        for (; key != null; key = watch.poll()) {
            for (WatchEvent<?> event : key.pollEvents()) {
                if (event.context() instanceof Path name && key.watchable() instanceof Path folder) {
                    changed.add(folder.resolve(name));
                } else {
                    followed.forEach(each -> changed.add(each.path().toAbsolutePath())); // too many to be told
                }
            }
            key.reset();
        }
        return changed;
    }
}
