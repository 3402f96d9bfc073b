package io.sallyport.verify;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Base64;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.keycloak.models.FederatedIdentityModel;
import org.keycloak.models.IdentityProviderModel;

final class ProviderTokenTest {

    private static final FederatedIdentityModel LINK = new FederatedIdentityModel("corp", "anna", "Anna");

    @Test
    void itSaysWhatTheTokenSays() {
        ProviderToken read = read("""
                {"iss":"https://corp.example","aud":"sallyport","sub":"anna","amr":["pwd","mfa"],"acr":"gold"}""");

        assertThat(read.amr()).isEqualTo(Set.of("pwd", "mfa"));
        assertThat(read.acr()).contains("gold");
    }

    @Test
    void oneMethodMayStandAlone() {
        assertThat(read("""
                                {"iss":"https://corp.example","aud":["x","sallyport"],"sub":"anna","amr":"mfa"}""").amr()).containsExactly("mfa");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"iss\":\"https://evil.example\",\"aud\":\"sallyport\",\"sub\":\"anna\",\"amr\":[\"mfa\"]}",
                "{\"iss\":\"https://corp.example\",\"aud\":\"other\",\"sub\":\"anna\",\"amr\":[\"mfa\"]}",
                "{\"iss\":\"https://corp.example\",\"aud\":\"sallyport\",\"sub\":\"bert\",\"amr\":[\"mfa\"]}",
                "{\"iss\":\"https://corp.example\",\"aud\":\"sallyport\",\"amr\":[\"mfa\"]}",
                "{\"aud\":\"sallyport\",\"sub\":\"anna\",\"amr\":[\"mfa\"]}",
                "{\"iss\":\"https://corp.example\",\"aud\":\"sallyport\",\"sub\":\"anna\"}",
                "{\"iss\":\"https://corp.example\",\"aud\":\"sallyport\",\"sub\":\"anna\",\"amr\":{\"mfa\":true}}",
                "{\"iss\":\"https://corp.example\",\"aud\":\"sallyport\",\"sub\":\"anna\",\"amr\":[7,\"m f a\",\"\"]}",
                "[]",
                "not JSON"
            })
    void aTokenOfSomebodyElseOrWithoutAWordSaysNothing(String payload) {
        assertThat(read(payload)).isEqualTo(ProviderToken.SILENT);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "x", "a.b", "a.b.c.d.e", "e30.e30.", "..", "%.%.%"})
    void whatIsNoTokenSaysNothing(String kept) {
        assertThat(ProviderToken.read(kept, provider(), LINK)).isEqualTo(ProviderToken.SILENT);
    }

    @Test
    void aProviderWithoutAnIssuerSaysNothing() {
        IdentityProviderModel provider = provider();
        provider.getConfig().remove("issuer");

        assertThat(ProviderToken.read(
                        token("{\"aud\":\"sallyport\",\"sub\":\"anna\",\"amr\":[\"mfa\"]}"), provider, LINK))
                .isEqualTo(ProviderToken.SILENT);
    }

    private static ProviderToken read(String payload) {
        return ProviderToken.read(token(payload), provider(), LINK);
    }

    private static IdentityProviderModel provider() {
        IdentityProviderModel provider = new IdentityProviderModel();
        provider.setAlias("corp");
        provider.getConfig().put("issuer", "https://old.example, https://corp.example");
        provider.getConfig().put("clientId", "sallyport");
        return provider;
    }

    private static String token(String payload) {
        return part("{\"alg\":\"RS256\"}") + "." + part(payload) + "." + part("signature");
    }

    private static String part(String text) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(UTF_8));
    }
}
