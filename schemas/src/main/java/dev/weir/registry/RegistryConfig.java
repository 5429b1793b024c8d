package dev.weir.registry;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.config.types.Password;

/**
 * How to reach the registry and what to do there. The names are Confluent's own, so that one configuration serves either
 * serde; each may also be written with {@code schema.registry.} in front of it, as Confluent's own may.
 */
record RegistryConfig(
        List<URI> urls,
        Optional<String> authorization,
        Map<String, String> tls,
        boolean autoRegister,
        boolean useLatest,
        boolean specificReader,
        int maxRetries,
        Duration retryWait,
        Duration retryMaxWait,
        Duration connectTimeout,
        Duration readTimeout) {
    static final String URL = "schema.registry.url";
    static final String BASIC_SOURCE = "basic.auth.credentials.source";
    static final String BASIC_USER_INFO = "basic.auth.user.info";
    static final String BEARER_SOURCE = "bearer.auth.credentials.source";
    static final String BEARER_TOKEN = "bearer.auth.token";
    static final String AUTO_REGISTER = "auto.register.schemas";
    static final String USE_LATEST = "use.latest.version";
    static final String VALUE_STRATEGY = "value.subject.name.strategy";
    static final String KEY_STRATEGY = "key.subject.name.strategy";
    static final String SPECIFIC_READER = "specific.avro.reader";
    static final String MAX_RETRIES = "max.retries";
    static final String RETRY_WAIT = "retries.wait.ms";
    static final String RETRY_MAX_WAIT = "retries.max.wait.ms";
    static final String CONNECT_TIMEOUT = "http.connect.timeout.ms";
    static final String READ_TIMEOUT = "http.read.timeout.ms";

    private static final String PREFIX = "schema.registry.";
    private static final Pattern JAAS_USER = Pattern.compile("username=\"([^\"]*)\"");
    private static final Pattern JAAS_PASSWORD = Pattern.compile("password=\"([^\"]*)\"");

    /** All that is wrong is reported at once. */
    static RegistryConfig from(Map<String, ?> given) {
        Reader reader = new Reader(given);
        // Together far below a transaction's 10 s: the topology asks from within one.
        RegistryConfig config = new RegistryConfig(
                reader.urls(),
                reader.authorization(),
                reader.tls(),
                reader.flag(AUTO_REGISTER, true),
                reader.flag(USE_LATEST, false),
                reader.flag(SPECIFIC_READER, false),
                reader.number(MAX_RETRIES, 3),
                Duration.ofMillis(reader.number(RETRY_WAIT, 100)),
                Duration.ofMillis(reader.number(RETRY_MAX_WAIT, 1_000)),
                Duration.ofMillis(reader.number(CONNECT_TIMEOUT, 1_000)),
                Duration.ofMillis(reader.number(READ_TIMEOUT, 2_000)));
        reader.strategy(VALUE_STRATEGY);
        reader.strategy(KEY_STRATEGY);
        if (!reader.problems.isEmpty()) {
            throw new ConfigException(String.join("\n", reader.problems));
        }
        return config;
    }

    /** Confluent's name for a registry inside the process, for tests: {@code mock://name}. */
    Optional<String> mock() {
        return urls.stream()
                .filter(url -> "mock".equals(url.getScheme()))
                .map(URI::getAuthority)
                .findFirst();
    }

    private static final class Reader {
        private final Map<String, ?> given;
        private final List<String> problems = new ArrayList<>();

        Reader(Map<String, ?> given) {
            this.given = given;
        }

        Optional<String> text(String name) {
            Object prefixed = name.startsWith(PREFIX) ? null : given.get(PREFIX + name);
            Object value = prefixed != null ? prefixed : given.get(name);
            String text = value instanceof Password password
                    ? password.value()
                    : value instanceof List<?> list
                            ? String.join(
                                    ",", list.stream().map(String::valueOf).toList())
                            : value == null ? "" : value.toString();
            return text.isBlank() ? Optional.empty() : Optional.of(text.strip());
        }

        List<URI> urls() {
            List<URI> urls = new ArrayList<>();
            for (String part : text(URL).orElse("").split(",")) {
                String url = part.strip();
                if (url.isEmpty()) {
                    continue;
                }
                try {
                    URI uri = URI.create(url.endsWith("/") ? url.substring(0, url.length() - 1) : url);
                    if (uri.getAuthority() == null
                            || !List.of("http", "https", "mock").contains(uri.getScheme())) {
                        throw new IllegalArgumentException(url);
                    }
                    urls.add(uri);
                } catch (IllegalArgumentException notAUrl) {
                    problems.add(URL + " has '" + url + "': use http:// or https:// with a host");
                }
            }
            if (urls.isEmpty() && problems.isEmpty()) {
                problems.add(URL + " is missing: set it (WEIR_SCHEMA_REGISTRY_URL) to where the schema registry is");
            }
            return List.copyOf(urls);
        }

        Optional<String> authorization() {
            Optional<String> bearer = text(BEARER_SOURCE);
            if (bearer.isPresent()) {
                if (!bearer.get().equals("STATIC_TOKEN")) {
                    problems.add(
                            BEARER_SOURCE + " is '" + bearer.get() + "': use STATIC_TOKEN, or Confluent's own serde"
                                    + " (WEIR_VALUE_SERIALIZER, WEIR_VALUE_DESERIALIZER) for the others");
                }
                Optional<String> token = text(BEARER_TOKEN);
                if (token.isEmpty()) {
                    problems.add(BEARER_TOKEN + " is missing: set it, or take " + BEARER_SOURCE + " away");
                }
                return token.map(value -> "Bearer " + value);
            }
            return basic().map(user -> "Basic " + Base64.getEncoder().encodeToString(user.getBytes(UTF_8)));
        }

        private Optional<String> basic() {
            String source = text(BASIC_SOURCE).orElse("URL").toUpperCase(Locale.ROOT);
            Optional<String> user = switch (source) {
                case "URL" ->
                    urls().stream()
                            .map(URI::getUserInfo)
                            .filter(info -> info != null)
                            .findFirst();
                case "USER_INFO" -> text(BASIC_USER_INFO);
                case "SASL_INHERIT" -> jaas();
                default -> {
                    problems.add(BASIC_SOURCE + " is '" + source + "': use URL, USER_INFO or SASL_INHERIT");
                    yield Optional.empty();
                }
            };
            if (source.equals("USER_INFO") && user.isEmpty()) {
                problems.add(
                        BASIC_USER_INFO + " is missing: set it to user:password, or take " + BASIC_SOURCE + " away");
            }
            return user;
        }

        private Optional<String> jaas() {
            String jaas = text("sasl.jaas.config").orElse("");
            Matcher user = JAAS_USER.matcher(jaas);
            Matcher password = JAAS_PASSWORD.matcher(jaas);
            if (user.find() && password.find()) {
                return Optional.of(user.group(1) + ":" + password.group(1));
            }
            problems.add(
                    BASIC_SOURCE + " is 'SASL_INHERIT' and sasl.jaas.config has no username and password: set them,"
                            + " or use USER_INFO");
            return Optional.empty();
        }

        /** Kafka's own TLS settings, each after {@code schema.registry.}; those of the brokers do not count here. */
        Map<String, String> tls() {
            Map<String, String> tls = new HashMap<>();
            for (String name : given.keySet()) {
                if (name.startsWith(PREFIX + "ssl.")) {
                    text(name).ifPresent(value -> tls.put(name.substring(PREFIX.length()), value));
                }
            }
            return Map.copyOf(tls);
        }

        boolean flag(String name, boolean otherwise) {
            String text = text(name).orElse(Boolean.toString(otherwise));
            if (!text.equals("true") && !text.equals("false")) {
                problems.add(name + " is '" + text + "': use true or false");
            }
            return text.equals("true");
        }

        int number(String name, int otherwise) {
            String text = text(name).orElse(Integer.toString(otherwise));
            try {
                int number = Integer.parseInt(text);
                if (number >= 0) {
                    return number;
                }
            } catch (NumberFormatException notANumber) {
                problems.add(name + " is '" + text + "': use a whole number from 0");
                return otherwise;
            }
            problems.add(name + " is '" + text + "': use a whole number from 0");
            return otherwise;
        }

        void strategy(String name) {
            String strategy = text(name).orElse("TopicNameStrategy");
            if (!strategy.equals("TopicNameStrategy") && !strategy.endsWith(".TopicNameStrategy")) {
                problems.add(name + " is '" + strategy + "': use TopicNameStrategy; a topic of weir's has one schema");
            }
        }
    }
}
