package dev.weir.cli.capture;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;

/** Where a stream's bytes can be read, and read again, by their position. Used by one thread. */
public interface Bytes extends Closeable {
    /** Reads some bytes from this position on; 0 or less if there are none, now or ever. */
    int read(ByteBuffer into, long position) throws IOException;

    /** After how many delivered bytes it is worth giving the disk some back. */
    default long grain() {
        return Long.MAX_VALUE;
    }

    /** Bytes before this position are delivered: memory need not hold them any longer. */
    default void delivered(long position) {}

    /** Bytes before this position will not be asked for again, by no process: the disk need not hold them either. */
    default void release(long position) throws IOException {}

    /** Bytes from here to there will not be asked for again, though some before them may. */
    default void giveUp(long from, long to) throws IOException {}

    /** Brings everything there is to the disk. */
    default void sync() throws IOException {}
}
