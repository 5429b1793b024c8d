package dev.weir.standalone;

import java.util.Map;
import java.util.Optional;

/** What answers HTTP on top of broker and registry. */
interface Server extends AutoCloseable {
    String url();

    /** Why it can no longer do its work, if so. */
    Optional<String> failure();

    @Override
    void close();

    /** How a node gets its server. */
    interface Start {
        /**
         * Called once the broker answers, with settings that name it and the registry; returns when the server is ready.
         *
         * @param registryAnswers returns when the registry does
         */
        Server start(Map<String, String> given, Runnable registryAnswers);
    }
}
