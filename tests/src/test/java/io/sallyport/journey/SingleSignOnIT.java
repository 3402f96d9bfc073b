package io.sallyport.journey;

import static io.sallyport.journey.Claims.assertMfa;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** One sign-in, several applications. */
@Journey
final class SingleSignOnIT {

    private final MfaRealm realm;

    SingleSignOnIT(KeycloakServer server) {
        this.realm = MfaRealm.strict(server);
    }

    @Test
    @DisplayName("TOK-11: a second application gets its token without a second question, with the same time of proof")
    void noSecondQuestion() {
        Member member = realm.enrolled();
        Browser browser = new Browser();
        Tokens first = realm.signIn(browser, member);
        SignIn shop = realm.shop().signIn();

        Tokens second = shop.redeem(browser.open(shop.address())).tokens();

        assertMfa(second.claims());
        assertThat(second.claims().path("mfa_time")).isEqualTo(first.claims().path("mfa_time"));
        assertThat(realm.audit().of(member.id(), "auth.mfa_verified")).hasSize(1);
    }

    @Test
    @DisplayName("FLOW-08: prompt=none is served from a session with MFA")
    void promptNoneIsServed() {
        Member member = realm.enrolled();
        Browser browser = new Browser();
        realm.signIn(browser, member);

        Page silent = browser.open(realm.shop().signIn(Map.of("prompt", "none")).address());

        assertThat(silent.as(Arrived.class).parameter("code")).isPresent();
    }

    @Test
    @DisplayName("FLOW-16: after logout the next sign-in asks again")
    void logoutEndsTheEvidence() {
        Member member = realm.enrolled();
        Browser browser = new Browser();
        Tokens tokens = realm.signIn(browser, member);

        realm.web().logout(tokens.refresh().orElseThrow()).expect(204);

        assertThat(realm.password(browser, realm.web().signIn(), member)).isInstanceOf(ChallengePage.class);
    }

    @Test
    @DisplayName("FLOW: another user in the same browser inherits nothing")
    void anotherUserInheritsNothing() {
        Member first = realm.enrolled();
        Member second = realm.enrolled();
        Browser browser = new Browser();
        Tokens tokens = realm.signIn(browser, first);
        realm.web().logout(tokens.refresh().orElseThrow()).expect(204);

        assertThat(realm.password(browser, realm.web().signIn(), second)).isInstanceOf(ChallengePage.class);
    }

    @Test
    @DisplayName("FLOW-08: a session without MFA is asked when the policy comes to require it")
    void aSessionWithoutMfaIsAskedLater(KeycloakServer server) {
        MfaRealm lax = MfaRealm.setUp(server, Map.of(), Rules.NONE);
        Member member = lax.newcomer();
        Browser browser = new Browser();
        lax.password(browser, lax.web().signIn(), member).as(Arrived.class);

        lax.setUp(Map.of(), Rules.FOR_ALL).expect(200);

        Page silent = browser.open(lax.shop().signIn(Map.of("prompt", "none")).address());
        assertThat(silent.as(Arrived.class).parameter("error")).contains("interaction_required");
        assertThat(browser.open(lax.shop().signIn().address())).isInstanceOf(EnrollTotpPage.class);
    }
}
