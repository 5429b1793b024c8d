package dev.weir.compact;

import org.jspecify.annotations.Nullable;

/** A line that may be shown: where it stood, what it is worth, its bytes as long as nobody asks for its text. */
final class Candidate {
    /** Characters written of a line that only stands beside what went wrong. */
    static final int CONTEXT = 160;

    /** Counts lines that are not blank. */
    final long position;

    final long kind;
    final int indent;
    /** The miner's, or -1. */
    final int template;
    /** Its kind with names of files and what is quoted left out, too. */
    long form;

    double score;
    /** Whether it looks wrong by itself. */
    boolean wrong;

    /** The suspicious line that it is kept for, if it is not one itself. */
    @Nullable
    Candidate because;

    /** What it is worth beside what has been chosen already. */
    double rank;

    boolean listed;
    /** Whether each of its kind is news: it says what begins below it, or is a value that the line above announces. */
    boolean news;

    /** Characters of its text that are those of the line before it. */
    int shared;

    private static final byte[] NOTHING = {};

    private byte[] shown;
    private final int stamp;
    private @Nullable String text;

    /**
     * @param shown what may be shown of it
     * @param stamp bytes of the time in front of what it says
     */
    Candidate(long position, byte[] shown, int stamp, long kind, int indent, int template) {
        this.position = position;
        this.shown = shown;
        this.stamp = stamp;
        this.kind = kind;
        this.indent = indent;
        this.template = template;
    }

    /** The line as it is shown; of most lines nobody asks for it. */
    String text() {
        String known = text;
        if (known == null) {
            known = Shown.text(shown);
            text = known;
            shown = NOTHING;
        }
        return known;
    }

    /** What it says, without the time in front. */
    String said() {
        return stamp == 0 ? text() : text().substring(Math.min(stamp, text().length()));
    }

    /** The same with every run of white space made one space. */
    String plain() {
        return Shown.plain(said());
    }
}
