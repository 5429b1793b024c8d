package dev.weir.registry;

import dev.weir.registry.RegistryHttp.Answer;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;

/** A registry that speaks Confluent's REST API. */
final class HttpSchemaStore implements SchemaStore {
    private static final int NO_VERSION = 40402;

    private final RegistryHttp http;
    private final SchemaTexts texts;

    HttpSchemaStore(RegistryHttp http) {
        this.http = http;
        this.texts = new SchemaTexts(http);
    }

    @Override
    public int register(String subject, Schema schema) {
        return texts.register(subject, SchemaTexts.of(schema));
    }

    @Override
    public int idOf(String subject, Schema schema) {
        return texts.idOf(subject, SchemaTexts.of(schema), schema.getFullName());
    }

    @Override
    public Registered latest(String subject) {
        String path = "/subjects/" + SchemaTexts.encoded(subject) + "/versions/latest";
        Answer answer = http.get(path);
        if (answer.code() == SchemaTexts.NO_SUBJECT || answer.code() == NO_VERSION) {
            throw new WireException.UnregisteredSchema(subject, "at all");
        }
        return new Registered(SchemaTexts.id("GET " + path, answer), schema("GET " + path, answer));
    }

    @Override
    public Schema byId(int id) {
        String path = "/schemas/ids/" + id;
        Answer answer = http.get(path);
        if (answer.code() == SchemaTexts.NO_SCHEMA) {
            throw new WireException.UnknownSchemaId(id, answer.message());
        }
        return schema("GET " + path, answer);
    }

    @Override
    public void requireCompatibility(String subject, String level) {
        String path = "/config/" + SchemaTexts.encoded(subject);
        Answer answer = http.send("PUT", path, Json.object("compatibility", level));
        if (!answer.isOk()) {
            throw SchemaTexts.refused("PUT " + path, answer);
        }
    }

    private static Schema schema(String request, Answer answer) {
        if (!answer.isOk()) {
            throw SchemaTexts.refused(request, answer);
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
}
