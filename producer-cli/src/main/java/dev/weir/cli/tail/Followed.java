package dev.weir.cli.tail;

import dev.weir.cli.capture.Bell;
import dev.weir.cli.capture.Stream;
import dev.weir.cli.capture.Stream.Mark;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One followed name and the files that have borne it. Whatever happens to the name (rename and create, copy and truncate, a
 * link that is set anew, deletion and return), each file is read to its end under a source of its own.
 */
final class Followed {
    private static final long QUIET_MILLIS = 5_000;
    private static final int MOST_TURNS = 20;

    /** Files rotated away that may still be written to: with more of them, the oldest are done with, as each is an open file. */
    private static final int MOST_RETIRED = 64;

    private final Path path;
    private final String label;
    private final Bell bell;
    private final OutputStream echo;
    private final Consumer<Generation> onOpen;
    private final Consumer<Stream> onLoss;
    private final Map<Object, Seen> known = new HashMap<>();
    private final List<Generation> retired = new ArrayList<>();
    private @Nullable Generation current;
    private int generations;
    /** Whether the last look ended before it had seen everything. */
    private boolean unsettled;

    Followed(Path path, Bell bell, OutputStream echo, Consumer<Generation> onOpen, Consumer<Stream> onLoss) {
        this.onLoss = onLoss;
        this.echo = echo;
        this.path = path;
        this.label = path.toString();
        this.bell = bell;
        this.onOpen = onOpen;
    }

    Path path() {
        return path;
    }

    /** Opens the file that is there now, if one is; its older siblings count as read. */
    void begin(Generation.Start start, long now) throws IOException {
        for (Sibling sibling : Sibling.of(path)) {
            pass(sibling);
        }
        if (Files.isRegularFile(path)) {
            open(path, start, now);
        }
    }

    /** Finds the files of an earlier follower again, by inode and fingerprint, under this name or a rotated one. */
    void goOn(List<Standing> earlier, long now) throws IOException {
        List<Sibling> there = new ArrayList<>(Sibling.of(path));
        Object here = keyThere();
        for (Standing standing : earlier) {
            generations = Math.max(generations, standing.generation());
            Path found = here != null && here.toString().equals(standing.key()) ? path : null;
            for (Sibling sibling : there) {
                if (sibling.key().toString().equals(standing.key())) {
                    found = sibling.path();
                }
            }
            if (found == null || !goOn(found, standing, now)) {
                onLoss.accept(Generation.lost(standing, bell));
            }
        }
        // Whatever else lies there has come since, or was read before: younger than the youngest known is new.
        long youngest = there.stream()
                .filter(sibling -> known.containsKey(sibling.key()))
                .mapToLong(Sibling::modified)
                .max()
                .orElse(Long.MAX_VALUE);
        for (Sibling sibling : there) {
            if (sibling.modified() <= youngest) {
                pass(sibling);
            }
        }
        look(now);
    }

    private boolean goOn(Path where, Standing standing, long now) throws IOException {
        Generation.Naming naming = new Generation.Naming(standing.source(), label, standing.generation());
        Generation opened = Generation.open(where, naming, bell, echo, now, file -> standing.mark());
        if (opened == null || !opened.isAs(standing)) {
            return false;
        }
        take(opened);
        if (!where.equals(path)) {
            retireCurrent();
        }
        return true;
    }

    /** Looks at what has changed. */
    void look(long now) throws IOException {
        if (current != null && !current.grow(now)) {
            current.cutShort("truncated");
            current = null;
            known.clear(); // the very same file begins anew
            for (Sibling sibling : Sibling.of(path)) {
                pass(sibling);
            }
        }
        if (unsettled || current == null || !current.key().equals(keyThere())) {
            unsettled = true;
            for (int turn = 0; turn < MOST_TURNS && unsettled; turn++) {
                unsettled = !settled(now); // the name may move on again while it is looked at
            }
        }
        drain(now);
    }

