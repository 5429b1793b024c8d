package dev.weir.drain;

import java.util.Arrays;

/** A map from hashes to small numbers, without a box per entry. The key 0 is kept apart. */
final class LongMap {
    static final int NONE = -1;

    private static final int LEAST = 8;

    private long[] keys = new long[LEAST];
    private int[] values = new int[LEAST];
    private int size;
    private int zero = NONE;

    int get(long key) {
        if (key == 0) {
            return zero;
        }
        int mask = keys.length - 1;
        for (int i = (int) key & mask; keys[i] != 0; i = i + 1 & mask) {
            if (keys[i] == key) {
                return values[i];
            }
        }
        return NONE;
    }

    void put(long key, int value) {
        if (key == 0) {
            zero = value;
            return;
        }
        if ((size + 1) * 2 > keys.length) {
            grow();
        }
        int mask = keys.length - 1;
        int i = (int) key & mask;
        while (keys[i] != 0 && keys[i] != key) {
            i = i + 1 & mask;
        }
        if (keys[i] == 0) {
            keys[i] = key;
            size++;
        }
        values[i] = value;
    }

    void clear() {
        Arrays.fill(keys, 0);
        size = 0;
        zero = NONE;
    }

    private void grow() {
        long[] oldKeys = keys;
        int[] oldValues = values;
        keys = new long[oldKeys.length * 2];
        values = new int[oldKeys.length * 2];
        size = 0;
        for (int i = 0; i < oldKeys.length; i++) {
            if (oldKeys[i] != 0) {
                put(oldKeys[i], oldValues[i]);
            }
        }
    }

    int bytes() {
        return keys.length * 12 + 64;
    }
}
