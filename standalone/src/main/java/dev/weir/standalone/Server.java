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
        /** Called once the broker answers, with settings that name it: what the server needs of it, made beforehand. */
        void prepare(Map<String, String> given);

        /** Called once broker and registry answer, with settings that name them; returns when the server is ready. */
        Server start(Map<String, String> given);
    }
}
