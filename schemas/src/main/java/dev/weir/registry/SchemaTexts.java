package dev.weir.registry;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.weir.registry.RegistryHttp.Answer;
import java.net.URLEncoder;
import java.util.Map;
import org.apache.avro.Schema;

/**
 * What can be asked of a registry without understanding a schema. Apart, because loading a schema parser takes longer than
 * a short command may run.
 */
public final class SchemaTexts {
    static final int NO_SUBJECT = 40401;
    static final int NO_SCHEMA = 40403;

    private final RegistryHttp http;

    SchemaTexts(RegistryHttp http) {
        this.http = http;
    }

    /**
     * The id to write a topic's values with, for a producer that writes as this schema says and cannot do otherwise. The
     * schema is registered if {@code auto.register.schemas} allows it and {@code use.latest.version} does not forbid it.
     */
    public static int valueId(Map<String, ?> settings, String topic, String name, String schema) {
        RegistryConfig config = RegistryConfig.from(settings);
        SchemaTexts texts = new SchemaTexts(new RegistryHttp(config));
        String subject = topic + "-value";
        return config.autoRegister() && !config.useLatest()
                ? texts.register(subject, schema)
                : texts.idOf(subject, schema, name);
    }

    /** Without what only Java's generator reads: every language registers the same text then, and gets the same id. */
    public static String of(Schema schema) {
        return schema.toString().replace(",\"avro.java.string\":\"String\"", "");
    }

    int register(String subject, String schema) {
        String path = "/subjects/" + encoded(subject) + "/versions?normalize=true";
        Answer answer = http.send("POST", path, Json.object("schema", schema));
        if (answer.status() == 409) {
            throw new WireException.IncompatibleSubject(subject, answer.message());
        }
        return id("POST " + path, answer);
    }

    int idOf(String subject, String schema, String name) {
        String path = "/subjects/" + encoded(subject) + "?normalize=true";
        Answer answer = http.send("POST", path, Json.object("schema", schema));
        if (answer.code() == NO_SUBJECT || answer.code() == NO_SCHEMA) {
            throw new WireException.UnregisteredSchema(subject, name);
        }
        return id("POST " + path, answer);
    }

    static int id(String request, Answer answer) {
        if (!answer.isOk()) {
            throw refused(request, answer);
        }
        return answer.body()
                .number("id")
                .orElseThrow(() -> new WireException.RegistryRefused(request, answer.status(), "its answer has no id"));
    }

    static WireException refused(String request, Answer answer) {
        return new WireException.RegistryRefused(request, answer.status(), answer.message());
    }

    static String encoded(String subject) {
        return URLEncoder.encode(subject, UTF_8).replace("+", "%20");
    }
}
