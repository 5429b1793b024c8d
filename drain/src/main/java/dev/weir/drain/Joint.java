package dev.weir.drain;

import dev.weir.drain.Folding.Fold;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Words that differ from line to line at several positions seldom leave templates that are equal but for one of them. So
 * templates that are equal but for the same few positions are looked at together: where there are many words at each of
 * these, and far more words that all share, they are values. Where quotes or a key say of every position that it is a
 * value's, it is enough that they vary, each on its own.
 */
final class Joint {
    private static final int FEW_CONSTANTS = 3;
    private static final int CONSTANTS_OF_EACH = 3;
    private static final int MOST_PLACES = 3;
    private static final int MOST_LABELLED = 6;
    private static final int MOST_NEAR = 64;
    private static final int MOST_LOOKED_AT = 256;

    private final MinerSettings settings;
    private final Relations relations;

    Joint(MinerSettings settings, Relations relations) {
        this.settings = settings;
        this.relations = relations;
    }

    /** What {@code t} should be folded with now, if there is evidence. */
    @Nullable
    Fold next(Template t, Structure at) {
        int constants = Evidence.constants(t);
        if (constants < FEW_CONSTANTS || at.templates.size() < settings.words()) {
            return null;
        }
        List<Template> near = new ArrayList<>();
        int oldest = Math.max(0, at.templates.size() - MOST_LOOKED_AT);
        for (int i = at.templates.size() - 1; i >= oldest && near.size() < MOST_NEAR; i--) {
            Template other = at.templates.get(i);
            int differ = other == t ? 0 : Long.bitCount(Skeleton.apart(t, other));
            if (differ > 0 && differ <= MOST_LABELLED) {
                near.add(other);
            }
        }
        for (Template other : near) {
            long places = Skeleton.apart(t, other);
            int n = Long.bitCount(places);
            boolean few = n <= MOST_PLACES && constants >= n * CONSTANTS_OF_EACH;
            if (n < 2 || !few && !mayBeLabelled(t, places)) {
                continue;
            }
            List<Template> same = new ArrayList<>();
            for (Template each : near) {
                if ((Skeleton.apart(t, each) & ~places) == 0) {
                    same.add(each);
                }
            }
            same.add(t);
            boolean labelled = mayBeLabelled(t, places) && labelled(t, same, places);
            if (!few && !labelled) {
                continue;
            }
            if (manyAtEach(t, same, places, constants, labelled) && at.admits(t.evidence | places)) {
                return new Fold(same, places);
            }
        }
        return null;
    }

    private boolean manyAtEach(Template t, List<Template> same, long places, int constants, boolean labelled) {
        int all = 0;
        for (long left = places; left != 0; left &= left - 1) {
            int p = Long.numberOfTrailingZeros(left);
            Set<String> words = new HashSet<>();
            for (Template each : same) {
                words.add(each.tokens[p].text);
            }
            int needed = Math.min(Evidence.needed(settings, relations.keyNames(), t, p, constants), settings.words());
            if (words.size() < (labelled ? 2 : needed)) {
                return false;
            }
            all += needed;
        }
        return same.size() >= (labelled ? settings.words() : all);
    }

    /** Whether a look at the words of one template leaves it open that positions are {@link #labelled}. */
    private boolean mayBeLabelled(Template t, long places) {
        for (long left = places; left != 0; left &= left - 1) {
            int p = Long.numberOfTrailingZeros(left);
            String text = t.tokens[p].text;
            if (t.tokens[p].kind == Token.WORD
                    && !marked(t, p)
                    && !relations.vocabulary.has(text)
                    && text.indexOf('.') < 0
                    && text.indexOf('/') < 0) {
                return false;
            }
        }
        return true;
    }

    /** Whether every position is known to be a value's: by quotes, a key, or words that are values elsewhere; names go with these. */
    private boolean labelled(Template t, List<Template> same, long places) {
        boolean namesOnly = true;
        for (long left = places; left != 0; left &= left - 1) {
            int p = Long.numberOfTrailingZeros(left);
            boolean known = marked(t, p) || relations.vocabulary.knows(same, p);
            if (!known && !Evidence.names(same, p)) {
                return false;
            }
            namesOnly &= !known;
        }
        return !namesOnly;
    }

    private boolean marked(Template t, int p) {
        return Evidence.needed(settings, relations.keyNames(), t, p, CONSTANTS_OF_EACH) <= settings.valueWords();
    }
}
