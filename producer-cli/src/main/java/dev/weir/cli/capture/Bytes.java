package dev.weir.cli.capture;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;

/** Where a stream's bytes can be read, and read again, by their position. Used by one thread. */
public interface Bytes extends Closeable {
    /** Reads some bytes from this position on; 0 or less if there are none, now or ever. */
    int read(ByteBuffer into, long position) throws IOException;
}
