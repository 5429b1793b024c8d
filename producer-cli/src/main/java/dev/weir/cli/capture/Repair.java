package dev.weir.cli.capture;

import java.util.zip.CRC32;

/** Finds the one bit in which bytes differ from those that a checksum was made of. */
public final class Repair {
    private static final int POLYNOMIAL = 0xEDB88320;

    private Repair() {}

    public static int sum(byte[] bytes, int start, int length) {
        CRC32 sum = new CRC32();
        sum.update(bytes, start, length);
        return (int) sum.getValue();
    }

    /**
     * Flips back the one bit that is wrong.
     *
     * @return false if more than one is wrong; nothing is changed then
     */
    public static boolean flip(byte[] bytes, int start, int length, int sum) {
        // A checksum is linear: a wrong bit changes it by a pattern that depends on how far from the end it is alone.
        int difference = sum(bytes, start, length) ^ sum;
        int pattern = POLYNOMIAL; // of the last byte's highest bit, which goes in last
        for (int at = start + length - 1; at >= start; at--) {
            for (int bit = 7; bit >= 0; bit--) {
                if (pattern == difference) {
                    bytes[at] ^= (byte) (1 << bit);
                    return sum(bytes, start, length) == sum;
                }
                pattern = (pattern & 1) != 0 ? pattern >>> 1 ^ POLYNOMIAL : pattern >>> 1;
            }
        }
        return false;
    }
}
