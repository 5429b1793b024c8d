package dev.weir.drain;

import java.util.Arrays;
import java.util.Random;

/** Lines that differ a little from others. */
final class Changed {
    private Changed() {}

    /** Another line: some digits differ, or one of the first bytes, or it is longer or shorter by one there. */
    static byte[] line(byte[] line, Random random, int first) {
        if (line.length == 0) {
            return line;
        }
        byte[] other = line.clone();
        int at = random.nextInt(Math.min(first, line.length));
        switch (random.nextInt(4)) {
            case 0:
                other[at] = (byte) " :=./-_@|{}[]0a9F,\"%".charAt(random.nextInt(20));
                return other;
            case 1:
                byte[] longer = Arrays.copyOf(line, line.length + 1);
                System.arraycopy(line, at, longer, at + 1, line.length - at);
                longer[at] = (byte) "0:1. =/a-".charAt(random.nextInt(9));
                return longer;
            case 2:
                System.arraycopy(line, at + 1, other, at, line.length - at - 1);
                return Arrays.copyOf(other, line.length - 1);
            default:
                for (int i = 0; i < other.length; i++) {
                    other[i] = Bytes.digit(other[i]) ? (byte) ('0' + random.nextInt(10)) : other[i];
                }
                return other;
        }
    }
}
