package dev.weir.drain;

/**
 * What a miner needs while it looks at a line and not a moment longer: buffers, above all. Twenty kilobytes that the miners
 * of one thread can share, however many there are. Confined to that thread.
 */
public final class Workbench {
    final Hash hash;
    final Header header = new Header();
    final Cleaner cleaner = new Cleaner();
    final Fields fields;
    final Json json;
    final Logfmt logfmt;
    final Lexed lexed;
    final Lexer lexer;
    final Marked marked = new Marked();
    final Normaliser normaliser;
    private final int maxBytes;
    private final int maxTokens;
    private final long seed;

    public Workbench(MinerSettings settings) {
        this.maxBytes = settings.maxBytes();
        this.maxTokens = settings.maxTokens();
        this.seed = settings.seed();
        this.hash = new Hash(seed);
        this.fields = new Fields(maxBytes * 2);
        this.json = new Json(fields);
        this.logfmt = new Logfmt(fields);
        this.lexed = new Lexed(maxTokens * 6, hash);
        this.lexer = new Lexer(lexed, maxBytes, maxTokens * 6, hash);
        this.normaliser = new Normaliser(lexed, marked, maxTokens);
    }

    /** Whether a miner of these settings can work here. Names of masks are remembered, and so are not shared. */
    boolean suits(MinerSettings settings) {
        return settings.masks().isEmpty()
                && settings.maxBytes() == maxBytes
                && settings.maxTokens() == maxTokens
                && settings.seed() == seed;
    }
}
