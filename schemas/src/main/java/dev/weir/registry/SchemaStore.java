package dev.weir.registry;

import org.apache.avro.Schema;

/** What a registry does for a serde. Without a cache: {@link RegistryClient} has one. */
interface SchemaStore {
    record Registered(int id, Schema schema) {}

    /** The schema's id, new or not. */
    int register(String subject, Schema schema);

    /** The id of a schema that the subject has. */
    int idOf(String subject, Schema schema);

    Registered latest(String subject);

    Schema byId(int id);

    /** Which of a subject's versions have to be readable by which. */
    void requireCompatibility(String subject, String level);
}
