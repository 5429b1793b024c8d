package dev.weir.api.hooks;

import java.time.Instant;

/**
 * One event on its way to one hook.
 *
 * @param id the same whenever the same event is sent to the same hook again, so that its receiver can tell
 * @param body what is posted, or given to a command
 */
record Delivery(String id, String hook, String event, String run, byte[] body, Runnable settled) {

    /**
     * How it went.
     *
     * @param state delivered, failed or retrying
     * @param called what the last attempt came to
     */
    record Outcome(String id, String event, String run, String state, int attempts, Instant at, Called called) {}
}
