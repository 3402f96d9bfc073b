package io.sallyport.journey;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/** What tokens must say about MFA, and what they must not. */
final class Claims {

    private static final List<String> NAMES = List.of("mfa_verified", "mfa_method", "mfa_time", "mfa_exp");

    private Claims() {}

    /** Contract section 4: all of it, from this source alone. */
    static void assertMfa(JsonNode claims) {
        assertThat(claims.path("mfa_verified").isBoolean())
                .as("mfa_verified is boolean in %s", claims)
                .isTrue();
        assertThat(claims.path("mfa_verified").asBoolean()).isTrue();
        assertThat(claims.path("mfa_method").asText()).isEqualTo("TOTP");
        assertThat(claims.path("acr").asText()).as("acr in %s", claims).isEqualTo("mfa");
        assertThat(texts(claims.path("amr"))).containsExactlyInAnyOrder("pwd", "otp", "mfa");
        assertThat(claims.path("mfa_time").isIntegralNumber()).isTrue();
        assertThat(claims.path("mfa_exp").asLong())
                .isGreaterThan(claims.path("mfa_time").asLong());
    }

    /** None of it. */
    static void assertNoMfa(JsonNode claims) {
        NAMES.forEach(name ->
                assertThat(claims.has(name)).as("%s in %s", name, claims).isFalse());
        assertThat(claims.path("acr").asText()).isNotEqualTo("mfa");
        assertThat(texts(claims.path("amr"))).doesNotContain("mfa", "otp");
    }

    private static List<String> texts(JsonNode array) {
        List<String> texts = new ArrayList<>();
        array.forEach(value -> texts.add(value.asText()));
        return texts;
    }
}
