package io.sallyport.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.config.types.Password;
import org.apache.kafka.common.security.JaasContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class KafkaOptionsTest {

    private static final Map<String, String> LEAST =
            Map.of("brokers", "a.example.org:9093", "topic", "mfa", "username", "u", "password", "p");

    @Test
    void withoutBrokersThereAreNone() {
        assertThat(read(Map.of("topic", "mfa"))).isEmpty();
    }

    @Test
    void allDefaults() {
        KafkaOptions options = read(LEAST).orElseThrow();

        assertThat(options.isEncrypted()).isTrue();
        assertThat(options.isOf("any")).isTrue();
        assertThat(options.connection())
                .containsEntry("security.protocol", "SASL_SSL")
                .containsEntry("sasl.mechanism", "SCRAM-SHA-512")
                .doesNotContainKey("ssl.truststore.location");
    }

    @Test
    void everyOptionSet() {
        KafkaOptions options = read(with(Map.of(
                        "brokers", "a:1, b:2",
                        "security-protocol", "SASL_PLAINTEXT",
                        "sasl-mechanism", "PLAIN",
                        "truststore", "/etc/ca.pem",
                        "realms", "acme, bank")))
                .orElseThrow();

        assertThat(options.isEncrypted()).isFalse();
        assertThat(options.isOf("acme")).isTrue();
        assertThat(options.isOf("other")).isFalse();
        assertThat(options.connection())
                .containsEntry("bootstrap.servers", "a:1,b:2")
                .containsEntry("sasl.mechanism", "PLAIN")
                .containsEntry("ssl.truststore.type", "PEM")
                .containsEntry("ssl.truststore.location", "/etc/ca.pem");
    }

    @Test
    void aPasswordIsReadAsItWasGiven() {
        String password = "a\"b\\c; username=\"root";

        KafkaOptions options = read(with(Map.of("password", password))).orElseThrow();

        String jaas = String.valueOf(options.connection().get("sasl.jaas.config"));
        JaasContext context = JaasContext.loadClientContext(Map.of("sasl.jaas.config", new Password(jaas)));
        assertThat(context.configurationEntries())
                .singleElement()
                .satisfies(entry ->
                        assertThat(entry.getOptions()).isEqualTo(Map.of("username", "u", "password", password)));
        assertThat(options).asString().doesNotContain(password);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "topic | a b | topic = a b, want",
                "topic | .. | topic = .., want",
                "topic | '' | topic = , want",
                "brokers | a | brokers = a, want",
                "brokers | a:1,,b:2 | brokers = a:1,,b:2, want",
                "security-protocol | TLS | security-protocol = TLS, want",
                "sasl-mechanism | GSSAPI | sasl-mechanism = GSSAPI, want",
                "username | '' | username is missing",
                "password | '' | password is missing",
            })
    void whatMakesNoSenseIsRefused(String name, String value, String error) {
        assertThatThrownBy(() -> read(with(Map.of(name, value))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(error);
    }

    private static Map<String, String> with(Map<String, String> other) {
        Map<String, String> all = new HashMap<>(LEAST);
        all.putAll(other);
        return all;
    }

    private static Optional<KafkaOptions> read(Map<String, String> given) {
        return KafkaOptions.from(name -> Optional.ofNullable(given.get(name)));
    }
}
