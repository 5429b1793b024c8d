package dev.weir.cli.ship;

/**
 * Lets the command go first: while it writes faster than anybody could ship, shipping only keeps the view alive, for on a machine
 * of few cores each batch is time that the command does not get. What waits is on disk, and shipped when the flood is over, or
 * when a good part of the room that there is for it is taken.
 */
final class Pace {
    private static final long LOOK_MILLIS = 10;
    private static final long FLOOD = 16 << 10; // bytes a millisecond
    private static final long SIGN_OF_LIFE_MILLIS = 100;

    /** A command that pauses for less is writing as fast as it is let: it waits for a core, or a disk. */
    private static final long CALM_MILLIS = 100;

    private static final int SHARE = 4;

    private final long most;
    private long lookedAt;
    private long takenThen;
    private long shippedAt;
    private long floodAt = Long.MIN_VALUE / 2;

    /** @param room for what waits, in bytes */
    Pace(long room) {
        most = room / SHARE;
    }

    /** Whether the next batch had better wait a moment, given how much has been taken so far, and how much of it waits. */
    boolean holdsBack(long taken, long waiting, long now) {
        if (isFlood(taken, waiting, now) && now - shippedAt < SIGN_OF_LIFE_MILLIS) {
            return true;
        }
        shippedAt = now;
        return false;
    }

    /** Whether so much is coming that everything else had better wait; a client of Kafka takes a second of a core to begin. */
    boolean isFlood(long taken, long waiting, long now) {
        boolean first = takenThen == 0;
        if (now - lookedAt >= LOOK_MILLIS) {
            if (taken - takenThen > FLOOD * (first ? LOOK_MILLIS : now - lookedAt)) {
                floodAt = now;
            }
            lookedAt = now;
            takenThen = taken;
        }
        return now - floodAt < CALM_MILLIS && waiting < most;
    }
}
