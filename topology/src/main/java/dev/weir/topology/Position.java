package dev.weir.topology;

/** Where a line lies in {@code weir.lines}: its batch's offset in the run's partition, and its index in the batch. */
public record Position(long offset, int index) implements Comparable<Position> {
    @Override
    public int compareTo(Position other) {
        int byOffset = Long.compare(offset, other.offset);
        return byOffset != 0 ? byOffset : Integer.compare(index, other.index);
    }
}
