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
        if (constants < FEW_CONSTANTS || at.templates.size() < 2) {
            return null;
        }
        List<Template> near = new ArrayList<>();
        int oldest = Math.max(0, at.templates.size() - MOST_LOOKED_AT);
        for (int i = at.templates.size() - 1; i >= oldest && near.size() < MOST_NEAR; i--) {
            Template other = at.templates.get(i);
            int differ = other == t ? 0 : Long.bitCount(Skeleton.apart(t, other, MOST_LABELLED));
            if (differ > 0 && differ <= MOST_LABELLED) {
                near.add(other);
            }
        }
        Fold covered = covered(t, near, at);
        return covered != null ? covered : together(t, near, at, constants);
    }

    private @Nullable Fold together(Template t, List<Template> near, Structure at, int constants) {
        long[] apart = near.stream()
                .mapToLong(other -> Skeleton.apart(t, other, MOST_LABELLED))
                .toArray();
        for (int i = 0; i < apart.length; i++) {
            long places = apart[i];
            int n = Long.bitCount(places);
            if (n < 2 || !first(apart, i)) {
                continue;
            }
            List<Template> same = new ArrayList<>();
            for (int k = 0; k < apart.length; k++) {
                if ((apart[k] & ~places) == 0) {
                    same.add(near.get(k));
                }
            }
            same.add(t);
            int seen = same.stream().mapToInt(each -> seen(each, places)).sum();
            if (seen < settings.words()) {
                continue;
            }
            boolean few = n <= MOST_PLACES && constants >= n * CONSTANTS_OF_EACH;
            boolean labelled = labelled(t, same, places);
            if ((few || labelled)
                    && manyAtEach(t, same, places, constants, labelled, seen)
                    && at.admits(t.evidence | places)) {
                return new Fold(same, places);
            }
        }
        return null;
    }

    private static boolean first(long[] apart, int i) {
        for (int k = 0; k < i; k++) {
            if (apart[k] == apart[i]) {
                return false;
            }
        }
        return true;
    }

    /** Templates of which lines were equal but for one position, before other words of theirs became values. */
    private @Nullable Fold covered(Template t, List<Template> near, Structure at) {
        for (Template other : near) {
            long apart = Skeleton.apart(t, other, MOST_LABELLED);
            long place = uncovered(t, other);
            if (Long.bitCount(place) > 1 || place == apart) {
                continue;
            }
            List<Template> same = new ArrayList<>();
            long places = 0;
            for (Template each : near) {
                if ((uncovered(t, each) & ~place) == 0) {
                    same.add(each);
                    places |= Skeleton.apart(t, each, MOST_LABELLED);
                }
            }
            same.add(t);
            boolean suffices =
                    place == 0 || Evidence.suffices(settings, relations, t, Long.numberOfTrailingZeros(place), same);
            if (suffices && at.admits(t.evidence | places)) {
                return new Fold(same, places);
            }
        }
        return null;
    }

    /** Where two templates are apart, and not only by a word that is among the other's values. */
    private static long uncovered(Template a, Template b) {
        long places = Skeleton.apart(a, b, MOST_LABELLED);
        for (long left = places & (a.evidence | b.evidence); left != 0; left &= left - 1) {
            int p = Long.numberOfTrailingZeros(left);
            if (covers(a, b, p) || covers(b, a, p)) {
                places &= ~(1L << p);
            }
        }
        return places;
    }

    private static boolean covers(Template a, Template b, int p) {
        return (a.evidence & 1L << p) != 0
                && b.tokens[p].kind == Token.WORD
                && Vocabulary.kept(a, new Vocabulary.Word(p, b.tokens[p].text)) >= 0;
    }

    private boolean manyAtEach(
            Template t, List<Template> same, long places, int constants, boolean labelled, int seen) {
        int all = 0;
        for (long left = places; left != 0; left &= left - 1) {
            int p = Long.numberOfTrailingZeros(left);
            Set<String> words = new HashSet<>();
            for (Template each : same) {
                words.add(each.tokens[p].text);
                for (Vocabulary.Word word : each.valueWords) {
                    if (word.place() == p) {
                        words.add(word.text());
                    }
                }
            }
            int needed = Math.min(Evidence.needed(settings, relations.keyNames(), t, p, constants), settings.words());
            if (words.size() < (labelled ? 2 : needed)) {
                return false;
            }
            all += needed;
        }
        return seen >= (labelled ? settings.words() : all);
    }

    /** How many templates there were at least of which one was made. */
    private static int seen(Template t, long places) {
        int most = 1;
        for (long left = places & t.evidence; left != 0; left &= left - 1) {
            int p = Long.numberOfTrailingZeros(left);
            most = Math.max(most, Vocabulary.keptAt(t, p));
        }
        return most;
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
