package dev.weir.registry;

import org.apache.avro.Schema;

/** Tells what the values that carry a schema id were written with. */
@FunctionalInterface
public interface WriterSchemas {

    /**
     * The schema of that id; after the first time without asking anybody.
     *
     * @throws WireException if the registry is away, refuses, or knows no such id
     */
    Schema byId(int id);
}
