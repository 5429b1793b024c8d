package dev.weir.mcp;

/** Which run a word means: an id, a unique beginning of one, {@code @last}, {@code @job}, {@code @job~1}. */
public interface RunWords {
    /** @throws ToolProblem if it means none, or several */
    String idOf(String word) throws InterruptedException;
}
