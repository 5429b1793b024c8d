package dev.weir.standalone;

import dev.weir.settings.Settings;

/** What answers HTTP on top of broker and registry. */
interface Server extends AutoCloseable {
    String url();

    @Override
    void close();

    /** How a node gets its server; called once broker and registry answer. */
    interface Start {
        Server start(NodeSettings node, Settings settings, String bootstrapServers, String schemaRegistryUrl);
    }
}
