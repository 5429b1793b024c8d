package dev.weir.mcp;

import java.util.Map;

/** What one tool does. How it is called is in {@code tools.json}. */
interface Tool {
    /**
     * An answer: its fields, and a sentence that holds no text of a run. The sentence is written before the fields are held
     * to their budget, so that it counts.
     */
    record Reply(Map<String, Object> fields, String sentence) {}

    /** @throws ToolProblem if the call must be repaired */
    Reply call(Session session, Arguments arguments, Progress progress) throws InterruptedException;
}
