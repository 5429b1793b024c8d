package dev.weir.drain;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/** Finds templates by their key, by all of it but one position, and by what remains without numbers and names. */
final class Relations {
    /** Beyond this many tokens a position is not asked for evidence. */
    static final int WATCHED = 64;

    private static final int TIDY = 1 << 16;

    private final Keys keys;
    private final IntFunction<@Nullable Template> byId;
    private final LongMap index = new LongMap();
    private final Siblings siblings = new Siblings();
    private final Siblings skeletons = new Siblings();
    private final Map<String, Integer> keyNames = new HashMap<>();
    /** Names of fields that are gone for the moment: a template that changes has them again at once. */
    private final Set<String> lost = new HashSet<>();

    /** Words and names of fields that have come to say more of what stands in other templates than they did. */
    private final Set<String> gained = new LinkedHashSet<>();

    private final Mentions mentions;
    final Vocabulary vocabulary;
    private int siblingsAfterTidying;

    Relations(MinerSettings settings, Hash hash, Keys keys, IntFunction<@Nullable Template> byId) {
        this.keys = keys;
        this.byId = byId;
        this.mentions = new Mentions(hash, this::live);
        this.vocabulary = new Vocabulary(settings.words(), gained);
    }

    /** Takes in a template that was not there before. */
    void enter(Template t) {
        mentions.add(t);
        add(t);
    }

    /** Takes in a template whose key is new. */
    void add(Template t) {
        index.put(t.key, t.id);
        keys.of(t.tokens, t.lane);
        long skeleton = keys.skeleton(t);
        if (skeleton != 0) {
            skeletons.add(skeleton, t.id);
        }
        for (int p = 0; p < t.tokens.length && p < WATCHED; p++) {
            if (t.tokens[p].kind != Token.PUNCTUATION) {
                siblings.add(keys.but(t.key, p), t.id);
            }
        }
        names(t, 1);
        vocabulary.add(t);
    }

    /** Forgets the names of a template that goes or changes. */
    void forget(Template t) {
        names(t, -1);
        vocabulary.remove(t);
    }

    /** Words before an equals sign name values; where such a word stands alone, what follows it is one too. */
    private void names(Template t, int more) {
        for (int p = 0; p + 1 < t.tokens.length; p++) {
            Token next = t.tokens[p + 1];
            if (t.tokens[p].kind == Token.WORD && next.kind == Token.PUNCTUATION && next.text.equals("=")) {
                count(t.tokens[p].text, more);
            }
        }
    }

    private void count(String name, int more) {
        Integer now = keyNames.merge(name, more, (a, b) -> a + b == 0 ? null : a + b);
        if (now == null) {
            lost.add(name);
        } else if (more > 0 && now == more && !lost.remove(name)) {
            gained.add(name);
        }
    }

    /** Templates that might now be one with others, as a word in them says more than it did; none if there are no such words. */
    List<Template> affected() {
        if (gained.isEmpty()) {
            return List.of();
        }
        String word = gained.iterator().next();
        gained.remove(word);
        return mentions.of(word);
    }

    boolean settled() {
        return gained.isEmpty();
    }

    void settle() {
        gained.clear();
        lost.clear();
    }

    Set<String> keyNames() {
        return keyNames.keySet();
    }

    /** The live template that has this key, if there is one. */
    @Nullable
    Template withKey(long key) {
        return live(index.get(key));
    }

    /** Templates that are equal but for one position, itself included. The keys are those of {@code t}. */
    List<Template> equalBut(Template t, int p) {
        List<Template> same = new ArrayList<>();
        long allButOne = keys.but(t.key, p);
        for (int link = siblings.first(allButOne); link >= 0; link = siblings.next(link)) {
            Template other = live(siblings.id(link));
            if (other != null
                    && other.tokens.length == t.tokens.length
                    && keys.but(other, p) == allButOne
                    && !same.contains(other)) {
                same.add(other);
            }
        }
        return same;
    }

    /** Other templates with the same skeleton. */
    List<Template> alike(Template t) {
        List<Template> alike = new ArrayList<>();
        long skeleton = keys.skeleton(t);
        for (int link = skeleton == 0 ? -1 : skeletons.first(skeleton); link >= 0; link = skeletons.next(link)) {
            Template other = live(skeletons.id(link));
            if (other != null
                    && other != t
                    && !alike.contains(other)
                    && keys.skeleton(other) == skeleton
                    && Skeleton.differences(t, other) != 0) {
                alike.add(other);
            }
        }
        return alike;
    }

    /** Chains of templates that are gone are dropped when they are most of what there is. */
    void tidy(List<@Nullable Template> all) {
        if (siblings.size() < TIDY || siblings.size() < siblingsAfterTidying * 2L) {
            return;
        }
        siblings.clear();
        skeletons.clear();
        index.clear();
        keyNames.clear();
        vocabulary.clear();
        mentions.clear();
        for (Template t : all) {
            if (t != null && t.live() && !t.overflow && t.declared == null) {
                enter(t);
            }
        }
        settle();
        siblingsAfterTidying = siblings.size();
    }

    private @Nullable Template live(int id) {
        Template t = byId.apply(id);
        return t != null && t.live() ? t : null;
    }
}
