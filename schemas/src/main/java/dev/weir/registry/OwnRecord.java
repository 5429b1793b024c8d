package dev.weir.registry;

import org.apache.avro.data.TimeConversions;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificRecordBase;
import org.apache.avro.util.ClassSecurityValidator;
import org.apache.avro.util.ClassSecurityValidator.ClassSecurityPredicate;

/**
 * What all of weir's generated records extend, so that loading any of them declares them trusted. Since 1.12.2 Avro makes
 * no object of a class, generated or not, that the process has not declared so; even a builder that copies a record
 * fails. It asks for a system property or a call, and either is forgotten sooner or later by one of the processes.
 *
 * <p>Trusts one package of plain records; what the process trusts besides stays trusted.
 */
public abstract class OwnRecord extends SpecificRecordBase {
    private static final String PACKAGE = "dev.weir.schemas.";

    static {
        ClassSecurityPredicate before = ClassSecurityValidator.getGlobal();
        ClassSecurityValidator.setGlobal(
                ClassSecurityValidator.composite(before, type -> type.getName().startsWith(PACKAGE)));
    }

    /** How records are written whether they hold times as numbers (generic ones) or as Instants (generated ones). */
    public static SpecificData data() {
        SpecificData data = new SpecificData(OwnRecord.class.getClassLoader());
        data.addLogicalTypeConversion(new TimeConversions.TimestampMillisConversion());
        return data;
    }
}
