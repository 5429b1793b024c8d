package dev.weir.drain;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * All templates of a run, how a line finds its own, and how several become one.
 *
 * <p>Two lines share a template when their keys are equal. A key holds every word; only what looks like a value is left
 * out of it. So at first each word makes a template of its own, and nothing is merged by resemblance. When several
 * templates are equal but for one position, and the words seen there are many enough, that position is taken for a
 * value and the templates become one. Decisions look at nothing but the templates, so whoever has them, has it all.
 */
final class Catalogue {
    /** A line that folds templates again and again does so this often at most. */
    private static final int MOST_FOLDS = 64;
    /** Bytes of tokens that templates may have on average: three times what ordinary lines need. */
    private static final long WEIGHT_OF_EACH = 3072;

    private final MinerSettings settings;
    private final Keys keys;
    private final Relations relations;
    private final Folding folding;
    private final List<@Nullable Template> all = new ArrayList<>();
    private final Structures structures = new Structures();
    private final Unmined unmined = new Unmined();

    private int live;
    private long weight;

    Change change = Change.NOTHING;

    @Nullable
    String oldText;

    final List<Template> absorbed = new ArrayList<>();
    /** Templates whose rows have changed since they were last written. */
    final List<Template> dirty = new ArrayList<>();
    /** The structure of the tokens last placed; null when they went to overflow. */
    @Nullable
    Structure structure;

    Catalogue(MinerSettings settings, Hash hash) {
        this.settings = settings;
        this.keys = new Keys(hash);
        this.relations = new Relations(keys, this::get);
        this.folding = new Folding(settings, keys, relations);
    }

    int size() {
        return all.size();
    }

    int live() {
        return live;
    }

    @Nullable
    Template get(int id) {
        return id >= 0 && id < all.size() ? all.get(id) : null;
    }

    void soil(Template t) {
        if (!t.dirty) {
            t.dirty = true;
            dirty.add(t);
        }
    }

    void unchanged() {
        change = Change.NOTHING;
        oldText = null;
        if (!absorbed.isEmpty()) {
            absorbed.clear();
        }
    }

    /** The template of a line with these tokens, made if there is none. */
    Template place(Token[] tokens, Level level) {
        unchanged();
        int lane = level.lane();
        long key = keys.of(tokens, lane);
        long form = Keys.form(tokens, lane);
        Structure at = structures.get(form);
        structure = at;
        Template known = at == null ? null : find(at, tokens, key);
        if (known != null && at != null) {
            if (relations.vocabulary.learn(known, tokens)) {
                soil(known);
            }
            absorbText(known, tokens, at);
            return known;
        }
        if (live >= settings.maxTemplates() || weight >= settings.maxTemplates() * WEIGHT_OF_EACH) {
            structure = null;
            return overflow(lane, level);
        }
        if (at == null) {
            at = structures.getOrMake(form);
            structure = at;
        }
        Template made = new Template(all.size(), lane, level, tokens);
        made.key = key;
        enter(created(made), at);
        return foldAll(made, at);
    }

    private @Nullable Template find(Structure at, Token[] tokens, long key) {
        Template exact = relations.withKey(key);
        if (exact != null) {
            return exact;
        }
        Template best = null;
        for (long reading : at.readings) {
            long read = keys.read(tokens, key, reading);
            Template t = read == key ? null : relations.withKey(read);
            if (t != null && (best == null || t.id < best.id)) {
                best = t;
            }
        }
        return best;
    }

    private void absorbText(Template t, Token[] tokens, Structure at) {
        String old = t.text();
        if (widen(t, tokens)) {
            weigh(t);
            t.textChanged(old);
            at.version++;
            soil(t);
            oldText = old;
            change = Change.GENERALISED;
        }
    }

    /** Keeps the sum of what live templates weigh. */
    private void weigh(Template t) {
        weight -= t.weight;
        t.weight = 0;
        if (t.live()) {
            for (Token token : t.tokens) {
                t.weight += token.weight();
            }
            weight += t.weight;
        }
    }

    private boolean widen(Template t, Token[] other) {
        boolean changed = false;
        for (int i = 0; i < other.length; i++) {
            Token mine = t.tokens[i];
            if (mine.anyGap || mine.gap.equals(other[i].gap)) {
                if (!mine.text.equals(other[i].text)) {
                    String before = mine.text;
                    changed |= mine.widen(other[i]);
                    if (mine.text.equals(Token.HOLE)) {
                        Amounts.level(t.tokens, before);
                    }
                }
            } else {
                soil(t);
                changed |= mine.widen(other[i]);
                t.forgetText();
            }
        }
        return changed;
    }

