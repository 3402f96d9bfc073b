package io.sallyport.journey;

import static io.sallyport.journey.Claims.assertMfa;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** A browser flow in which nobody thought of MFA: the gate stands at its end. */
@Journey
final class GateIT {

    private final MfaRealm realm;

    GateIT(KeycloakServer server) {
        this.realm = MfaRealm.strict(server);
        String flow = Flows.make(realm, "password-only", "auth-username-password-form");
        Flows.override(realm, "web", "browser", flow);
    }

    @Test
    @DisplayName("FLOW-01: the password leads to the challenge, not to a code")
    void theGateAsksForACode() {
        Member member = realm.enrolled();
        SignIn signIn = realm.web().signIn();

        ChallengePage challenge = realm.password(new Browser(), signIn, member).as(ChallengePage.class);

        assertMfa(signIn.redeem(challenge.answer(member.phone().nextCode()))
                .tokens()
                .claims());
    }

    @Test
    @DisplayName("FLOW-01: a pending challenge opens no other application")
    void aPendingChallengeOpensNothingElse() {
        Member member = realm.enrolled();
        Browser browser = new Browser();
        realm.password(browser, realm.web().signIn(), member).as(ChallengePage.class);

        Page shop = browser.open(realm.shop().signIn().address());
        Page silent = browser.open(realm.shop().signIn(Map.of("prompt", "none")).address());

        assertThat(shop).isNotInstanceOf(Arrived.class);
        assertThat(silent.as(Arrived.class).parameter("code")).isEmpty();
        assertThat(silent.as(Arrived.class).parameter("error")).contains("login_required");
    }

    @Test
    @DisplayName("TOTP-17: a wrong code leads back to the gate's question and is counted")
    void aWrongCodeIsCounted() {
        Member member = realm.enrolled();
        ChallengePage challenge =
                realm.password(new Browser(), realm.web().signIn(), member).as(ChallengePage.class);

        Page again = challenge.answer(member.phone().wrongCode());

        assertThat(again).isInstanceOf(ChallengePage.class);
        assertThat(realm.audit().of(member.id(), "auth.mfa_failed")).hasSize(1);
    }

    @Test
    @DisplayName("POL-08: who has no factor is sent to enroll one")
    void whoHasNoFactorEnrolls() {
        assertThat(realm.password(new Browser(), realm.web().signIn(), realm.newcomer()))
                .isInstanceOf(EnrollTotpPage.class);
    }

    @Test
    @DisplayName("TOK-12: implicit and hybrid responses hold nothing before MFA and true claims after it")
    void nothingInTheFragmentBeforeMfa() {
        for (String type : new String[] {"token", "id_token", "id_token token", "code id_token", "code token"}) {
            Member member = realm.enrolled();
            SignIn signIn = realm.web()
                    .signIn(Map.of("response_type", type, "code_challenge", "", "code_challenge_method", ""));

            ChallengePage challenge =
                    realm.password(new Browser(), signIn, member).as(ChallengePage.class);
            Arrived arrived = challenge.answer(member.phone().nextCode()).as(Arrived.class);

            String token = type.contains("id_token") ? "id_token" : "access_token";
            assertMfa(Jwt.claims(arrived.parameter(token).orElseThrow()));
        }
    }
}
