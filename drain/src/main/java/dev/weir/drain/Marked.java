package dev.weir.drain;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The matches of the user's masks in one line, in order, none overlapping: the first to come wins. */
final class Marked implements Mask.Marks {
    int[] from = new int[8];
    int[] to = new int[8];
    int[] name = new int[8];
    int count;

    private final List<String> names = new ArrayList<>();

    void find(List<Mask> masks, byte[] line, int start, int end) {
        count = 0;
        for (Mask mask : masks) {
            mask.find(line, start, end, this);
        }
    }

    String nameOf(int kind) {
        byte[] name = names.get(kind - Lexed.NAMED).getBytes(StandardCharsets.UTF_8);
        return Bytes.latin1(name, 0, name.length);
    }

    @Override
    public void add(int start, int end, String called) {
        if (start >= end || count == 256) {
            return;
        }
        int at = count;
        while (at > 0 && from[at - 1] > start) {
            at--;
        }
        if (at > 0 && to[at - 1] > start || at < count && from[at] < end) {
            return;
        }
        int known = names.indexOf(called);
        if (known < 0) {
            if (names.size() == 100) {
                return;
            }
            known = names.size();
            names.add(called);
        }
        if (count == from.length) {
            from = Arrays.copyOf(from, count * 2);
            to = Arrays.copyOf(to, count * 2);
            name = Arrays.copyOf(name, count * 2);
        }
        System.arraycopy(from, at, from, at + 1, count - at);
        System.arraycopy(to, at, to, at + 1, count - at);
        System.arraycopy(name, at, name, at + 1, count - at);
        from[at] = start;
        to[at] = end;
        name[at] = known;
        count++;
    }
}
