package dev.weir.drain;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * All templates of a run, and the rule by which they grow general.
 *
 * <p>Two lines share a template when their keys are equal. A key holds every word; only what looks like a value is left
 * out of it. So at first each word makes a template of its own, and nothing is merged by resemblance. When several
 * templates are equal but for one position, and the words seen there are many enough, that position is taken for a
 * value and the templates become one. Decisions look at nothing but the templates, so whoever has them, has it all.
 */
final class Catalogue {
    /** Beyond this many tokens a position is not asked for evidence. */
    private static final int WATCHED = 64;

    private static final int TIDY = 1 << 16;
    /** Bytes of tokens that templates may have on average: three times what ordinary lines need. */
    private static final long WEIGHT_OF_EACH = 3072;

    private final MinerSettings settings;
    private final Hash hash;
    private final List<@Nullable Template> all = new ArrayList<>();
    private final LongMap index = new LongMap();
    private final Structures structures = new Structures();
    private final Siblings siblings = new Siblings();
    private final Siblings skeletons = new Siblings();
    private final Map<String, Integer> keyNames = new HashMap<>();
    private final Map<String, Template> declaredTemplates = new HashMap<>();
    private final @Nullable Template[] overflow = new @Nullable Template[2];

    private int live;
    private long weight;
    private int siblingsAfterTidying;
    private long[] keys = new long[WATCHED];

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
        this.hash = hash;
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
        long key = keyOf(tokens, lane);
        long form = form(tokens, lane);
        Structure at = structures.get(form);
        structure = at;
        Template known = at == null ? null : find(at, tokens, key);
        if (known != null && at != null) {
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
        all.add(made);
        change = Change.CREATED;
        soil(made);
        enter(made, at);
        return foldAll(made, at);
    }

    private @Nullable Template find(Structure at, Token[] tokens, long key) {
        Template exact = get(index.get(key));
        if (exact != null && exact.live()) {
            return exact;
        }
        Template best = null;
        for (long reading : at.readings) {
            long read = read(tokens, key, reading);
            Template t = read == key ? null : get(index.get(read));
            if (t != null && t.live() && (best == null || t.id < best.id)) {
                best = t;
            }
        }
        return best;
    }

    /** The key these tokens would have if the words at the reading's positions were values. */
    private long read(Token[] tokens, long key, long reading) {
        long read = key;
        for (long left = reading; left != 0; left &= left - 1) {
            int p = Long.numberOfTrailingZeros(left);
            if (tokens[p].kind == Token.WORD) {
                read += Token.valueKey(p) - keys[p];
            }
        }
        return read;
    }

    private long keyOf(Token[] tokens, int lane) {
        if (keys.length < tokens.length) {
            keys = new long[tokens.length];
        }
        long key = (lane + 1) * Bytes.K;
        for (int i = 0; i < tokens.length; i++) {
            keys[i] = tokens[i].key(i, hash);
            key += keys[i];
        }
        return key;
    }

    private static long form(Token[] tokens, int lane) {
        long h = tokens.length * 2L + lane;
        for (Token t : tokens) {
            h = Bytes.step(h, t.kind == Token.PUNCTUATION ? Bytes.hash(t.text) : 7);
            h = Bytes.step(h, t.spaced() ? 1 : 0);
        }
        return Bytes.finish(h);
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
        index.put(t.key, t.id);
        at.templates.add(t);
        watch(t);
    }

    private void watch(Template t) {
        keyOf(t.tokens, t.lane);
        long skeleton = Skeleton.key(t, hash);
        if (skeleton != 0) {
            skeletons.add(skeleton, t.id);
        }
        for (int p = 0; p < t.tokens.length; p++) {
            if (t.tokens[p].kind != Token.PUNCTUATION && p < WATCHED) {
                siblings.add(t.key - keys[p] + Token.anyKey(p), t.id);
            }
        }
        names(t, 1);
    }

