package io.sallyport.resource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ResourceSettingsTest {

    private static final Map<String, String> LEAST =
            Map.of("sallyport.issuer", "https://sso.example.org/realms/acme", "sallyport.audience", "erp");

    @Test
    void allDefaults() {
        URI issuer = URI.create("https://sso.example.org/realms/acme");

        assertThat(ResourceSettings.from(LEAST))
                .isEqualTo(new ResourceSettings(
                        issuer,
                        issuer,
                        "erp",
                        Set.of(),
                        Set.of("RS256", "PS256", "ES256"),
                        Duration.ofSeconds(30),
                        Duration.ofSeconds(5),
                        Answer.FORBIDDEN,
                        Optional.empty()));
    }

    @Test
    void everyKeySetToSomethingElse() {
        Map<String, String> texts = Map.of(
                "sallyport.issuer", "https://id.example.org/realms/other",
                "sallyport.server", "http://localhost:8080/realms/other",
                "sallyport.audience", "shop",
                "sallyport.clients", "web, mobile",
                "sallyport.algorithms", "ES384",
                "sallyport.leeway", "0",
                "sallyport.timeout", "30",
                "sallyport.answer", "UNAUTHORIZED",
                "sallyport.max-age", "60");

        ResourceSettings settings = ResourceSettings.from(texts);

        assertThat(settings)
                .isEqualTo(new ResourceSettings(
                        URI.create("https://id.example.org/realms/other"),
                        URI.create("http://localhost:8080/realms/other"),
                        "shop",
                        Set.of("web", "mobile"),
                        Set.of("ES384"),
                        Duration.ZERO,
                        Duration.ofSeconds(30),
                        Answer.UNAUTHORIZED,
                        Optional.of(Duration.ofSeconds(60))));
        assertThat(settings.authorize())
                .isEqualTo(URI.create("http://localhost:8080/realms/other/v1/auth/mfa/authorize"));
        assertThat(settings.keys())
                .isEqualTo(URI.create("http://localhost:8080/realms/other/protocol/openid-connect/certs"));
    }

    @ParameterizedTest
    @CsvSource({
        "issuer, http://sso.example.org/realms/acme",
        "issuer, https://sso.example.org/realms/acme/",
        "issuer, https://sso.example.org",
        "issuer, https://user@sso.example.org/realms/acme",
        "issuer, https://sso.example.org/realms/acme?x",
        "issuer, http://localhost.evil.example/realms/acme",
        "server, ftp://localhost/realms/acme",
        "audience, ''",
        "clients, 'web,,mobile'",
        "algorithms, HS256",
        "algorithms, none",
        "algorithms, 'RS256,NONE'",
        "leeway, 61",
        "leeway, -1",
        "timeout, 0",
        "timeout, 31",
        "answer, forbidden",
        "max-age, 0",
        "audiance, erp"
    })
    void aBadValueIsRefusedByName(String name, String value) {
        Map<String, String> texts = new HashMap<>(LEAST);
        texts.put("sallyport." + name, value);

        assertThatThrownBy(() -> ResourceSettings.from(texts))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("sallyport." + name);
    }

    @ParameterizedTest
    @CsvSource({"issuer", "audience"})
    void whatCanNotBeGuessedMustBeThere(String name) {
        Map<String, String> texts = new HashMap<>(LEAST);
        texts.remove("sallyport." + name);

        assertThatThrownBy(() -> ResourceSettings.from(texts)).hasMessage("sallyport." + name + " is missing");
    }
}
