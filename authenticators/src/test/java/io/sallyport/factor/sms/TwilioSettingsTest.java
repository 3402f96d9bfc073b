package io.sallyport.factor.sms;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.net.URI;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class TwilioSettingsTest {

    private static final String KEY = "SK" + "0123456789abcdef".repeat(2);

    @Test
    void nothingSetIsNoTwilio() {
        assertThat(TwilioSettings.from(Scopes.of(Map.of("account-sid", " ")))).isEmpty();
    }

    @Test
    void whatIsNotSetHasItsDefault() {
        TwilioSettings settings = TwilioSettings.from(Scopes.twilio(Map.of())).orElseThrow();

        assertThat(settings.user()).isEqualTo(Scopes.ACCOUNT);
        assertThat(settings.secret()).isEqualTo(Scopes.TOKEN);
        assertThat(settings.origin()).isEqualTo("+15005550006");
        assertThat(settings.verifies()).isFalse();
        assertThat(settings.region()).isEmpty();
        assertThat(settings.edge()).isEmpty();
        assertThat(settings.baseUrl()).isEmpty();
        assertThat(settings.callbackUrl()).isEmpty();
    }

    @Test
    void everyKeyCanBeSetToSomethingElse() {
        TwilioSettings settings = TwilioSettings.from(Scopes.twilio(Map.of(
                        "api-key", KEY,
                        "api-secret", "s3cret",
                        "from", "",
                        "verify-service-sid", Scopes.VERIFY,
                        "region", "ie1",
                        "edge", "dublin",
                        "base-url", "https://proxy.example.com/",
                        "callback-url", "https://auth.example.com")))
                .orElseThrow();

        assertThat(settings.user()).isEqualTo(KEY);
        assertThat(settings.secret()).isEqualTo("s3cret");
        assertThat(settings.signingToken()).contains(Scopes.TOKEN);
        assertThat(settings.verifies()).isTrue();
        assertThat(settings.region()).contains("ie1");
        assertThat(settings.edge()).contains("dublin");
        assertThat(settings.baseUrl()).contains(URI.create("https://proxy.example.com"));
        assertThat(settings.callbackUrl()).contains(URI.create("https://auth.example.com"));
        assertThat(settings.toString()).doesNotContain("s3cret", Scopes.TOKEN);
    }

    @ParameterizedTest
    @CsvSource({
        "account-sid, '', account-sid is missing",
        "account-sid, ACxyz, account-sid is malformed",
        "auth-token, '', auth-token or api-key is missing",
        "api-key, XX, api-key is malformed",
        "api-secret, s3cret, belong together",
        "from, '', '0 are set, want one'",
        "messaging-service-sid, MG0123456789abcdef0123456789abcdef, '2 are set, want one'",
        "from, +0, from is malformed",
        "region, https://evil.example, region is malformed",
        "edge, a.b, edge is malformed",
        "base-url, http://proxy.example.com, base-url is malformed",
        "base-url, http://127.0.0.1.evil.example, base-url is malformed",
        "base-url, https://user@evil.example, base-url is malformed",
        "callback-url, auth.example.com, callback-url is malformed"
    })
    void halfAConfigurationIsRefusedByName(String key, String value, String problem) {
        assertThatIllegalStateException()
                .isThrownBy(() -> TwilioSettings.from(Scopes.twilio(Map.of(key, value))))
                .withMessageContaining("spi-mfa-sms--twilio--")
                .withMessageContaining(problem)
                .satisfies(refusal -> assertThat(refusal.getMessage()).doesNotContain(Scopes.TOKEN, "s3cret"));
    }

    @Test
    void everyProblemIsToldAtOnce() {
        assertThatIllegalStateException()
                .isThrownBy(() -> TwilioSettings.from(Scopes.of(Map.of("region", "IE!"))))
                .withMessageContaining("account-sid")
                .withMessageContaining("auth-token")
                .withMessageContaining("from")
                .withMessageContaining("region");
    }
}
