package dev.weir.registry;

import org.apache.kafka.common.errors.SerializationException;
import org.jspecify.annotations.Nullable;

/**
 * Why a value could not be written or read. Kafka's own exception, so that every Kafka client knows it; sealed, so that
 * whoever must choose what to do next can.
 */
public abstract sealed class WireException extends SerializationException {

    private WireException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }

    /**
     * Whether the record itself is at fault and will be unreadable for ever. If not, it is the registry's doing: wait
     * and try again, for the record may be perfectly good.
     */
    public abstract boolean poison();

    /** No registry answered. */
    public static final class RegistryAway extends WireException {
        RegistryAway(String urls, String why, @Nullable Throwable cause) {
            super(
                    "No schema registry answers at " + urls + " (" + why + "): start it, or set " + RegistryConfig.URL
                            + " (WEIR_SCHEMA_REGISTRY_URL) to where it is",
                    cause);
        }

        @Override
        public boolean poison() {
            return false;
        }
    }

    /** A registry answered, but not with what was asked. */
    public static final class RegistryRefused extends WireException {
        private final int status;

        RegistryRefused(String request, int status, String message) {
            super(
                    "The schema registry refused " + request + " (HTTP " + status + ", " + message + "): "
                            + remedy(status),
                    null);
            this.status = status;
        }

        public int status() {
            return status;
        }

        @Override
        public boolean poison() {
            return false;
        }

        private static String remedy(int status) {
            return switch (status) {
                case 401, 403 ->
                    "set " + RegistryConfig.BASIC_USER_INFO + " or " + RegistryConfig.BEARER_TOKEN
                            + ", or give them the right to do this";
                case 404, 405 ->
                    "check the path in " + RegistryConfig.URL + "; for Apicurio it ends in /apis/ccompat/v7";
                default -> "see the registry's log";
            };
        }
    }

    /** The registry holds an older schema of the subject that the new one cannot follow. */
    public static final class IncompatibleSubject extends WireException {
        IncompatibleSubject(String subject, String message) {
            super(
                    "Subject " + subject + " refuses the schema as incompatible (" + message + "): upgrade what is"
                            + " older than this version first, or use another topic prefix (WEIR_TOPIC_PREFIX)",
                    null);
        }

        @Override
        public boolean poison() {
            return false;
        }
    }

    /** Nothing may be registered, and the registry does not know what is to be written. */
    public static final class UnregisteredSchema extends WireException {
        UnregisteredSchema(String subject, String schema) {
            super(
                    "Subject " + subject + " has no schema " + schema + ": register it, or set "
                            + RegistryConfig.AUTO_REGISTER + "=true",
                    null);
        }

        @Override
        public boolean poison() {
            return false;
        }
    }

    /** A value names a schema that the registry does not have. */
    public static final class UnknownSchemaId extends WireException {
        private final int id;

        UnknownSchemaId(int id, String message) {
            super(
                    "The value's schema id is " + id + " and the registry has none such (" + message
                            + "): the producer used another registry, or this one lost its data",
                    null);
            this.id = id;
        }

        public int id() {
            return id;
        }

        @Override
        public boolean poison() {
            return true;
        }
    }

    /** A value in another format. */
    public static final class ForeignMagicByte extends WireException {
        ForeignMagicByte(byte found) {
            super(
                    String.format(
                            "The value begins with byte 0x%02x, not 0x00: it is not in Confluent's wire format"
                                    + " (0, four bytes of schema id, Avro); let its producer use a registry's Avro serializer",
                            found),
                    null);
        }

        @Override
        public boolean poison() {
            return true;
        }
    }

    /** A value that ends too early. */
    public static final class TruncatedPayload extends WireException {
        public TruncatedPayload(String what) {
            super("The value is cut off: " + what, null);
        }

        @Override
        public boolean poison() {
            return true;
        }
    }

    /** A value that its schema does not describe, or that breaks a rule of the topic's contract. */
    public static final class MalformedPayload extends WireException {
        public MalformedPayload(String what) {
            this(what, null);
        }

        public MalformedPayload(String what, @Nullable Throwable cause) {
            super("The value is damaged or breaks its topic's contract: " + what, cause);
        }

        @Override
        public boolean poison() {
            return true;
        }
    }

    /** A value whose schema cannot be read as what the reader expects. */
    public static final class UnreadableSchema extends WireException {
        public UnreadableSchema(int id, String why, @Nullable Throwable cause) {
            super(
                    "The value's schema (id " + id + ") cannot be read as what belongs here (" + why
                            + "): another kind of record is in the topic, or its producer is too new",
                    cause);
        }

        @Override
        public boolean poison() {
            return true;
        }
    }
}
