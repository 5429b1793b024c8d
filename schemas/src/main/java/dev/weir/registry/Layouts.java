package dev.weir.registry;

import java.util.Optional;
import org.apache.avro.Schema;
import org.apache.avro.SchemaCompatibility;
import org.apache.avro.SchemaCompatibility.SchemaCompatibilityType;
import org.apache.avro.SchemaNormalization;

/** Whether two schemas put the same bytes. */
public final class Layouts {
    private Layouts() {}

    /** Equal but for documentation, defaults and the like: what one writes, the other reads without resolution. */
    public static boolean same(Schema one, Schema other) {
        return one.equals(other)
                || SchemaNormalization.toParsingForm(one).equals(SchemaNormalization.toParsingForm(other));
    }

    /** The other schema if it differs; it must be able to read what the own one writes. */
    static Optional<Schema> another(Schema own, Schema other, String subject) {
        if (same(own, other)) {
            return Optional.empty();
        }
        if (SchemaCompatibility.checkReaderWriterCompatibility(other, own).getType()
                != SchemaCompatibilityType.COMPATIBLE) {
            throw new WireException.IncompatibleSubject(
                    subject, "its latest version, which " + RegistryConfig.USE_LATEST + " asks for, cannot hold it");
        }
        return Optional.of(other);
    }
}
