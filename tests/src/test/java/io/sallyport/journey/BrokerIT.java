package io.sallyport.journey;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** People for whom an identity provider vouches: whose word stands for MFA, and what becomes of the others. */
@Journey
final class BrokerIT {

    private static final List<Map<String, Object>> NOTHING = List.of();
    private static final Map<String, Object> EVERYBODY = Map.of("name", "everybody", "required", true);
    private static final Map<String, Object> NAMED =
            Map.of("name", "named", "required", true, "when", Map.of("identity_providers", List.of("named")));

    private final Upstream upstream;
    private final MfaRealm realm;

    BrokerIT(KeycloakServer server) {
        this.upstream = Upstream.on(server);
        this.realm = MfaRealm.stock(server);
        List.of("corp", "partner", "named").forEach(alias -> upstream.vouchesFor(realm, alias));
        realm.setUp(Map.of("mfa.sso.trusted-providers", "corp,named"), Map.of("rules", List.of(EVERYBODY, NAMED)))
                .expect(200);
    }

    @Test
    @DisplayName("A provider that is not trusted: refused, MFA_NOT_SUPPORTED_FOR_SSO, on the record, at every sign-in")
    void anUntrustedProvidersWordIsNotEnough() {
        Member here = upstream.realm().enrolled();

        assertUnsupported(come("partner", here));
        assertUnsupported(come("partner", here));

        assertThat(realm.audit().of(userId(here), "auth.mfa_token_refused"))
                .hasSize(2)
                .allMatch(row -> row.reason().equals("mfa_not_supported_for_sso"));
    }

    @Test
    @DisplayName("A provider that is not trusted: who has a factor here proves it")
    void whoHasAFactorProvesIt() {
        Member here = upstream.realm().enrolled();
        Member guest = upstream.guest(realm, "partner", here, List.of(MfaRealm.stockTotp(here.secret())));
        SignIn signIn = by("partner");

        ChallengePage asked = upstream.come(new Browser(), signIn, here).as(ChallengePage.class);

        Tokens tokens = signIn.redeem(asked.answer(guest.phone().nextCode())).tokens();
        assertThat(tokens.claims().path("mfa_verified").asBoolean()).isTrue();
    }

    @Test
    @DisplayName("A provider that is not trusted: who has a password here sets up a factor")
    void whoHasAPasswordSetsUpAFactor() {
        Member here = upstream.realm().newcomer();
        upstream.guest(realm, "partner", here, List.of(Map.of("type", "password", "value", Member.PASSWORD)));

        assertThat(come("partner", here)).isInstanceOf(EnrollTotpPage.class);
    }

    @Test
    @DisplayName(
            "A trusted provider that says mfa stands for MFA: on the record, without claims, until it is no longer")
    void aTrustedProvidersWordStandsForMfa() {
        MfaRealm own = MfaRealm.stock(realm.server());
        upstream.vouchesFor(own, "corp");
        own.setUp(Map.of("mfa.sso.trusted-providers", "corp"), Rules.FOR_ALL).expect(200);
        Member here = upstream.realm().enrolled();
        Member guest = upstream.guest(own, "corp", here, NOTHING);
        Browser browser = new Browser();
        SignIn signIn = own.web().signIn(Map.of("kc_idp_hint", "corp"));

        Tokens tokens = signIn.redeem(upstream.come(browser, signIn, here)).tokens();

        assertThat(tokens.claims().has("mfa_verified")).isFalse();
        assertThat(tokens.claims().path("acr").asText()).isNotEqualTo("mfa");
        assertThat(tokens.idClaims().has("mfa_verified")).isFalse();
        assertThat(own.audit().of(guest.id(), "auth.mfa_skipped"))
                .singleElement()
                .satisfies(row -> {
                    assertThat(row.reason()).isEqualTo("exempt_by_provider");
                    assertThat(row.detail("identity_provider")).isEqualTo("corp");
                });
        Tokens refreshed = own.web().refresh(tokens.refresh().orElseThrow()).tokens();
        assertThat(refreshed.claims().has("mfa_verified")).isFalse();
        SignIn silent = own.shop().signIn(Map.of("prompt", "none"));
        assertThat(silent.redeem(browser.open(silent.address())).granted()).isTrue();

        SettingsApi.of(own).change(Map.of("mfa.sso.trusted-providers", "")).expect(200);

        assertThat(own.web().refresh(refreshed.refresh().orElseThrow()).error()).isEqualTo("mfa_required");
        Page none = browser.open(own.shop().signIn(Map.of("prompt", "none")).address());
        assertThat(none.as(Arrived.class).parameter("error")).contains("interaction_required");
        assertUnsupported(browser.open(own.shop().signIn().address()));
    }

