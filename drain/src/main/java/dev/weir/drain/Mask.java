package dev.weir.drain;

/**
 * A pattern of the user's own, applied before mining. The miner knows no regular expressions; whoever has a library
 * for them implements this port. It is asked once for every line, so it must be linear in the line's length.
 */
public interface Mask {
    /** Reports every match within {@code line[from, to)}, left to right, none overlapping. */
    void find(byte[] line, int from, int to, Marks marks);

    /** Where matches go. */
    interface Marks {
        /** Marks {@code [from, to)} as a value called {@code name}; the template then says {@code <name>}. */
        void add(int from, int to, String name);
    }
}
