package dev.weir.drain;

import org.jspecify.annotations.Nullable;

/**
 * Finds the template of a line's message: a declared one, the one that its shape is known to have, or the one that the
 * catalogue gives its tokens.
 */
final class Messages {
    private final MinerSettings settings;
    private final Lexed lexed;
    private final Lexer lexer;
    private final Marked marked;
    private final Normaliser normaliser;
    private final Catalogue catalogue;
    private final Shapes shapes;
    private final Moulds moulds;
    private final DeclaredPattern[] declared;
    /** Whether {@link #like} may be asked first. */
    private final boolean moulded;

    /** Whether the last line's shape was. */
    private boolean unknown;

    /** The last message's level: the one known before, or else what its words imply. */
    Level level = Level.UNKNOWN;

    /** What kind of trace it announces. */
    Event.Kind announces = Event.Kind.NONE;

    @Nullable
    Slot surprised;

    Messages(MinerSettings settings, Workbench bench, Catalogue catalogue) {
        this.settings = settings;
        this.lexed = bench.lexed;
        this.lexer = bench.lexer;
        this.marked = bench.marked;
        this.normaliser = bench.normaliser;
        this.catalogue = catalogue;
        this.shapes = new Shapes(settings.maxShapes());
        this.moulds = new Moulds(lexer, lexed, settings.maxBytes());
        this.declared = settings.declared().stream().map(DeclaredPattern::new).toArray(DeclaredPattern[]::new);
        this.moulded = declared.length == 0 && settings.masks().isEmpty() && settings.format() != Format.LOGFMT;
    }

    /** The template of a message that is like others and neither JSON nor logfmt; null if that takes a closer look. */
    @Nullable
    Template like(byte[] b, int from, int to, Level known) {
        begin(known);
        if (!moulded) {
            return null;
        }
        Shapes.Entry fitting = moulds.find(b, from, to, known.ordinal(), true, catalogue.age);
        unknown &= fitting == null;
        return fitting == null ? null : found(fitting, b, null);
    }

    private void begin(Level known) {
        level = known;
        announces = Event.Kind.NONE;
        surprised = null;
    }

    /**
     * The template of a message; null if its bytes must be cleaned first.
     *
     * @param fields the other fields of a structured line
     */
    @Nullable
    Template of(byte[] b, int from, int to, Level known, @Nullable Fields fields, boolean watch) {
        begin(known);
        for (DeclaredPattern pattern : declared) {
            if (pattern.matches(b, from, to)) {
                return catalogue.declared(pattern.declared, level);
            }
        }
        boolean masked = !settings.masks().isEmpty();
        if (masked) {
            marked.find(settings.masks(), b, from, to);
        }
        if (!masked && (fields != null || !moulded || moulds.passedOver)) {
            Shapes.Entry fitting = moulds.find(b, from, to, level.ordinal(), false, catalogue.age);
            if (fitting != null) {
                unknown = false;
                return found(fitting, b, fields);
            }
        }
        // Unknown shapes come in swarms: what follows one is recorded at once, not in a second pass.
        boolean recorded = unknown;
        lexer.lex(b, from, to, recorded, masked ? marked : null);
        if (watch && lexer.control) {
            return null;
        }
        Shapes.Entry entry = shapes.get(lexer.shape + level.ordinal());
        unknown = entry == null || !entry.valid(catalogue.age);
        if (entry != null && !unknown) {
            int with = level.ordinal();
            Template t = found(entry, b, fields);
            if (!masked && !lexer.control && !lexer.beyond) {
                moulds.lexed(entry, b, from, to, with);
            }
            return t;
        }
        long shape = lexer.shape + level.ordinal();
        if (!recorded) {
            lexer.lex(b, from, to, true, masked ? marked : null);
        }
        int length = lexed.blank(b, from);
        Event.Kind announced = Frames.opening(lexed.blanked, 0, length);
        Level implied = Frames.levelOf(announced);
        if (implied == Level.UNKNOWN && level == Level.UNKNOWN && settings.header()) {
            implied = Wording.of(lexed.blanked, 0, length);
        }
        announces = announced;
        level = level == Level.UNKNOWN ? implied : level;
        Token[] tokens = normaliser.tokens(b, from);
        Template t = catalogue.place(tokens, level);
        if (!t.overflow) {
            Shapes.Entry made = new Shapes.Entry(t, catalogue.structure, catalogue.age, announced, implied);
            if (settings.slots()) {
                made.lay(t, tokens, b, lexed);
            }
            shapes.put(shape, made);
            moulds.renew(made);
            observe(made, b, fields);
        }
        for (Token token : tokens) {
            token.settle();
        }
        return t;
    }

    private Template found(Shapes.Entry entry, byte[] b, @Nullable Fields fields) {
        catalogue.unchanged();
        announces = entry.announces;
        level = level == Level.UNKNOWN ? entry.implied : level;
        observe(entry, b, fields);
        return entry.template;
    }

    private void observe(Shapes.Entry entry, byte[] b, @Nullable Fields fields) {
        if (settings.slots()) {
            surprised = entry.observe(b, lexed);
            if (fields != null) {
                entry.template.named().observe(fields);
            }
        }
    }
}
