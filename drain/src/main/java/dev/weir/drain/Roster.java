package dev.weir.drain;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The templates of a run by id, alive or not; how many are alive and what they weigh; whose rows have changed. */
final class Roster {
    private final List<@Nullable Template> all = new ArrayList<>();
    private int live;
    private long weight;

    /** Templates whose rows have changed since they were last written. */
    final List<Template> dirty = new ArrayList<>();

    /** One more than the highest id. */
    int size() {
        return all.size();
    }

    int live() {
        return live;
    }

    /** Bytes of tokens of those alive, about. */
    long weight() {
        return weight;
    }

    List<@Nullable Template> all() {
        return all;
    }

    @Nullable
    Template get(int id) {
        return id >= 0 && id < all.size() ? all.get(id) : null;
    }

    void add(Template t) {
        all.add(t);
    }

    void enter(Template t) {
        live++;
        weigh(t);
    }

    void leave(Template t) {
        live--;
        weigh(t);
    }

    /** Keeps the sum of what live templates weigh. */
    void weigh(Template t) {
        weight -= t.weight;
        t.weight = 0;
        if (t.live()) {
            for (Token token : t.tokens) {
                t.weight += token.weight();
            }
            weight += t.weight;
        }
    }

    void soil(Template t) {
        if (!t.dirty) {
            t.dirty = true;
            dirty.add(t);
        }
    }

    /** Leaves ids out, so that the next one made is at least this. */
    void skipTo(int id) {
        while (all.size() < id) {
            all.add(null);
        }
    }

    /** Ties templates to those they were folded into, once all are there. */
    void tie() {
        for (Template t : all) {
            Template survivor = t == null ? null : get(t.mergedInto);
            if (t != null && survivor != null && !survivor.absorbed.contains(t)) {
                survivor.absorbed.add(t);
            }
        }
    }
}