    @Test
    @DisplayName("A trusted provider that says nothing of MFA is like one that is not trusted")
    void withoutMfaThereTheWordIsNotEnough() {
        Member here = upstream.realm().newcomer();
        upstream.guest(realm, "corp", here, NOTHING);

        assertUnsupported(come("corp", here));
    }

    @Test
    @DisplayName("The link must be older: a trusted provider's word does not count at the first sign-in, then it does")
    void atTheFirstSignInTheWordIsNotEnough() {
        Member here = upstream.realm().enrolled();

        assertUnsupported(come("corp", here));

        SignIn second = by("corp");
        assertThat(second.redeem(upstream.come(new Browser(), second, here)).granted())
                .isTrue();
    }

    @Test
    @DisplayName("A rule that names the provider decides: a factor is set up here, whatever the provider says")
    void aRuleThatNamesTheProviderDecides() {
        Member here = upstream.realm().enrolled();
        upstream.guest(realm, "named", here, NOTHING);

        assertThat(come("named", here)).isInstanceOf(EnrollTotpPage.class);
    }

    @Test
    @DisplayName("With mfa.sso.enrollment whoever comes by a provider may set up a factor")
    void theSettingLetsThemEnroll() {
        MfaRealm own = MfaRealm.stock(realm.server());
        upstream.vouchesFor(own, "corp");
        own.setUp(Map.of("mfa.sso.enrollment", "true"), Rules.FOR_ALL).expect(200);

        Page page = upstream.come(
                new Browser(),
                own.web().signIn(Map.of("kc_idp_hint", "corp")),
                upstream.realm().newcomer());

        assertThat(page).isInstanceOf(EnrollTotpPage.class);
    }

    @Test
    @DisplayName("A password given here ends the trust: the same session is asked for MFA")
    void aPasswordEndsTheTrust() {
        Member here = upstream.realm().enrolled();
        upstream.guest(realm, "corp", here, List.of(Map.of("type", "password", "value", Member.PASSWORD)));
        Browser browser = new Browser();
        SignIn signIn = by("corp");
        Tokens tokens = signIn.redeem(upstream.come(browser, signIn, here)).tokens();

        Page again = browser.open(realm.web().signIn(Map.of("prompt", "login")).address())
                .as(LoginPage.class)
                .signIn(here.username(), Member.PASSWORD);

        assertThat(again).isInstanceOf(EnrollTotpPage.class);
        assertThat(tokens.claims().has("mfa_verified")).isFalse();
    }

    @Test
    @DisplayName("LOCK-06: who is locked gets no token, whatever his provider says")
    void whoIsLockedGetsNoToken() {
        Member here = upstream.realm().enrolled();
        Member guest = upstream.guest(
                realm,
                "corp",
                here,
                List.of(Map.of("type", "password", "value", Member.PASSWORD), MfaRealm.stockTotp(here.secret())));
        for (int i = 0; i < 5; i++) {
            realm.backend()
                    .password(guest.username(), Member.PASSWORD, guest.phone().wrongCode());
        }
        SignIn signIn = by("corp");

        TokenReply reply = signIn.redeem(upstream.come(new Browser(), signIn, here));

        assertThat(reply.granted()).isFalse();
        assertThat(reply.error()).isEqualTo("invalid_grant");
    }

    @Test
    @DisplayName("Only providers that there are can be trusted, and none by the name of one that is gone")
    void onlyAProviderThatThereIsIsTrusted() {
        MfaRealm own = MfaRealm.stock(realm.server());
        upstream.vouchesFor(own, "corp");
        own.setUp(Map.of("mfa.sso.trusted-providers", "corp"), Rules.FOR_ALL).expect(200);

        assertThat(SettingsApi.of(own)
                        .change(Map.of("mfa.sso.trusted-providers", "corp,nobody"))
                        .expect(400)
                        .body())
                .contains("there is no nobody");
        assertThat(own.admin()
                        .delete(own.name() + "/identity-provider/instances/corp")
                        .status())
                .isEqualTo(204);

        assertThat(SettingsApi.of(own)
                        .one("mfa.sso.trusted-providers")
                        .path("value")
                        .asText())
                .isEmpty();
    }

    private SignIn by(String alias) {
        return realm.web().signIn(Map.of("kc_idp_hint", alias));
    }

    private Page come(String alias, Member here) {
        return upstream.come(new Browser(), by(alias), here);
    }

    private String userId(Member here) {
        return realm.admin()
                .get(realm.name() + "/users?exact=true&username=" + here.username())
                .path(0)
                .path("id")
                .asText();
    }

    private static void assertUnsupported(Page page) {
        ErrorPage refused = page.as(ErrorPage.class);
        assertThat(refused.html().reply().status()).isEqualTo(403);
        assertThat(refused.message()).contains("MFA_NOT_SUPPORTED_FOR_SSO", "38010");
    }
}
