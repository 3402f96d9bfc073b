package io.sallyport.kafka;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.kafka.common.security.plain.PlainLoginModule;
import org.apache.kafka.common.security.scram.ScramLoginModule;

/**
 * The operator's options.
 *
 * @param realms names of those whose events go there; empty: of all
 * @param connection what the client is told of the brokers and how to get in
 */
record KafkaOptions(String topic, Set<String> realms, Map<String, Object> connection) {

    private static final Pattern BROKERS = Pattern.compile("[^\\s,:]+:[0-9]{1,5}(,[^\\s,:]+:[0-9]{1,5})*");
    // Kafka's Topic.validate: "ASCII alphanumerics, '.', '_' and '-'", at most 249 of them
    private static final Pattern TOPIC = Pattern.compile("(?!\\.{1,2}$)[A-Za-z0-9._-]{1,249}");
    private static final Set<String> PROTOCOLS = Set.of("SASL_SSL", "SSL", "SASL_PLAINTEXT", "PLAINTEXT");
    private static final Map<String, Class<?>> MECHANISMS = Map.of(
            "SCRAM-SHA-512", ScramLoginModule.class,
            "SCRAM-SHA-256", ScramLoginModule.class,
            "PLAIN", PlainLoginModule.class);

    KafkaOptions {
        realms = Set.copyOf(realms);
        connection = Map.copyOf(connection);
    }

    /**
     * Empty if no broker is named.
     *
     * @throws IllegalArgumentException naming the option that makes no sense, without a word of the password
     */
    static Optional<KafkaOptions> from(Function<String, Optional<String>> config) {
        Function<String, Optional<String>> given =
                name -> config.apply(name).map(String::strip).filter(text -> !text.isEmpty());
        return given.apply("brokers").map(brokers -> with(brokers, given));
    }

    private static KafkaOptions with(String brokers, Function<String, Optional<String>> given) {
        Map<String, Object> connection = new LinkedHashMap<>();
        connection.put(
                "bootstrap.servers",
                checked("brokers", brokers.replace(" ", ""), BROKERS, "host:port, separated by commas"));
        String protocol = given.apply("security-protocol").orElse("SASL_SSL");
        if (!PROTOCOLS.contains(protocol)) {
            throw new IllegalArgumentException("security-protocol = " + protocol + ", want one of " + PROTOCOLS);
        }
        connection.put("security.protocol", protocol);
        if (protocol.startsWith("SASL_")) {
            connection.putAll(login(given));
        }
        given.apply("truststore").ifPresent(file -> {
            connection.put("ssl.truststore.type", "PEM");
            connection.put("ssl.truststore.location", file);
        });
        return new KafkaOptions(
                checked(
                        "topic",
                        given.apply("topic").orElse(""),
                        TOPIC,
                        "a topic: letters, digits, dots, hyphens and underscores"),
                given.apply("realms").stream()
                        .flatMap(names -> Arrays.stream(names.split(",", -1)))
                        .map(String::strip)
                        .collect(Collectors.toUnmodifiableSet()),
                connection);
    }

    private static Map<String, Object> login(Function<String, Optional<String>> given) {
        String mechanism = given.apply("sasl-mechanism").orElse("SCRAM-SHA-512");
        Class<?> module = MECHANISMS.get(mechanism);
        if (module == null) {
            throw new IllegalArgumentException(
                    "sasl-mechanism = " + mechanism + ", want one of " + MECHANISMS.keySet());
        }
        return Map.of(
                "sasl.mechanism",
                mechanism,
                "sasl.jaas.config",
                module.getName() + " required username=" + quoted("username", given) + " password="
                        + quoted("password", given) + ";");
    }

    /** As a string of a JAAS configuration. */
    private static String quoted(String name, Function<String, Optional<String>> given) {
        String text = given.apply(name)
                .orElseThrow(
                        () -> new IllegalArgumentException(name + " is missing, which security-protocol asks for"));
        if (text.codePoints().anyMatch(Character::isISOControl)) {
            throw new IllegalArgumentException(name + ": want no control characters");
        }
        return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }

    private static String checked(String name, String value, Pattern wanted, String what) {
        if (!wanted.matcher(value).matches()) {
            throw new IllegalArgumentException(name + " = " + value + ", want " + what);
        }
        return value;
    }

    /** Whether events of this realm go there. */
    boolean isOf(String realm) {
        return realms.isEmpty() || realms.contains(realm);
    }

    /** Whether nobody in between can read along. */
    boolean isEncrypted() {
        return String.valueOf(connection.get("security.protocol")).endsWith("SSL");
    }

    /** The password stands in the connection. */
    @Override
    public String toString() {
        return "KafkaOptions[" + topic + "]";
    }
}
