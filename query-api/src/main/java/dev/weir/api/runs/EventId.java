package dev.weir.api.runs;

import dev.weir.topology.Position;
import java.util.Optional;

/**
 * How far a reader of events has come, as the id of the last event it was told. All of it is positions and times of the
 * run's own: any server can go on from it.
 *
 * @param cursor up to where templates and status are told
 * @param line the last line told
 * @param wakes when the newest told change of a wake was
 * @param told how many changes of wakes of that very millisecond are told
 * @param signals when the newest told signal was
 */
record EventId(String cursor, Position line, long wakes, int told, long signals) {
    String text() {
        return cursor + "." + line.offset() + "." + line.index() + "." + wakes + "." + told + "." + signals;
    }

    /** Empty for what no event of this version had as its id. */
    static Optional<EventId> parse(String text) {
        String[] parts = text.split("\\.", -1);
        if (parts.length != 6 || Cursor.parse(parts[0]).isEmpty()) {
            return Optional.empty();
        }
        try {
            Position line = new Position(Long.parseLong(parts[1]), Integer.parseInt(parts[2]));
            return Optional.of(new EventId(
                    parts[0], line, Long.parseLong(parts[3]), Integer.parseInt(parts[4]), Long.parseLong(parts[5])));
        } catch (NumberFormatException damaged) {
            return Optional.empty();
        }
    }

    /** Of a reader that knows what a snapshot said, and nothing of what comes after it. */
    static EventId after(String cursor, long signals) {
        long offset = Cursor.parse(cursor).map(Cursor::offset).orElse(-1L);
        return new EventId(cursor, new Position(offset, Integer.MAX_VALUE), 0, 0, signals);
    }

    EventId at(String now) {
        return new EventId(now, line, wakes, told, signals);
    }

    EventId at(Position now) {
        return new EventId(cursor, now, wakes, told, signals);
    }

    EventId wake(long changedAt) {
        return new EventId(cursor, line, changedAt, changedAt == wakes ? told + 1 : 1, signals);
    }

    EventId signal(long at) {
        return new EventId(cursor, line, wakes, told, Math.max(signals, at));
    }
}