    /**
     * Opens the file that bears the name and all that bore it since the last look.
     *
     * @return whether nothing was left to open, so that none can have slipped through between listing and opening
     */
    private boolean settled(long now) throws IOException {
        Object there = keyThere();
        if (current != null && !current.key().equals(there)) {
            retireCurrent();
        }
        Generation bearer = current;
        boolean nothingNew = true;
        List<Sibling> siblings = Sibling.of(path);
        forgetTheDeleted(siblings);
        for (Sibling missed : siblings) {
            if (!missed.key().equals(there) && !isKnown(missed)) {
                nothingNew = false;
                open(missed.path(), file -> Mark.START, now);
                retireCurrent();
            }
        }
        current = bearer;
        if (there != null && bearer == null) {
            open(path, file -> Mark.START, now);
            return false;
        }
        return nothingNew && Objects.equals(there, keyThere());
    }

    /** Inodes are used again: what is no longer there must not make a new file look known. */
    private void forgetTheDeleted(List<Sibling> siblings) {
        Set<Object> alive = new HashSet<>();
        siblings.forEach(sibling -> alive.add(sibling.key()));
        retired.forEach(old -> alive.add(old.key()));
        if (current != null) {
            alive.add(current.key());
        }
        known.keySet().retainAll(alive);
    }

    /**
     * A file that has been read, or is not to be: when it was last written, as far as that is known, and how it begins. Its
     * inode may have been given to another file since the last look.
     */
    private record Seen(long modified, Fingerprint start) {
        static final long UNKNOWN = -1;

        boolean is(Path path) throws IOException {
            try (FileChannel file = FileChannel.open(path, StandardOpenOption.READ)) {
                return start.length() == 0 ? file.size() == 0 : start.matches(file);
            }
        }
    }

    private boolean isKnown(Sibling sibling) throws IOException {
        Seen seen = known.get(sibling.key());
        if (seen == null) {
            return false;
        }
        // A file that is open keeps its inode.
        boolean open = current != null && current.key().equals(sibling.key())
                || retired.stream().anyMatch(old -> old.key().equals(sibling.key()));
        if (open || seen.modified() == sibling.modified()) {
            return true;
        }
        try {
            if (seen.is(sibling.path())) {
                known.put(sibling.key(), new Seen(sibling.modified(), seen.start()));
                return true;
            }
            known.remove(sibling.key());
            return false;
        } catch (NoSuchFileException gone) {
            return true; // rotated on in this very moment: the next look finds it again
        }
    }

    /** Takes a file for read. */
    private void pass(Sibling sibling) throws IOException {
        try (FileChannel file = FileChannel.open(sibling.path(), StandardOpenOption.READ)) {
            known.put(sibling.key(), new Seen(sibling.modified(), Fingerprint.of(file)));
        } catch (NoSuchFileException gone) {
            known.put(sibling.key(), new Seen(sibling.modified(), Fingerprint.NONE));
        }
    }

    private void drain(long now) throws IOException {
        for (Iterator<Generation> each = retired.iterator(); each.hasNext(); ) {
            Generation old = each.next();
            if (!old.grow(now)) {
                old.cutShort("truncated");
                leave(old);
                each.remove();
            } else if (now - old.lastGrowth() >= QUIET_MILLIS || retired.size() > MOST_RETIRED) {
                old.end();
                leave(old);
                each.remove();
            }
        }
    }

    /** It will be closed, and then its inode is free for another. */
    private void leave(Generation old) {
        known.put(old.key(), new Seen(Seen.UNKNOWN, old.fingerprint()));
    }

    /** Takes what is there and ends. */
    void finish(long now) throws IOException {
        look(now);
        retireCurrent();
        retired.forEach(Generation::end);
    }

    private void retireCurrent() {
        if (current != null) {
            retired.add(current);
            current = null;
        }
    }

    private void open(Path where, Generation.Start start, long now) throws IOException {
        String source = generations == 0 ? label : label + "#" + (generations + 1);
        try {
            Generation.Naming naming = new Generation.Naming(source, label, generations + 1);
            Generation opened = Generation.open(where, naming, bell, echo, now, start);
            if (opened != null) {
                generations++;
                take(opened);
                if (!opened.grow(now)) {
                    opened.cutShort("truncated");
                    current = null;
                }
            }
        } catch (NoSuchFileException gone) {
            current = null; // rotated away in this very moment: the next look finds it among the siblings
        }
    }

    private void take(Generation opened) {
        current = opened;
        known.put(opened.key(), new Seen(Seen.UNKNOWN, opened.fingerprint()));
        onOpen.accept(opened);
    }

    private @Nullable Object keyThere() throws IOException {
        try {
            return Generation.keyOf(path);
        } catch (NoSuchFileException gone) {
            return null;
        }
    }
}
