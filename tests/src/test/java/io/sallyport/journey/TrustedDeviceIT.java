package io.sallyport.journey;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A browser that its user trusts asks for no factor again, and nothing more. */
@ExtendWith(SharedServer.class)
final class TrustedDeviceIT {

    private static final String COOKIE = "MFA_DEVICE";

    private final KeycloakServer server;
    private final MfaRealm realm;

    TrustedDeviceIT(KeycloakServer server) {
        this.server = server;
        this.realm = MfaRealm.setUp(server, Map.of("mfa.trusted-device.days", "30"), Rules.FOR_ALL);
    }

    @Test
    @DisplayName(
            "POL-15: the cookie is opaque, for the server alone, and lets in without a claim; the direct grant asks")
    void aTrustedBrowserIsLetInWithoutAClaim() {
        Member member = realm.enrolled();
        Browser browser = new Browser();
        trust(realm, browser, member);
        logOut(member);

        SignIn signIn = realm.web().signIn();
        Page arrived = realm.password(browser, signIn, member);

        Tokens tokens = signIn.redeem(arrived).tokens();
        assertThat(tokens.claims().has("mfa_verified")).isFalse();
        assertThat(tokens.claims().path("acr").asText()).isNotEqualTo("mfa");
        assertThat(realm.web().refresh(tokens.refresh().orElseThrow()).granted())
                .isTrue();
        assertThat(browser.cookie(COOKIE).orElseThrow()).matches("[A-Za-z0-9_-]{43}");
        List<Map<String, String>> rows =
                server.database().rows("select * from MFA_DEVICE where USER_ID = ?", member.id());
        assertThat(rows).hasSize(1);
        assertThat(rows.toString()).doesNotContain(browser.cookie(COOKIE).orElseThrow());
        assertThat(realm.audit().of(member.id(), "auth.mfa_skipped"))
                .extracting(Audit.Row::reason)
                .contains("trusted_device");
        assertThat(realm.backend().password(member.username(), Member.PASSWORD).error())
                .isEqualTo("mfa_required");
    }

    @Test
    @DisplayName("POL-16: somebody else's cookie is worth nothing")
    void anotherOnesCookieIsWorthNothing() {
        Browser browser = new Browser();
        trust(realm, browser, realm.enrolled());

        Page asked = realm.password(
                new Browser(
                        Map.of("Cookie", COOKIE + "=" + browser.cookie(COOKIE).orElseThrow())),
                realm.web().signIn(),
                realm.enrolled());

        assertThat(asked).isInstanceOf(ChallengePage.class);
    }

    @Test
    @DisplayName("A new password ends the trust")
    void aNewPasswordEndsIt() {
        Member member = realm.enrolled();
        Browser browser = new Browser();
        trust(realm, browser, member);
        logOut(member);
        realm.admin()
                .put(
                        realm.name() + "/users/" + member.id() + "/reset-password",
                        Map.of("type", "password", "value", Member.PASSWORD, "temporary", false));

        assertThat(realm.password(browser, realm.web().signIn(), member)).isInstanceOf(ChallengePage.class);
    }

    @Test
    @DisplayName("A lock, a changed rule and the setting end the trust")
    void aLockAndAChangeEndIt() {
        MfaRealm other = MfaRealm.setUp(server, Map.of("mfa.trusted-device.days", "30"), Rules.FOR_ALL);
        Member locked = other.enrolled();
        trust(other, new Browser(), locked);
        ChallengePage asked =
                other.password(new Browser(), other.web().signIn(), locked).as(ChallengePage.class);
        for (int i = 0; i < 4; i++) {
            asked = asked.answer(locked.phone().wrongCode()).as(ChallengePage.class);
        }
        assertThat(asked.answer(locked.phone().wrongCode())).isInstanceOf(LockedPage.class);
        assertThat(server.database().rows("select * from MFA_DEVICE where USER_ID = ?", locked.id()))
                .isEmpty();

        Member member = other.enrolled();
        Browser browser = new Browser();
        trust(other, browser, member);
        logOut(other, member);
        other.setUp(Map.of(), Rules.document(Map.of("name", "everybody, again", "required", true)))
                .expect(200);
        assertThat(other.password(browser, other.web().signIn(), member)).isInstanceOf(ChallengePage.class);
    }

    @Test
    @DisplayName("Off by default: no box, and a box that is posted anyway has no effect")
    void offByDefault() {
        MfaRealm without = MfaRealm.strict(server);
        Member member = without.enrolled();
        Browser browser = new Browser();

        trust(without, browser, member);

        assertThat(browser.cookie(COOKIE)).isEmpty();
        assertThat(server.database().rows("select * from MFA_DEVICE where USER_ID = ?", member.id()))
                .isEmpty();
    }

    private static void trust(MfaRealm realm, Browser browser, Member member) {
        SignIn signIn = realm.web().signIn();
        ChallengePage asked = realm.password(browser, signIn, member).as(ChallengePage.class);
        Page arrived = browser.submit(
                asked.html().action("code"),
                Map.of("method", "TOTP", "code", member.phone().nextCode(), "trust", "on"));
        assertThat(signIn.redeem(arrived).tokens().claims().path("mfa_verified").asBoolean())
                .isTrue();
    }

    private void logOut(Member member) {
        logOut(realm, member);
    }

    private static void logOut(MfaRealm realm, Member member) {
        realm.admin().post(realm.name() + "/users/" + member.id() + "/logout", Map.of());
    }
}
