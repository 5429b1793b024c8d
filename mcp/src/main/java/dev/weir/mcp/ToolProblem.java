package dev.weir.mcp;

/** A call that cannot be answered. The message says how to repair the call; it never holds text of a log. */
public final class ToolProblem extends RuntimeException {
    public ToolProblem(String message) {
        super(CleanText.of(message, 600), null, false, false);
    }

    String words() {
        String message = getMessage();
        return message == null ? "" : message;
    }
}
