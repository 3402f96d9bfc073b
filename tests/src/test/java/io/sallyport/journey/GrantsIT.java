package io.sallyport.journey;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;

/** A session of a password alone, from before the policy, and the grants that begin in its browser. */
@Journey
@TestInstance(Lifecycle.PER_METHOD)
final class GrantsIT {

    private final MfaRealm realm;
    private final Browser browser = new Browser();

    /** Everybody's session begins while nothing is required; then MFA is required. */
    GrantsIT(KeycloakServer server) {
        this.realm = MfaRealm.setUp(server, Map.of(), Rules.NONE);
        realm.password(browser, realm.backend().signIn(), realm.newcomer()).as(Arrived.class);
        realm.setUp(Map.of(), Rules.FOR_ALL).expect(200);
    }

    @Test
    @DisplayName("TOK-05: authorization_code: single sign-on leads to enrollment, not to a code")
    void singleSignOn() {
        assertThat(browser.open(realm.web().signIn().address())).isInstanceOf(EnrollTotpPage.class);
    }

    @Test
    @DisplayName("TOK-12: implicit and hybrid: single sign-on puts nothing into the fragment")
    void implicitAndHybrid() {
        for (String type : List.of(
                "token", "id_token", "id_token token", "code token", "code id_token", "code id_token token", "none")) {
            SignIn signIn = realm.web().signIn(Map.of("response_type", type));
            assertThat(browser.open(signIn.address())).as(type).isNotInstanceOf(Arrived.class);
        }
    }

    @Test
    @DisplayName("TOK-05: device_code: the person at the browser is asked first, the device gets nothing")
    void deviceCode() {
        Reply begun = realm.backend().post("auth/device", Map.of("scope", "openid"), Map.of());
        String deviceCode = begun.expect(200).json().path("device_code").asText();
        String address = begun.json().path("verification_uri_complete").asText();

        Page page = browser.open(URI.create(address));

        assertThat(page).isInstanceOf(EnrollTotpPage.class);
        TokenReply polled = realm.backend()
                .grant(Map.of("grant_type", "urn:ietf:params:oauth:grant-type:device_code", "device_code", deviceCode));
        assertThat(polled.granted()).as(polled.describe()).isFalse();
    }
}
