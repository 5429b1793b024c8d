package dev.weir.registry;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.weir.registry.RegistryHttp.Answer;
import java.net.URLEncoder;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;

/** A registry that speaks Confluent's REST API. */
final class HttpSchemaStore implements SchemaStore {
    private static final int NO_SUBJECT = 40401;
    private static final int NO_VERSION = 40402;
    private static final int NO_SCHEMA = 40403;

    private final RegistryHttp http;

    HttpSchemaStore(RegistryHttp http) {
        this.http = http;
    }

    @Override
    public int register(String subject, Schema schema) {
        String path = "/subjects/" + encoded(subject) + "/versions";
        Answer answer = http.send("POST", path, Json.object("schema", schema.toString()));
        if (answer.status() == 409) {
            throw new WireException.IncompatibleSubject(subject, answer.message());
        }
        return id("POST " + path, answer);
    }

    @Override
    public int idOf(String subject, Schema schema) {
        String path = "/subjects/" + encoded(subject);
        Answer answer = http.send("POST", path, Json.object("schema", schema.toString()));
        if (answer.code() == NO_SUBJECT || answer.code() == NO_SCHEMA) {
            throw new WireException.UnregisteredSchema(subject, schema.getFullName());
        }
        return id("POST " + path, answer);
    }

    @Override
    public Registered latest(String subject) {
        String path = "/subjects/" + encoded(subject) + "/versions/latest";
        Answer answer = http.get(path);
        if (answer.code() == NO_SUBJECT || answer.code() == NO_VERSION) {
            throw new WireException.UnregisteredSchema(subject, "at all");
        }
        return new Registered(id("GET " + path, answer), schema("GET " + path, answer));
    }

    @Override
    public Schema byId(int id) {
        String path = "/schemas/ids/" + id;
        Answer answer = http.get(path);
        if (answer.code() == NO_SCHEMA) {
            throw new WireException.UnknownSchemaId(id, answer.message());
        }
        return schema("GET " + path, answer);
    }

    @Override
    public void requireCompatibility(String subject, String level) {
        String path = "/config/" + encoded(subject);
        Answer answer = http.send("PUT", path, Json.object("compatibility", level));
        if (!answer.isOk()) {
            throw refused("PUT " + path, answer);
        }
    }

    private static int id(String request, Answer answer) {
        if (!answer.isOk()) {
            throw refused(request, answer);
        }
        return answer.body()
                .number("id")
                .orElseThrow(() -> new WireException.RegistryRefused(request, answer.status(), "its answer has no id"));
    }

    private static Schema schema(String request, Answer answer) {
        if (!answer.isOk()) {
            throw refused(request, answer);
        }
        String type = answer.body().text("schemaType").orElse("AVRO");
        String text = answer.body().text("schema").orElse("");
        try {
            return new Schema.Parser().parse(text);
        } catch (AvroRuntimeException notAvro) {
            throw new WireException.RegistryRefused(
                    request, answer.status(), "its " + type + " schema is not Avro: " + notAvro.getMessage());
        }
    }

    private static WireException refused(String request, Answer answer) {
        return new WireException.RegistryRefused(request, answer.status(), answer.message());
    }

    private static String encoded(String subject) {
        return URLEncoder.encode(subject, UTF_8).replace("+", "%20");
    }
}