    /** Words before an equals sign name values; where such a word stands alone, what follows it is one too. */
    private void names(Template t, int more) {
        for (int p = 0; p + 1 < t.tokens.length; p++) {
            if (t.tokens[p].kind == Token.WORD && is(t.tokens[p + 1], "=")) {
                keyNames.merge(t.tokens[p].text, more, (a, b) -> a + b == 0 ? null : a + b);
            }
        }
    }

    /** Folds templates for as long as there is evidence, and returns what {@code t} is part of then. */
    private Template foldAll(Template t, Structure at) {
        Template now = t;
        for (int round = 0; round < WATCHED; round++) {
            Template next = fold(now, at);
            if (next == null) {
                return now;
            }
            now = next;
        }
        return now;
    }

    private @Nullable Template fold(Template t, Structure at) {
        keyOf(t.tokens, t.lane);
        int watched = Math.min(WATCHED, t.tokens.length);
        for (int p = 0; p < watched; p++) {
            if (t.tokens[p].kind == Token.PUNCTUATION) {
                continue;
            }
            List<Template> same = equalBut(t, p);
            if (same.size() > 1
                    && Evidence.suffices(settings, keyNames.keySet(), t, p, same)
                    && at.admits(t.evidence | 1L << p)) {
                return merge(same, 1L << p, at);
            }
        }
        return foldNamed(t, at);
    }

    /**
     * Words that differ only in their digits are numbers of something, wherever they stand and however many; names of
     * classes and hosts are values once several have come by.
     */
    private @Nullable Template foldNamed(Template t, Structure at) {
        long skeleton = Skeleton.key(t, hash);
        if (skeleton == 0) {
            return null;
        }
        List<Template> alike = new ArrayList<>();
        Template numbered = null;
        for (int link = skeletons.first(skeleton); link >= 0; link = skeletons.next(link)) {
            Template other = get(skeletons.id(link));
            if (other == null || other == t || !other.live() || alike.contains(other)) {
                continue;
            }
            if (Skeleton.key(other, hash) != skeleton || Skeleton.differences(t, other) == 0) {
                continue;
            }
            alike.add(other);
            if (Skeleton.numbersOnly(t, other) && (numbered == null || other.id < numbered.id)) {
                numbered = other;
            }
        }
        if (numbered != null) {
            alike = new ArrayList<>(List.of(numbered));
        }
        if (alike.isEmpty() || numbered == null && alike.size() + 1 < settings.valueWords()) {
            return null;
        }
        long places = 0;
        long evidence = t.evidence;
        for (Template other : alike) {
            places |= Skeleton.differences(t, other);
            evidence |= other.evidence;
        }
        alike.add(t);
        if (alike.size() < settings.words() && Skeleton.states(t, places)) {
            return null;
        }
        return at.admits(evidence | places) ? merge(alike, places, at) : null;
    }

    private List<Template> equalBut(Template t, int p) {
        List<Template> same = new ArrayList<>();
        long allButOne = t.key - keys[p] + Token.anyKey(p);
        for (int link = siblings.first(allButOne); link >= 0; link = siblings.next(link)) {
            Template other = get(siblings.id(link));
            if (other != null
                    && other.live()
                    && other.tokens.length == t.tokens.length
                    && other.key - other.tokens[p].key(p, hash) + Token.anyKey(p) == allButOne
                    && !same.contains(other)) {
                same.add(other);
            }
        }
        return same;
    }

    private Template merge(List<Template> same, long places, Structure at) {
        Template oldest = same.get(0);
        for (Template t : same) {
            oldest = t.id < oldest.id ? t : oldest;
        }
        String old = oldest.text();
        Token[] before = copy(oldest.tokens);
        names(oldest, -1);
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
        oldest.key = keyOf(oldest.tokens, oldest.lane);
        for (Template t : List.copyOf(at.templates)) {
            if (t != oldest) {
                long key = keyOf(t.tokens, t.lane);
                if (read(t.tokens, key, oldest.evidence) == oldest.key) {
                    into(oldest, t, at);
                    folded.add(t);
                }
            }
        }
        at.relearn();
        weigh(oldest);
        index.put(oldest.key, oldest.id);
        watch(oldest);
        if (settings.slots()) {
            addSlots(oldest, before, folded);
        }
        oldest.textChanged(old);
        soil(oldest);
        oldText = old;
        change = Change.MERGED;
        return oldest;
    }