    private void enter(Template t, Structure at) {
        live++;
        weigh(t);
        at.templates.add(t);
        relations.add(t);
    }

    /** Folds templates for as long as there is evidence, and returns what {@code t} is part of then. */
    private Template foldAll(Template t, Structure at) {
        Template now = t;
        for (int round = 0; round < MOST_FOLDS; round++) {
            Folding.Fold fold = folding.next(now, at);
            if (fold == null) {
                return now;
            }
            now = merge(fold.templates(), fold.places(), at);
        }
        return now;
    }

    private Template merge(List<Template> same, long places, Structure at) {
        Template oldest = same.get(0);
        for (Template t : same) {
            oldest = t.id < oldest.id ? t : oldest;
        }
        String old = oldest.text();
        Token[] before = oldest.handOver();
        relations.forget(oldest);
        for (long left = places; left != 0; left &= left - 1) {
            int p = Long.numberOfTrailingZeros(left);
            Vocabulary.learn(oldest, Vocabulary.found(same, p, settings.words()));
        }
        List<Template> folded = new ArrayList<>();
        for (Template t : same) {
            if (t != oldest) {
                into(oldest, t, at);
                folded.add(t);
            }
        }
        for (long left = places; left != 0; left &= left - 1) {
            oldest.tokens[Long.numberOfTrailingZeros(left)].kind = Token.VALUE;
        }
        oldest.evidence |= places;
        oldest.key = keys.of(oldest.tokens, oldest.lane);
        for (Template t : List.copyOf(at.templates)) {
            if (t != oldest) {
                long key = keys.of(t.tokens, t.lane);
                if (keys.read(t.tokens, key, oldest.evidence) == oldest.key) {
                    into(oldest, t, at);
                    folded.add(t);
                }
            }
        }
        at.relearn();
        weigh(oldest);
        relations.add(oldest);
        if (settings.slots()) {
            oldest.absorbSlots(before, folded);
        }
        oldest.textChanged(old);
        soil(oldest);
        oldText = old;
        change = Change.MERGED;
        return oldest;
    }

    private void into(Template survivor, Template t, Structure at) {
        widen(survivor, t.tokens);
        relations.forget(t);
        survivor.evidence |= t.evidence;
        t.mergedInto = survivor.id;
        soil(t);
        Vocabulary.learn(survivor, t.valueWords);
        survivor.absorbed.add(t);
        absorbed.add(t);
        at.templates.remove(t);
        live--;
        weigh(t);
    }

    /** Puts back a template read from its row; they come in order of creation. */
    void restore(Template t) {
        if (t.id < all.size()) {
            throw new IllegalArgumentException("Template " + t.id + " is restored after template " + (all.size() - 1)
                    + ": restore rows in order of their ids");
        }
        skipTo(t.id);
        all.add(t);
        if (t.live() && t.unmined()) {
            unmined.restore(t);
        } else if (t.live()) {
            t.key = keys.of(t.tokens, t.lane);
            Structure at = structures.getOrMake(Keys.form(t.tokens, t.lane));
            enter(t, at);
            at.relearn();
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

    /** A template that is not mined but declared by the user. */
    Template declared(Declared declared, Level level) {
        unchanged();
        Template known = unmined.declared(declared.name());
        return known != null ? known : created(unmined.declare(all.size(), declared.name(), level));
    }

    private Template overflow(int lane, Level level) {
        Template known = unmined.overflow(lane);
        return known != null ? known : created(unmined.overflowing(all.size(), lane, level));
    }

    private Template created(Template t) {
        all.add(t);
        soil(t);
        change = Change.CREATED;
        return t;
    }

    /** Makes room: the template's lines stay counted with it, its shape is forgotten. */
    void evict(Template t) {
        if (!t.live()) {
            return;
        }
        t.evicted = true;
        soil(t);
        if (t.unmined()) {
            unmined.remove(t);
            return;
        }
        live--;
        weigh(t);
        relations.forget(t);
        long form = Keys.form(t.tokens, t.lane);
        Structure at = structures.get(form);
        if (at != null) {
            at.templates.remove(t);
            at.relearn();
            if (at.templates.isEmpty()) {
                structures.remove(form);
            }
        }
        relations.tidy(all);
    }
}
