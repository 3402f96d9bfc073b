package io.sallyport.journey;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** A SAML application, which no token guard protects. */
@Journey
final class SamlIT {

    private final MfaRealm realm;

    SamlIT(KeycloakServer server) {
        this.realm = MfaRealm.strict(server);
        Saml.addTo(realm);
        String flow = Flows.make(realm, "password-only", "auth-username-password-form");
        Flows.override(realm, Saml.ENTITY, "browser", flow);
    }

    @Test
    @DisplayName("TOK: no assertion before MFA, one after it, by request and unsolicited")
    void noAssertionBeforeMfa() {
        for (URI address : List.of(Saml.request(realm), Saml.unsolicited(realm))) {
            Member member = realm.enrolled();

            ChallengePage challenge = new Browser()
                    .open(address)
                    .as(LoginPage.class)
                    .signIn(member.username(), Member.PASSWORD)
                    .as(ChallengePage.class);
            SamlPage answer = challenge.answer(member.phone().nextCode()).as(SamlPage.class);

            assertThat(answer.response()).contains("Assertion", member.username());
        }
    }

    @Test
    @DisplayName("LOCK-06: a wrong code gets no assertion")
    void aWrongCodeGetsNoAssertion() {
        Member member = realm.enrolled();
        ChallengePage challenge = new Browser()
                .open(Saml.request(realm))
                .as(LoginPage.class)
                .signIn(member.username(), Member.PASSWORD)
                .as(ChallengePage.class);

        assertThat(challenge.answer(member.phone().wrongCode())).isInstanceOf(ChallengePage.class);
    }

    @Test
    @DisplayName("TOK-11: a session with MFA gets its assertion without another question")
    void aSessionWithMfaIsNotAskedAgain() {
        Member member = realm.enrolled();
        Browser browser = new Browser();
        realm.signIn(browser, member);
        Flows.override(realm, Saml.ENTITY, "browser", "");

        assertThat(browser.open(Saml.request(realm))).isInstanceOf(SamlPage.class);
    }

    @Test
    @DisplayName("TOK: with the gate switched off by an administrator, neither an assertion nor a token comes out")
    void theGuardsStandWithoutTheGate(KeycloakServer server) {
        MfaRealm gateless = MfaRealm.strict(server);
        Saml.addTo(gateless);
        String flow = Flows.make(gateless, "password-only", "auth-username-password-form");
        Flows.override(gateless, Saml.ENTITY, "browser", flow);
        Flows.override(gateless, "web", "browser", flow);
        switchOff(gateless, "mfa-gate");
        Member member = gateless.enrolled();

        ErrorPage answer = new Browser()
                .open(Saml.request(gateless))
                .as(LoginPage.class)
                .signIn(member.username(), Member.PASSWORD)
                .as(ErrorPage.class);
        SignIn signIn = gateless.web().signIn();
        TokenReply token = signIn.redeem(gateless.password(new Browser(), signIn, member));

        assertThat(answer.html().reply().status()).isBetween(400, 499);
        assertThat(answer.html().reply().body()).doesNotContain("Assertion", "SAMLResponse", "Exception");
        assertThat(token.granted()).as(token.describe()).isFalse();
        assertThat(token.status()).isEqualTo(403);
        assertThat(token.error()).isEqualTo("mfa_required");
        assertThat(gateless.audit().of(member.id(), "auth.mfa_token_refused"))
                .extracting(row -> row.text("client_id"))
                .containsExactly(Saml.ENTITY, "web");
    }

    private static void switchOff(MfaRealm realm, String action) {
        String address = realm.name() + "/authentication/required-actions/" + action;
        JsonNode required = realm.admin().get(address);
        realm.admin().put(address, ((ObjectNode) required).put("enabled", false));
    }
}
