package dev.weir.cli.tail;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.zip.CRC32C;

/**
 * The start of a file, as far as it was there when it was taken: with the inode, what tells a file from another. It grows
 * with the file up to {@link #LONGEST}; a file shorter than its fingerprint is no longer the same.
 */
record Fingerprint(int length, long sum) {
    private static final int LONGEST = 1024;
    static final Fingerprint NONE = new Fingerprint(0, 0);

    static Fingerprint of(FileChannel file) throws IOException {
        return of(file, LONGEST);
    }

    private static Fingerprint of(FileChannel file, int most) throws IOException {
        ByteBuffer start = ByteBuffer.allocate(most);
        while (start.hasRemaining() && file.read(start, start.position()) > 0) {
            // until the buffer is full or the file ends
        }
        if (start.position() == 0) {
            return NONE;
        }
        CRC32C sum = new CRC32C();
        sum.update(start.flip());
        return new Fingerprint(start.limit(), sum.getValue());
    }

    boolean isGrowing() {
        return length < LONGEST;
    }

    boolean matches(FileChannel file) throws IOException {
        return equals(of(file, length));
    }
}
