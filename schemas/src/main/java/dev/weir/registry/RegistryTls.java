package dev.weir.registry;

import java.util.Map;
import javax.net.ssl.HttpsURLConnection;
import javax.net.ssl.SSLSocketFactory;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.SslConfigs;
import org.apache.kafka.common.security.ssl.DefaultSslEngineFactory;

/** TLS as Kafka's own settings describe it: stores of every kind that Kafka reads, PEM too. */
record RegistryTls(SSLSocketFactory sockets, boolean verifiesHost) {

    static RegistryTls from(Map<String, String> settings) {
        ConfigDef definition = new ConfigDef();
        SslConfigs.addClientSslSupport(definition);
        try (DefaultSslEngineFactory factory = new DefaultSslEngineFactory()) {
            factory.configure(definition.parse(settings));
            String algorithm = settings.getOrDefault(
                    SslConfigs.SSL_ENDPOINT_IDENTIFICATION_ALGORITHM_CONFIG,
                    SslConfigs.DEFAULT_SSL_ENDPOINT_IDENTIFICATION_ALGORITHM);
            return new RegistryTls(factory.sslContext().getSocketFactory(), !algorithm.isBlank());
        }
    }

    void apply(HttpsURLConnection connection) {
        connection.setSSLSocketFactory(sockets);
        if (!verifiesHost) {
            connection.setHostnameVerifier((host, session) -> true);
        }
    }
}
