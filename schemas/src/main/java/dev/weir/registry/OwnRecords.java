package dev.weir.registry;

import org.apache.avro.LogicalType;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;
import org.apache.avro.data.TimeConversions;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.util.ClassSecurityValidator;
import org.apache.avro.util.ClassSecurityValidator.ClassSecurityPredicate;
import org.jspecify.annotations.Nullable;

/**
 * Declares weir's generated records trusted. Since 1.12.2 Avro makes no object of a class, generated or not, that the
 * process has not declared so; even a builder that copies a record fails. It asks for a system property or a call, and
 * either is forgotten sooner or later by one of the processes that read weir's topics.
 *
 * <p>So this pretends to be a logical type: Avro loads all of those, as services, before it parses its first schema, and
 * nobody has to remember anything. It trusts one package of plain records and changes nothing else.
 */
public final class OwnRecords implements LogicalTypes.LogicalTypeFactory {
    private static final String PACKAGE = "dev.weir.schemas.";

    public OwnRecords() {
        ClassSecurityPredicate before = ClassSecurityValidator.getGlobal();
        ClassSecurityValidator.setGlobal(
                ClassSecurityValidator.composite(before, type -> type.getName().startsWith(PACKAGE)));
    }

    /** How records are written whether they hold times as numbers (generic ones) or as Instants (generated ones). */
    public static SpecificData data() {
        SpecificData data = new SpecificData(OwnRecords.class.getClassLoader());
        data.addLogicalTypeConversion(new TimeConversions.TimestampMillisConversion());
        return data;
    }

    @Override
    public String getTypeName() {
        return "weir-trusts-its-own-records";
    }

    @Override
    public @Nullable LogicalType fromSchema(Schema schema) {
        return null;
    }
}
