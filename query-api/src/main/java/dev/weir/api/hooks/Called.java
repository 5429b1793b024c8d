package dev.weir.api.hooks;

import org.jspecify.annotations.Nullable;

/**
 * What one attempt came to.
 *
 * @param hopeless whether another would come to the same
 * @param status of the answer; null for a command, or without an answer
 * @param exitCode of the command; null for a URL, or where it was not started or not waited for
 */
record Called(
        boolean taken,
        boolean hopeless,
        @Nullable Integer status,
        @Nullable Integer exitCode,
        @Nullable String error) {

    static Called answered(int status) {
        // Gone says so for ever; anything else may be better the next time.
        return new Called(status / 100 == 2, status == 410, status, null, null);
    }

    static Called ended(int exitCode, String said) {
        return new Called(
                exitCode == 0,
                false,
                null,
                exitCode,
                exitCode == 0 ? null : "exit " + exitCode + (said.isEmpty() ? "" : ": " + said));
    }

    static Called failed(String error) {
        return new Called(false, false, null, null, error);
    }

    static Called refused(String error) {
        return new Called(false, true, null, null, error);
    }
}
