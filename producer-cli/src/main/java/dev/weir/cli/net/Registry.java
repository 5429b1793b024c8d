package dev.weir.cli.net;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;

/** The one thing a producer asks of a schema registry: the id of the schema it writes. */
public final class Registry {
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final String MEDIA_TYPE = "application/vnd.schemaregistry.v1+json";

    private Registry() {}

    /**
     * Registers a topic's value schema, or finds it. For the ordinary case: whatever else can be set about a registry is
     * known to {@link dev.weir.registry.SchemaTexts}, which takes three times as long to load.
     *
     * @param urls one or several, separated by commas; the next is asked when one is away
     * @param userInfo {@code user:password}, or empty
     */
    public static int idOf(String urls, String userInfo, String topic, String schema) throws IOException {
        IOException failure = new IOException("no schema registry is configured: set WEIR_SCHEMA_REGISTRY_URL");
        for (String url : urls.split(",")) {
            try {
                return ask(url.strip(), userInfo, topic, schema);
            } catch (IOException away) {
                failure = away;
            }
        }
        throw failure;
    }

    private static int ask(String url, String userInfo, String topic, String schema) throws IOException {
        URI uri = URI.create(url + "/subjects/" + topic + "-value/versions?normalize=true");
        String credentials = uri.getUserInfo() != null ? uri.getUserInfo() : userInfo;
        Map<String, String> headers = credentials.isEmpty()
                ? Map.of("Content-Type", MEDIA_TYPE)
                : Map.of(
                        "Content-Type",
                        MEDIA_TYPE,
                        "Authorization",
                        "Basic " + Base64.getEncoder().encodeToString(credentials.getBytes(UTF_8)));
        byte[] body = ("{\"schema\":" + Json.quoted(schema) + "}").getBytes(UTF_8);
        Http.Answer answer;
        try {
            answer = Http.send("POST", uri, headers, body, PATIENCE);
        } catch (IOException away) {
            throw new IOException("schema registry " + url + " does not answer: " + away.getMessage(), away);
        }
        if (!answer.ok()) {
            throw new IOException("schema registry " + url + " answered " + answer.status() + " for subject " + topic
                    + "-value: " + answer.body());
        }
        return (int) Json.parse(answer.body()).get("id").number();
    }
}
