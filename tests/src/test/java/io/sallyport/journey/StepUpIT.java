package io.sallyport.journey;

import static io.sallyport.journey.Claims.assertMfa;
import static io.sallyport.journey.Claims.assertNoMfa;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An application asks for MFA within a live session, by {@code acr}. */
@Journey
final class StepUpIT {

    private static final Map<String, String> VOLUNTARY = Map.of("acr_values", "mfa");
    private static final Map<String, String> ESSENTIAL =
            Map.of("claims", "{\"id_token\":{\"acr\":{\"essential\":true,\"values\":[\"mfa\"]}}}");

    private final MfaRealm free;
    private final MfaRealm strict;
    private final Database database;

    StepUpIT(KeycloakServer server) {
        this.free = MfaRealm.setUp(server, Map.of(), Rules.NONE);
        this.strict = MfaRealm.strict(server);
        this.database = server.database();
    }

    @Test
    @DisplayName("SU-01, CLM-01: acr_values=mfa asks for a fresh factor, not for the password, and all tokens say so")
    void theFactorIsAskedAgain() {
        Member member = free.enrolled();
        Browser browser = new Browser();
        free.signIn(browser, member);
        age(member, 400);
        SignIn silent = free.shop().signIn();
        assertNoMfa(silent.redeem(browser.open(silent.address())).tokens().claims());
        SignIn signIn = free.shop().signIn(VOLUNTARY);

        ChallengePage asked = browser.open(signIn.address()).as(ChallengePage.class);
        ChallengePage again = asked.answer(member.phone().wrongCode()).as(ChallengePage.class);
        Tokens tokens = signIn.redeem(again.answer(member.phone().nextCode())).tokens();

        assertMfa(tokens.claims());
        assertMfa(tokens.idClaims());
        assertThat(free.shop()
                        .userinfo(tokens.access())
                        .expect(200)
                        .json()
                        .path("acr")
                        .asText())
                .isEqualTo("mfa");
        age(member, 400);
        Tokens later = free.shop().refresh(tokens.refresh().orElseThrow()).tokens();
        assertNoMfa(later.claims());
        assertNoMfa(later.idClaims());
    }

    @Test
    @DisplayName("FLOW-08: prompt=none is served while the proof is fresh, then it is interaction_required")
    void promptNone() {
        Member member = strict.enrolled();
        Browser browser = new Browser();
        strict.signIn(browser, member);
        URI silent = strict.shop()
                .signIn(Map.of("prompt", "none", "acr_values", "mfa"))
                .address();

        assertThat(browser.open(silent).as(Arrived.class).parameter("code")).isPresent();
        age(member, 400);
        assertThat(browser.open(silent).as(Arrived.class).parameter("error")).contains("interaction_required");
        assertThat(browser.open(strict.shop().signIn(Map.of("prompt", "none")).address())
                        .as(Arrived.class)
                        .parameter("code"))
                .isPresent();
    }

    @ParameterizedTest
    @ValueSource(strings = {"query", "pushed", "unsigned", "signed"})
    @DisplayName("FLOW-10: an essential acr is asked for in whatever form the request comes")
    void everyForm(String form) {
        Member member = free.enrolled();
        Browser browser = new Browser();
        free.signIn(browser, member);
        age(member, 400);
        OidcClient client = free.backend();
        SignIn signIn = client.signIn(ESSENTIAL);
        URI address = Requests.as(form, client, signIn);

        ChallengePage asked = browser.open(address).as(ChallengePage.class);

        assertMfa(
                signIn.redeem(asked.answer(member.phone().nextCode())).tokens().claims());
    }

    @Test
    @DisplayName("FLOW-10: what a client strips or adds never weakens the policy, and acr tells the truth")
    void nothingIsWeakened() {
        for (Map<String, String> more : List.of(
                Map.of("acr_values", "0"),
                Map.of("acr_values", "1 nonsense"),
                Map.of("claims", "{\"id_token\":{\"acr\":{\"values\":[\"0\"]}}}"),
                Map.of("claims", "not json"),
                Map.of("max_age", "999999"),
                Map.of("scope", "openid profile"))) {
            Member member = strict.enrolled();
            SignIn signIn = strict.web().signIn(more);

            ChallengePage asked = strict.password(new Browser(), signIn, member).as(ChallengePage.class);

            assertMfa(signIn.redeem(asked.answer(member.phone().nextCode()))
                    .tokens()
                    .claims());
        }
    }

    @Test
    @DisplayName("max_age=0 and prompt=login ask for the password as ever, beside acr_values=mfa too")
    void thePasswordIsAskedWhereTheClientWantsIt() {
        Member member = free.enrolled();
        Browser browser = new Browser();
        free.signIn(browser, member);
        age(member, 400);

        SignIn signIn = free.web().signIn(Map.of("acr_values", "mfa", "prompt", "login"));
        Page next = browser.open(signIn.address()).as(LoginPage.class).signIn(member.username(), Member.PASSWORD);

        assertMfa(
                signIn.redeem(next.as(ChallengePage.class).answer(member.phone().nextCode()))
                        .tokens()
                        .claims());
    }

