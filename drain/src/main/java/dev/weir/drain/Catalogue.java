package dev.weir.drain;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
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

    private final MinerSettings settings;
    private final List<@Nullable Template> all = new ArrayList<>();
    private final LongMap index = new LongMap();
    private final Map<Long, Structure> structures = new HashMap<>();
    private final Siblings siblings = new Siblings();
    private final Siblings skeletons = new Siblings();
    private final Set<String> keyNames = new HashSet<>();
    private final @Nullable Template[] overflow = new @Nullable Template[2];

    private int live;
    private long[] keys = new long[WATCHED];

    Change change = Change.NOTHING;

    @Nullable
    String oldText;

    final List<Template> absorbed = new ArrayList<>();
    /** The structure of the tokens last placed; null when they went to overflow. */
    @Nullable
    Structure structure;

    Catalogue(MinerSettings settings) {
        this.settings = settings;
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
        if (known != null) {
            absorbText(known, tokens);
            return known;
        }
        if (live >= settings.maxTemplates()) {
            structure = null;
            return overflow(lane, level);
        }
        if (at == null) {
            at = new Structure();
            structures.put(form, at);
            structure = at;
        }
        Template made = new Template(all.size(), lane, level, tokens);
        made.key = key;
        all.add(made);
        change = Change.CREATED;
        made.dirty = true;
        enter(made, at);
        return weigh(made, at);
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
            keys[i] = tokens[i].key(i);
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

    private void absorbText(Template t, Token[] tokens) {
        String old = t.text();
        if (widen(t, tokens)) {
            t.textChanged(old);
            t.dirty = true;
            oldText = old;
            change = Change.GENERALISED;
        }
    }

    private static boolean widen(Template t, Token[] other) {
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
                t.dirty = true;
                changed |= mine.widen(other[i]);
                t.forgetText();
            }
        }
        return changed;
    }

    private void enter(Template t, Structure at) {
        live++;
        index.put(t.key, t.id);
        at.templates.add(t);
        watch(t);
    }

    private void watch(Template t) {
        keyOf(t.tokens, t.lane);
        long skeleton = Skeleton.key(t);
        if (skeleton != 0) {
            skeletons.add(skeleton, t.id);
        }
        for (int p = 0; p < t.tokens.length; p++) {
            if (t.tokens[p].kind != Token.PUNCTUATION && p < WATCHED) {
                siblings.add(t.key - keys[p] + Token.anyKey(p), t.id);
            }
            if (p + 1 < t.tokens.length && t.tokens[p].kind == Token.WORD && is(t.tokens[p + 1], "=")) {
                keyNames.add(t.tokens[p].text);
            }
        }
    }

    /** Folds templates for as long as there is evidence, and returns what {@code t} is part of then. */
    private Template weigh(Template t, Structure at) {
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
                    && Evidence.suffices(settings, keyNames, t, p, same)
                    && at.admits(t.evidence | 1L << p)) {
                return merge(same, 1L << p, at);
            }
        }
        return foldNumbered(t, at);
    }

    /** Words that differ only in their digits are numbers of something, wherever they stand and however many. */
    private @Nullable Template foldNumbered(Template t, Structure at) {
        long skeleton = Skeleton.key(t);
        if (skeleton == 0) {
            return null;
        }
        for (int link = skeletons.first(skeleton); link >= 0; link = skeletons.next(link)) {
            Template other = get(skeletons.id(link));
            if (other != null && other != t && other.live() && Skeleton.key(other) == skeleton) {
                long places = Skeleton.differences(t, other);
                if (places != 0 && at.admits(t.evidence | other.evidence | places)) {
                    return merge(List.of(t, other), places, at);
                }
            }
        }
        return null;
    }

    private List<Template> equalBut(Template t, int p) {
        List<Template> same = new ArrayList<>();
        long allButOne = t.key - keys[p] + Token.anyKey(p);
        for (int link = siblings.first(allButOne); link >= 0; link = siblings.next(link)) {
            Template other = get(siblings.id(link));
            if (other != null
                    && other.live()
                    && other.tokens.length == t.tokens.length
                    && other.key - other.tokens[p].key(p) + Token.anyKey(p) == allButOne
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
        for (Template t : same) {
            if (t != oldest) {
                into(oldest, t, at);
            }
        }
        for (long left = places; left != 0; left &= left - 1) {
            oldest.tokens[Long.numberOfTrailingZeros(left)].kind = Token.VALUE;
        }
        oldest.evidence |= places;
        oldest.key = keyOf(oldest.tokens, oldest.lane);
        at.learn(oldest.evidence);
        for (Template t : List.copyOf(at.templates)) {
            if (t != oldest) {
                long key = keyOf(t.tokens, t.lane);
                if (read(t.tokens, key, oldest.evidence) == oldest.key) {
                    into(oldest, t, at);
                }
            }
        }
        index.put(oldest.key, oldest.id);
        watch(oldest);
        oldest.textChanged(old);
        oldest.dirty = true;
        oldText = old;
        change = Change.MERGED;
        return oldest;
    }

    private void into(Template survivor, Template t, Structure at) {
        widen(survivor, t.tokens);
        survivor.evidence |= t.evidence;
        t.mergedInto = survivor.id;
        t.dirty = true;
        survivor.absorbed.add(t);
        absorbed.add(t);
        at.templates.remove(t);
        live--;
    }

    private Template overflow(int lane, Level level) {
        Template t = overflow[lane];
        if (t == null) {
            t = new Template(all.size(), lane, level, new Token[0]);
            t.overflow = true;
            t.name = lane == 1 ? "(other errors)" : "(other lines)";
            t.dirty = true;
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
        t.dirty = true;
        if (t.overflow) {
            overflow[t.lane] = null;
            return;
        }
        live--;
        Structure at = structures.get(form(t.tokens, t.lane));
        if (at != null) {
            at.templates.remove(t);
            at.version++;
        }
    }

    private static boolean is(Token t, String text) {
        return t.kind == Token.PUNCTUATION && t.text.equals(text);
    }
}
