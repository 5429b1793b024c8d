package dev.weir.cli.capture;

import java.io.IOException;
import java.nio.ByteBuffer;

/** Where a relay's bytes are kept until Kafka has them. Written by the relay, read by the shipper. */
interface Kept extends Bytes {
    /**
     * Keeps these bytes, which come at this position.
     *
     * @return false if there is no room for them, neither on disk nor in memory: they are not kept
     */
    boolean keep(ByteBuffer bytes, long position) throws IOException;

    /** Brings to disk what is only in memory, if the disk will have it; false if it will not. */
    boolean settle();
}