    @Test
    @DisplayName("A recovery code is no fresh factor: the step-up does not take one")
    void aRecoveryCodeIsNone() {
        Member newcomer = strict.newcomer();
        Browser browser = new Browser();
        EnrollTotpPage page =
                strict.password(browser, strict.web().signIn(), newcomer).as(EnrollTotpPage.class);
        Phone phone = Phone.with(page.secret());
        RecoveryCodesPage codes = page.confirm(phone.nextCode(), "phone").as(RecoveryCodesPage.class);
        codes.confirm().as(Arrived.class);
        age(newcomer, 400);
        ChallengePage asked =
                browser.open(strict.shop().signIn(VOLUNTARY).address()).as(ChallengePage.class);

        Page refused = asked.html().submit("code", Map.of("code", codes.codes().get(0), "method", "RECOVERY_CODE"));

        assertThat(refused).isInstanceOf(ChallengePage.class);
        assertThat(refused.as(ChallengePage.class).answer(phone.nextCode())).isInstanceOf(Arrived.class);
    }

    @Test
    @DisplayName(
            "Who has no factor sets one up; who can't have one: a wish is no error, a demand ends with the standard one")
    void nothingToProve() {
        Member newcomer = free.newcomer();
        assertThat(free.password(new Browser(), free.web().signIn(VOLUNTARY), newcomer))
                .isInstanceOf(EnrollTotpPage.class);

        Member robbed = free.enrolled();
        free.signIn(new Browser(), robbed);
        removeFactor(free, robbed);
        SignIn wish = free.web().signIn(VOLUNTARY);
        Page arrived = free.password(new Browser(), wish, robbed);
        Page ended = free.password(new Browser(), free.web().signIn(ESSENTIAL), robbed);

        assertNoMfa(wish.redeem(arrived).tokens().claims());
        assertThat(ended.as(Arrived.class).parameter("error")).contains("unmet_authentication_requirements");
        assertThat(ended.as(Arrived.class).parameter("code")).isEmpty();
        assertThat(ended.as(Arrived.class).parameter("state")).isPresent();
    }

    @Test
    @DisplayName("LOCK-08: a locked user sees the lock, and no fresh proof is taken from before it")
    void aLockedUserSeesTheLock() {
        Member member = free.enrolled();
        Browser browser = new Browser();
        free.signIn(browser, member);
        Page page = free.password(new Browser(), free.web().signIn(), member);
        for (int i = 0; i < 5; i++) {
            page = page.as(ChallengePage.class).answer(member.phone().wrongCode());
        }

        assertThat(page).isInstanceOf(LockedPage.class);
        assertThat(browser.open(free.shop().signIn(VOLUNTARY).address())).isInstanceOf(LockedPage.class);
    }

    @Test
    @DisplayName("A client's own map of acr values knows mfa too, and its default and minimum are asked for")
    void aClientsOwnMap() {
        free.addClient(
                "mapped",
                Map.of(
                        "publicClient",
                        true,
                        "attributes",
                        Map.of("acr.loa.map", "{\"silver\":1,\"mfa\":7}", "default.acr.values", "mfa")));
        OidcClient mapped = new OidcClient(free.address(), "mapped", Optional.empty(), MfaRealm.CALLBACK);
        Member member = free.enrolled();
        Browser browser = new Browser();
        free.signIn(browser, member);
        age(member, 400);
        SignIn signIn = mapped.signIn();

        ChallengePage asked = browser.open(signIn.address()).as(ChallengePage.class);

        assertMfa(
                signIn.redeem(asked.answer(member.phone().nextCode())).tokens().claims());
    }

    @Test
    @DisplayName("FLOW-10: acr_values=mfa holds beside a client's minimum that is another value")
    void anotherMinimum() {
        free.addClient(
                "minimal",
                Map.of(
                        "publicClient",
                        true,
                        "attributes",
                        Map.of("acr.loa.map", "{\"silver\":1,\"mfa\":-1}", "minimum.acr.value", "silver")));
        OidcClient minimal = new OidcClient(free.address(), "minimal", Optional.empty(), MfaRealm.CALLBACK);
        Member member = free.enrolled();
        SignIn signIn = minimal.signIn(VOLUNTARY);

        ChallengePage asked = free.password(new Browser(), signIn, member).as(ChallengePage.class);

        assertMfa(
                signIn.redeem(asked.answer(member.phone().nextCode())).tokens().claims());
    }

