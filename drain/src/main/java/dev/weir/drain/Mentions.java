package dev.weir.drain;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/** Which live templates have a word: those that must be looked at again when it turns out to be a value. */
final class Mentions {
    /** A word that more of them have is part of what messages say. */
    private static final int MOST = 32;

    private final Hash hash;
    private final IntFunction<@Nullable Template> live;
    private final Siblings chains = new Siblings();

    Mentions(Hash hash, IntFunction<@Nullable Template> live) {
        this.hash = hash;
        this.live = live;
    }

    void add(Template t) {
        for (int p = 0; p < t.tokens.length && p < Relations.WATCHED; p++) {
            if (t.tokens[p].kind == Token.WORD) {
                chains.add(hash.of(t.tokens[p].text), t.id);
            }
        }
    }

    /** The templates that have a word, newest first; none if they are too many. */
    List<Template> of(String word) {
        List<Template> with = new ArrayList<>();
        long key = hash.of(word);
        int before = -1;
        for (int link = chains.first(key); link >= 0; link = chains.next(link)) {
            Template t = live.apply(chains.id(link));
            boolean known = !with.isEmpty() && with.get(with.size() - 1) == t;
            if (t == null || known || !mentions(t, word)) {
                chains.drop(key, before, link);
                continue;
            }
            with.add(t);
            before = link;
        }
        return with.size() > MOST ? List.of() : with;
    }

    private static boolean mentions(Template t, String word) {
        for (Token token : t.tokens) {
            if (token.kind == Token.WORD && token.text.equals(word)) {
                return true;
            }
        }
        return false;
    }

    void clear() {
        chains.clear();
    }
}
