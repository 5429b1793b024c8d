package dev.weir.drain;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Decides which templates are one, and which of their words are values then. */
final class Folding {
    /** Templates that are one, and the positions at which they differ. */
    record Fold(List<Template> templates, long places) {}

    private final MinerSettings settings;
    private final Keys keys;
    private final Relations relations;
    private final Joint joint;

    Folding(MinerSettings settings, Keys keys, Relations relations) {
        this.settings = settings;
        this.keys = keys;
        this.relations = relations;
        this.joint = new Joint(settings, relations);
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
                    && Evidence.suffices(settings, relations, t, p, same)
                    && at.admits(t.evidence | 1L << p)) {
                return new Fold(same, 1L << p);
            }
        }
        Fold named = named(t, at);
        return named != null ? named : joint.next(t, at);
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