    @Test
    @DisplayName("A map that nobody can read is told at set-up, and left as it is")
    void aBrokenMap(KeycloakServer server) {
        MfaRealm realm = MfaRealm.stock(server);
        realm.change(Map.of("attributes", Map.of("acr.loa.map", "{\"silver\":1,")));

        Reply refused = realm.setUp(Map.of(), Rules.NONE);

        assertThat(refused.status()).as(refused.body()).isEqualTo(400);
        assertThat(refused.body()).contains("acr.loa.map of the realm");
        assertThat(map(realm)).isEqualTo("{\"silver\":1,");
        assertThat(map(strict)).contains("mfa");
        strict.change(Map.of("attributes", Map.of("acr.loa.map", "{\"silver\":1,")));
        assertThat(map(strict)).isEqualTo("{\"silver\":1,");
        strict.change(Map.of("attributes", Map.of("acr.loa.map", "{\"silver\":1}")));
        assertThat(map(strict)).isEqualTo("{\"silver\":1,\"mfa\":-1}");
    }

    @Test
    @DisplayName("LIFE-01: the account REST removes a factor by a fresh proof, and refuses without")
    void accountRest() {
        Member member = strict.enrolledWith("JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP");
        AccountApi account = AccountApi.of(strict, strict.signIn(new Browser(), member));
        List<String> ids = strict
                .admin()
                .get(strict.name() + "/users/" + member.id() + "/credentials")
                .findParents("credentialData")
                .stream()
                .filter(credential -> credential.path("type").asText().equals("otp"))
                .map(credential -> credential.path("id").asText())
                .toList();
        age(member, 400);
        assertThat(account.remove(ids.get(1)).status()).isEqualTo(403);
        age(member, -400);

        account.remove(ids.get(1)).expect(204);

        assertThat(strict.credentials(member)).containsOnlyOnce("otp");
    }

    @Test
    @DisplayName("Set-up puts mfa into the realm's map, keeps and restores it on the record, and takes it back")
    void theMapOfTheRealm(KeycloakServer server) {
        MfaRealm realm = MfaRealm.stock(server);
        realm.change(Map.of("attributes", Map.of("acr.loa.map", "{\"silver\":1}")));
        realm.setUp(Map.of(), Rules.NONE).expect(200);
        assertThat(map(realm)).isEqualTo("{\"silver\":1,\"mfa\":-1}");
        assertThat(realm.setUp(Map.of(), Rules.NONE).expect(200).body()).doesNotContain("acr.loa.map");

        realm.change(Map.of("attributes", Map.of("acr.loa.map", "{\"silver\":2}")));
        assertThat(map(realm)).isEqualTo("{\"silver\":2,\"mfa\":-1}");
        assertThat(realm.admin()
                        .get(realm.name() + "/mfa/audit?type=auth.mfa_settings_changed")
                        .toString())
                .contains("mirror_restored", "acr.loa.map");

        realm.admin().delete(realm.name() + "/mfa/setup?reason=over").expect(200, 204);
        assertThat(map(realm)).isEqualTo("{\"silver\":2}");
    }

    @Test
    @DisplayName(
            "SAML: RequestedAuthnContext asks for a fresh factor where the realm names mfa in acr.uri.map, and is answered")
    void saml() {
        String uri = "https://refeds.org/profile/mfa";
        Saml.addTo(free);
        free.change(Map.of("attributes", Map.of("acr.uri.map", "{\"mfa\":\"" + uri + "\"}")));
        Member member = free.enrolled();
        Browser browser = new Browser();
        free.signIn(browser, member);
        age(member, 400);

        SamlPage plain = browser.open(Saml.request(free)).as(SamlPage.class);
        ChallengePage asked = browser.open(Saml.request(free, "exact", uri)).as(ChallengePage.class);
        SamlPage answer = asked.answer(member.phone().nextCode()).as(SamlPage.class);

        assertThat(plain.response()).doesNotContain(uri);
        assertThat(answer.response()).contains("AuthnContextClassRef", uri, member.username());
        age(member, 400);
        assertThat(browser.open(Saml.request(free, "minimum", uri))).isInstanceOf(ChallengePage.class);
        SamlPage better = browser.open(Saml.request(free, "better", uri)).as(SamlPage.class);
        assertThat(better.response()).contains("NoAuthnContext").doesNotContain("<saml:Assertion");
    }

    private static String map(MfaRealm realm) {
        return realm.admin()
                .get(realm.name())
                .path("attributes")
                .path("acr.loa.map")
                .asText();
    }

    private static void removeFactor(MfaRealm realm, Member member) {
        String user = realm.name() + "/users/" + member.id() + "/credentials";
        realm.admin().get(user).forEach(credential -> {
            if (credential.path("type").asText().equals("otp")) {
                realm.admin()
                        .delete(user + "/" + credential.path("id").asText())
                        .expect(204);
            }
        });
    }

    /** As if every proof of the member had been given so much earlier. */
    private void age(Member member, int seconds) {
        int rows = database.update(
                "UPDATE MFA_EVIDENCE SET VERIFIED_AT = VERIFIED_AT - ? WHERE USER_ID = ?",
                seconds * 1000L,
                member.id());
        assertThat(rows).isPositive();
    }
}
