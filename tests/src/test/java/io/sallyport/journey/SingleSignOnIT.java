package io.sallyport.journey;

import static io.sallyport.journey.Claims.assertMfa;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
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
    @DisplayName("TOK-11: an application that asks for more gets nothing for the proof of the first, which goes on")
    void moreIsAsked(KeycloakServer server) {
        Map<String, Object> everybody = Map.of("name", "everybody", "required", true);
        Map<String, Object> shop = Map.of(
                "name",
                "shop",
                "required",
                true,
                "strength",
                "PHISHING_RESISTANT",
                "when",
                Map.of("clients", List.of("shop")));
        MfaRealm own = MfaRealm.setUp(server, Map.of(), Map.of("rules", List.of(everybody, shop)));
        Browser browser = new Browser();
        Tokens first = own.signIn(browser, own.enrolled());

        assertThat(browser.open(own.shop().signIn().address())).isNotInstanceOf(Arrived.class);
        Page silent = browser.open(own.shop().signIn(Map.of("prompt", "none")).address());
        assertThat(silent.as(Arrived.class).parameter("code")).isEmpty();
        assertMfa(own.web().refresh(first.refresh().orElseThrow()).tokens().claims());
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
