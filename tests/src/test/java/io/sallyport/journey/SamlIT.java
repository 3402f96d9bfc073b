package io.sallyport.journey;

import static org.assertj.core.api.Assertions.assertThat;

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
}