    /** What the folded templates knew of their values, and the words that have just become values. */
    private static void addSlots(Template survivor, Token[] before, List<Template> folded) {
        for (int p = 0; p < before.length; p++) {
            survivor.tokens[p].absorbSlots(before[p], survivor.count);
            for (Template t : folded) {
                survivor.tokens[p].absorbSlots(t.tokens[p], t.count);
            }
        }
        for (Template t : folded) {
            NamedSlots fields = t.fields;
            if (fields != null && survivor.fields == null) {
                survivor.fields = fields;
            } else if (fields != null && survivor.fields != null) {
                survivor.fields.absorb(fields);
            }
        }
    }

    private static Token[] copy(Token[] tokens) {
        Token[] copy = new Token[tokens.length];
        for (int i = 0; i < copy.length; i++) {
            copy[i] = tokens[i].handOver();
        }
        return copy;
    }

    private void into(Template survivor, Template t, Structure at) {
        widen(survivor, t.tokens);
        names(t, -1);
        survivor.evidence |= t.evidence;
        t.mergedInto = survivor.id;
        soil(t);
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
        if (t.overflow && t.live()) {
            overflow[t.lane] = t;
        } else if (t.live() && t.declared != null) {
            declaredTemplates.put(t.declared, t);
        } else if (t.live()) {
            t.key = keyOf(t.tokens, t.lane);
            Structure at = structures.getOrMake(form(t.tokens, t.lane));
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
        Template known = declaredTemplates.get(declared.name());
        if (known != null && known.live()) {
            return known;
        }
        Template t = new Template(all.size(), level.lane(), level, new Token[0]);
        t.name = declared.name();
        t.declared = declared.name();
        all.add(t);
        declaredTemplates.put(declared.name(), t);
        soil(t);
        change = Change.CREATED;
        return t;
    }

    private Template overflow(int lane, Level level) {
        Template t = overflow[lane];
        if (t == null) {
            t = new Template(all.size(), lane, level, new Token[0]);
            t.overflow = true;
            t.name = lane == 1 ? "(other errors)" : "(other lines)";
            soil(t);
            all.add(t);
            overflow[lane] = t;
            change = Change.CREATED;
        }
        return t;
    }

    /** Makes room: the template's lines stay counted with it, its shape is forgotten. */
    void evict(Template t) {
        if (!t.live()) {
            return;
        }
        t.evicted = true;
        soil(t);
        if (t.overflow) {
            overflow[t.lane] = null;
            return;
        }
        if (t.declared != null) {
            declaredTemplates.remove(t.declared);
            return;
        }
        live--;
        weigh(t);
        names(t, -1);
        long form = form(t.tokens, t.lane);
        Structure at = structures.get(form);
        if (at != null) {
            at.templates.remove(t);
            at.relearn();
            if (at.templates.isEmpty()) {
                structures.remove(form);
            }
        }
        tidy();
    }

    /** Chains of templates that are gone are dropped when they are most of what there is. */
    private void tidy() {
        if (siblings.size() < TIDY || siblings.size() < siblingsAfterTidying * 2L) {
            return;
        }
        siblings.clear();
        skeletons.clear();
        index.clear();
        keyNames.clear();
        for (Template t : all) {
            if (t != null && t.live() && !t.overflow && t.declared == null) {
                index.put(t.key, t.id);
                watch(t);
            }
        }
        siblingsAfterTidying = siblings.size();
    }

    private static boolean is(Token t, String text) {
        return t.kind == Token.PUNCTUATION && t.text.equals(text);
    }
}
