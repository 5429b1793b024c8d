package dev.weir.drain;

/** What mining one line did to the templates. */
public enum Change {
    /** The line belongs to a template that was known and kept its text. */
    NOTHING,
    /** The line made a new template. */
    CREATED,
    /** The template's text grew more general; {@link Miner#oldText()} is what it was. */
    GENERALISED,
    /** Templates were folded into the line's template; {@link Miner#absorbed(int)} names them. Its text may be new too. */
    MERGED
}
