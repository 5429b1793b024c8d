package dev.weir.cli;

/** What was typed cannot be done; the message says what to type instead. */
final class UsageException extends RuntimeException {
    UsageException(String message) {
        super(message);
    }
}
