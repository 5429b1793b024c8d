package dev.weir.drain;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Decides which templates are one, and which of their words are values then. */
final class Folding {
    /** Templates that are one, and the positions at which they differ. */
    record Fold(List<Template> templates, long places) {}

    private static final int FEW_CONSTANTS = 3;
    private static final int CONSTANTS_OF_EACH = 3;
    private static final int MOST_JOINT = 3;
    private static final int MOST_NEAR = 64;
    private static final int MOST_LOOKED_AT = 256;

    private final MinerSettings settings;
    private final Keys keys;
    private final Relations relations;

    Folding(MinerSettings settings, Keys keys, Relations relations) {
        this.settings = settings;
        this.keys = keys;
        this.relations = relations;
    }

    /** What {@code t} should be folded with now, if there is evidence. */
    @Nullable
    Fold next(Template t, Structure at) {
        keys.of(t.tokens, t.lane);
        int watched = Math.min(Relations.WATCHED, t.tokens.length);
        for (int p = 0; p < watched; p++) {
            if (t.tokens[p].kind == Token.PUNCTUATION) {
                continue;
            }
            List<Template> same = relations.equalBut(t, p);
            if (same.size() > 1
                    && Evidence.suffices(settings, relations.keyNames(), t, p, same)
                    && at.admits(t.evidence | 1L << p)) {
                return new Fold(same, 1L << p);
            }
        }
        Fold named = named(t, at);
        return named != null ? named : joint(t, at);
    }

    /**
     * Two or three words that differ from line to line seldom leave templates that are equal but for one of them. So
     * templates that are equal but for the same few positions are looked at together: where there are many words at each
     * of these, and far more words that all share, they are values.
     */
    private @Nullable Fold joint(Template t, Structure at) {
        int constants = Evidence.constants(t);
        if (constants < FEW_CONSTANTS || at.templates.size() < settings.words()) {
            return null;
        }
        List<Template> near = new ArrayList<>();
        int oldest = Math.max(0, at.templates.size() - MOST_LOOKED_AT);
        for (int i = at.templates.size() - 1; i >= oldest && near.size() < MOST_NEAR; i--) {
            Template other = at.templates.get(i);
            int differ = other == t ? 0 : Long.bitCount(Skeleton.apart(t, other));
            if (differ > 0 && differ <= MOST_JOINT) {
                near.add(other);
            }
        }
        for (Template other : near) {
            long places = Skeleton.apart(t, other);
            int n = Long.bitCount(places);
            if (n < 2 || constants < n * CONSTANTS_OF_EACH && !marked(t, places)) {
                continue;
            }
            List<Template> same = new ArrayList<>();
            for (Template each : near) {
                if ((Skeleton.apart(t, each) & ~places) == 0) {
                    same.add(each);
                }
            }
            same.add(t);
            if (manyAtEach(t, same, places, constants) && at.admits(t.evidence | places)) {
                return new Fold(same, places);
            }
        }
        return null;
    }

    private boolean manyAtEach(Template t, List<Template> same, long places, int constants) {
        int all = 0;
        for (long left = places; left != 0; left &= left - 1) {
            int p = Long.numberOfTrailingZeros(left);
            Set<String> words = new HashSet<>();
            for (Template each : same) {
                words.add(each.tokens[p].text);
            }
            int needed = Math.min(Evidence.needed(settings, relations.keyNames(), t, p, constants), settings.words());
            if (words.size() < needed) {
                return false;
            }
            all += needed;
        }
        return same.size() >= all;
    }

    /** Whether every position is one that quotes or a key mark as a value's. */
    private boolean marked(Template t, long places) {
        for (long left = places; left != 0; left &= left - 1) {
            int p = Long.numberOfTrailingZeros(left);
            if (Evidence.needed(settings, relations.keyNames(), t, p, CONSTANTS_OF_EACH) > settings.valueWords()) {
                return false;
            }
        }
        return true;
    }

    /**
     * Words that differ only in their digits are numbers of something, wherever they stand and however many; names of
     * classes and hosts are values once several have come by, and so are words in capitals.
     */
    private @Nullable Fold named(Template t, Structure at) {
        List<Template> alike = relations.alike(t);
        Template numbered = null;
        for (Template other : alike) {
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
        return at.admits(evidence | places) ? new Fold(alike, places) : null;
    }
}
