package dev.weir.standalone;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The orderly end of a node's process: the shutdown hook. Afterwards nothing of it runs and no file says it does. */
final class Ending implements Runnable {
    private final StateDirectory directory;
    private final NodeLock lock;
    private final Optional<ClassArchives> archives;
    private volatile @Nullable Node node;

    Ending(StateDirectory directory, NodeLock lock, Optional<ClassArchives> archives) {
        this.directory = directory;
        this.lock = lock;
        this.archives = archives;
    }

    void of(Node running) {
        node = running;
    }

    @Override
    public void run() {
        archives.ifPresent(ClassArchives::close);
        Node running = node;
        if (running != null) {
            running.close();
        }
        // One that was still starting is cut short: its broker recovers, its registry sees its parent's end.
        directory.emptyTemporary();
        if (NodeRecord.read(directory)
                .filter(record -> record.state() == NodeRecord.State.FAILED)
                .isEmpty()) {
            NodeRecord.delete(directory);
        }
        lock.close();
    }
}
