package dev.weir.drain;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
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
    /** Templates that one line has looked at again because of what it taught. */
    private static final int MOST_LOOKED_AT_AGAIN = 64;
    /** With more words than this a template that gets another does not count for more than before. */
    private static final int FEW_WORDS = 16;

    /** Bytes of tokens that templates may have on average: three times what ordinary lines need. */
    private static final long WEIGHT_OF_EACH = 3072;

    private final MinerSettings settings;
    private final Keys keys;
    private final Relations relations;
    private final Folding folding;
    final Roster roster = new Roster();
    private final Structures structures = new Structures();
    private final Unmined unmined = new Unmined();

    Change change = Change.NOTHING;

    @Nullable
    String oldText;

    final List<Template> absorbed = new ArrayList<>();

    /** Templates other than the line's that it made more general. */
    final List<Template> elsewhere = new ArrayList<>();

    /** What the line's template has become so far; null while there is none. */
    private @Nullable Template own;

    /** Grows whenever any remembered shape might now belong elsewhere. */
    long age;

    /** The structure of the tokens last placed; null when they went to overflow. */
    @Nullable
    Structure structure;

    Catalogue(MinerSettings settings, Hash hash) {
        this.settings = settings;
        this.keys = new Keys(hash);
        this.relations = new Relations(settings, hash, keys, roster::get);
        this.folding = new Folding(settings, keys, relations);
    }

    void unchanged() {
        change = Change.NOTHING;
        oldText = null;
        if (!absorbed.isEmpty()) {
            absorbed.clear();
            elsewhere.clear();
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
            own = known;
            absorbText(known, tokens, at);
            if (relations.vocabulary.learn(known, tokens)) {
                roster.soil(known);
                if (known.valueWords.size() <= FEW_WORDS) {
                    foldAll(known, at);
                }
            }
            return settle();
        }
        if (roster.live() >= settings.maxTemplates() || roster.weight() >= settings.maxTemplates() * WEIGHT_OF_EACH) {
            structure = null;
            return overflow(lane, level);
        }
        if (at == null) {
            at = structures.getOrMake(form);
            structure = at;
        }
        Template made = new Template(roster.size(), lane, level, tokens);
        made.key = key;
        enter(created(made), at);
        own = made;
        foldAll(made, at);
        return settle();
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
            roster.weigh(t);
            t.textChanged(old);
            at.version++;
            age++;
            roster.soil(t);
            oldText = old;
            change = Change.GENERALISED;
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
                roster.soil(t);
                changed |= mine.widen(other[i]);
                t.forgetText();
            }
        }
        return changed;
    }

    private void enter(Template t, Structure at) {
        roster.enter(t);
        at.templates.add(t);
        relations.enter(t);
    }

    /** Looks again at templates whose words have come to be values, and returns what the line's own is part of then. */
    private Template settle() {
        for (int left = MOST_LOOKED_AT_AGAIN; left > 0 && !relations.settled(); ) {
            for (Template t : relations.affected()) {
                Structure at = t.live() && left-- > 0 ? structures.get(Keys.form(t.tokens, t.lane)) : null;
                if (at != null) {
                    foldAll(t, at);
                }
            }
        }
        relations.settle();
        Template now = Objects.requireNonNull(own);
        if (!elsewhere.isEmpty()) {
            elsewhere.removeIf(t -> t == now || !t.live());
        }
        return now;
    }

    /** Folds templates for as long as there is evidence. */
    private void foldAll(Template t, Structure at) {
        Template now = t;
        for (int round = 0; round < MOST_FOLDS; round++) {
            Folding.Fold fold = folding.next(now, at);
            if (fold == null) {
                return;
            }
            now = merge(fold.templates(), fold.places(), at);
        }
    }

    private Template merge(List<Template> same, long places, Structure at) {
        Template oldest = same.get(0);
        for (Template t : same) {
            oldest = t.id < oldest.id ? t : oldest;
        }
        String old = oldest.text();
        Token[] before = oldest.handOver();
        relations.forget(oldest);
        long values = places;
        for (Template t : same) {
            values |= t.evidence;
        }
        for (Template t : same) {
            relations.vocabulary.learn(oldest, t.tokens, values);
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
                    relations.vocabulary.learn(oldest, t.tokens, oldest.evidence);
                    into(oldest, t, at);
                    folded.add(t);
                }
            }
        }
        at.relearn();
        age++;
        roster.weigh(oldest);
        relations.add(oldest);
        if (settings.slots()) {
            oldest.absorbSlots(before, folded);
        }
        oldest.textChanged(old);
        roster.soil(oldest);
        if (oldest == own || own != null && own.mergedInto == oldest.id) {
            own = oldest;
            oldText = old;
            change = Change.MERGED;
        } else if (!elsewhere.contains(oldest)) {
            elsewhere.add(oldest);
        }
        return oldest;
    }

    private void into(Template survivor, Template t, Structure at) {
        widen(survivor, t.tokens);
        relations.forget(t);
        survivor.evidence |= t.evidence;
        t.mergedInto = survivor.id;
        roster.soil(t);
        relations.vocabulary.learn(survivor, t.valueWords);
        survivor.absorbed.add(t);
        absorbed.add(t);
        at.templates.remove(t);
        roster.leave(t);
    }

    /** Puts back a template read from its row; they come in order of creation. */
    void restore(Template t) {
        age++;
        if (t.id < roster.size()) {
            throw new IllegalArgumentException("Template " + t.id + " is restored after template " + (roster.size() - 1)
                    + ": restore rows in order of their ids");
        }
        roster.skipTo(t.id);
        roster.add(t);
        if (t.live() && t.unmined()) {
            unmined.restore(t);
        } else if (t.live()) {
            t.key = keys.of(t.tokens, t.lane);
            Structure at = structures.getOrMake(Keys.form(t.tokens, t.lane));
            enter(t, at);
            at.relearn();
            relations.settle();
        }
    }

    /** A template that is not mined but declared by the user. */
    Template declared(Declared declared, Level level) {
        unchanged();
        Template known = unmined.declared(declared.name());
        return known != null ? known : created(unmined.declare(roster.size(), declared.name(), level));
    }

    private Template overflow(int lane, Level level) {
        Template known = unmined.overflow(lane);
        return known != null ? known : created(unmined.overflowing(roster.size(), lane, level));
    }

    private Template created(Template t) {
        roster.add(t);
        roster.soil(t);
        change = Change.CREATED;
        return t;
    }

    /** Makes room: the template's lines stay counted with it, its shape is forgotten. */
    void evict(Template t) {
        if (!t.live()) {
            return;
        }
        t.evicted = true;
        age++;
        roster.soil(t);
        if (t.unmined()) {
            unmined.remove(t);
            return;
        }
        roster.leave(t);
        relations.forget(t);
        relations.settle();
        long form = Keys.form(t.tokens, t.lane);
        Structure at = structures.get(form);
        if (at != null) {
            at.templates.remove(t);
            at.relearn();
            if (at.templates.isEmpty()) {
                structures.remove(form);
            }
        }
        relations.tidy(roster.all());
    }
}
