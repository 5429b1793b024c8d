package dev.weir.registry;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsParameters;
import com.sun.net.httpserver.HttpsServer;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.TrustManagerFactory;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Real certificates, made by the JDK's own tool. */
class RegistryTlsTest {
    private static final String PASSWORD = "changeit";
    private static final Schema SCHEMA =
            SchemaBuilder.record("A").fields().requiredString("a").endRecord();

    @TempDir
    static Path directory;

    private static @Nullable HttpsServer server;

    @BeforeAll
    static void start() throws Exception {
        keys("server", "CN=registry", "ip:127.0.0.1");
        keys("client", "CN=client", "dns:client.example");
        HttpsServer made = HttpsServer.create(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), 0), 0);
        SSLContext tls = SSLContext.getInstance("TLS");
        KeyManagerFactory own = KeyManagerFactory.getInstance("PKIX");
        own.init(store("server.p12"), PASSWORD.toCharArray());
        TrustManagerFactory trusted = TrustManagerFactory.getInstance("PKIX");
        trusted.init(store("client-trust.p12"));
        tls.init(own.getKeyManagers(), trusted.getTrustManagers(), null);
        made.setHttpsConfigurator(new HttpsConfigurator(tls) {
            @Override
            public void configure(HttpsParameters parameters) {
                SSLParameters wanted = tls.getDefaultSSLParameters();
                wanted.setNeedClientAuth(true);
                parameters.setSSLParameters(wanted);
            }
        });
        made.createContext("/", exchange -> {
            exchange.getRequestBody().readAllBytes();
            byte[] answer = "{\"id\":7}".getBytes(UTF_8);
            exchange.sendResponseHeaders(200, answer.length);
            exchange.getResponseBody().write(answer);
            exchange.close();
        });
        made.start();
        server = made;
    }

    @AfterAll
    static void stop() {
        Objects.requireNonNull(server).stop(0);
    }

    @Test
    void trustsTheStoreItIsGivenAndShowsItsOwnCertificate() {
        assertEquals(
                7,
                RegistryClient.from(settings("server-trust.p12", "client.p12"))
                        .valueId("t", SCHEMA)
                        .orElseThrow());
    }

    @Test
    void trustsNobodyElse() {
        WireException said = assertThrows(
                WireException.RegistryAway.class,
                () -> RegistryClient.from(settings("client-trust.p12", "client.p12"))
                        .valueId("t", SCHEMA));

        assertTrue(Objects.requireNonNull(said.getMessage()).contains("SSLHandshakeException"), said.getMessage());
    }

    @Test
    void leavesTheBrokersStoresAlone() {
        Map<String, String> settings = new HashMap<>(settings("server-trust.p12", "client.p12"));
        settings.put("ssl.truststore.location", "/nowhere");

        assertEquals(7, RegistryClient.from(settings).valueId("t", SCHEMA).orElseThrow());
    }

    private static Map<String, String> settings(String trust, String keys) {
        return Map.of(
                "schema.registry.url",
                "https://127.0.0.1:"
                        + Objects.requireNonNull(server).getAddress().getPort(),
                "max.retries",
                "0",
                "schema.registry.ssl.truststore.location",
                directory.resolve(trust).toString(),
                "schema.registry.ssl.truststore.password",
                PASSWORD,
                "schema.registry.ssl.truststore.type",
                "PKCS12",
                "schema.registry.ssl.keystore.location",
                directory.resolve(keys).toString(),
                "schema.registry.ssl.keystore.password",
                PASSWORD,
                "schema.registry.ssl.keystore.type",
                "PKCS12");
    }

    private static void keys(String name, String subject, String also) throws Exception {
        String certificate = directory.resolve(name + ".crt").toString();
        List<String> to = List.of("-storetype", "PKCS12", "-storepass", PASSWORD, "-alias", name, "-noprompt");
        keytool(
                to,
                "-genkeypair",
                "-keyalg",
                "EC",
                "-dname",
                subject,
                "-ext",
                "san=" + also,
                "-keystore",
                directory.resolve(name + ".p12").toString());
        keytool(
                to,
                "-exportcert",
                "-file",
                certificate,
                "-keystore",
                directory.resolve(name + ".p12").toString());
        keytool(
                to,
                "-importcert",
                "-file",
                certificate,
                "-keystore",
                directory.resolve(name + "-trust.p12").toString());
    }

    private static void keytool(List<String> common, String... arguments) throws Exception {
        ArrayList<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString()));
        command.addAll(List.of(arguments));
        command.addAll(common);
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("keytool.log").toFile())
                .start();
        assertEquals(0, process.waitFor(), () -> "see keytool's log");
    }

    private static KeyStore store(String name) throws Exception {
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(directory.resolve(name))) {
            store.load(in, PASSWORD.toCharArray());
        }
        return store;
    }
}
