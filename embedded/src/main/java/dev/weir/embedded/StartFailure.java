package dev.weir.embedded;

/** A broker or registry that could not start. The message is for the user: what happened, and what to do. */
public final class StartFailure extends RuntimeException {
    public StartFailure(String message) {
        super(message);
    }

    public StartFailure(String message, Throwable cause) {
        super(message, cause);
    }
}
