package dev.weir.drain;

import java.util.Arrays;

/**
 * For every template and every position: which templates are equal but for that position. A chain per hash of "all but
 * one"; chains hold template ids, also of templates gone since.
 */
final class Siblings {
    private final LongMap heads = new LongMap();
    private static final int LEAST = 8;

    private int[] next = new int[LEAST];
    private int[] ids = new int[LEAST];
    private int size;

    void add(long allButOne, int id) {
        if (size == ids.length) {
            next = Arrays.copyOf(next, size * 2);
            ids = Arrays.copyOf(ids, size * 2);
        }
        next[size] = heads.get(allButOne);
        ids[size] = id;
        heads.put(allButOne, size++);
    }

    /** The first link of a chain, or -1. */
    int first(long allButOne) {
        return heads.get(allButOne);
    }

    int id(int link) {
        return ids[link];
    }

    int next(int link) {
        return next[link];
    }

    /** Takes a link out of its chain; {@code before} is the one in front of it, or -1. */
    void drop(long allButOne, int before, int link) {
        if (before < 0) {
            heads.put(allButOne, next[link]);
        } else {
            next[before] = next[link];
        }
    }

    int size() {
        return size;
    }

    void clear() {
        heads.clear();
        size = 0;
    }

    int bytes() {
        return heads.bytes() + 8 * ids.length;
    }
}
