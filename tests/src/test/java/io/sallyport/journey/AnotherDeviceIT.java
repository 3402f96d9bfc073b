package io.sallyport.journey;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** LIFE-03: an application sends somebody to add an authenticator app ({@code kc_action=CONFIGURE_TOTP}). */
@Journey
final class AnotherDeviceIT {

    private static final Map<String, String> ADD_DEVICE = Map.of("kc_action", "CONFIGURE_TOTP");

    private final KeycloakServer server;

    AnotherDeviceIT(KeycloakServer server) {
        this.server = server;
    }

    @Test
    @DisplayName("LIFE-03: a session of a stolen password is asked for the factor that is there")
    void aPasswordIsNotEnough() {
        MfaRealm lax = MfaRealm.setUp(server, Map.of(), Rules.NONE);
        String flow = Flows.make(lax, "password-only", "auth-username-password-form");
        Flows.override(lax, "web", "browser", flow);
        Member victim = lax.enrolled();
        Browser thief = new Browser();
        lax.password(thief, lax.web().signIn(), victim).as(Arrived.class);

        ChallengePage asked =
                thief.open(lax.shop().signIn(ADD_DEVICE).address()).as(ChallengePage.class);
        Page pushed = thief.submit(
                asked.html().action("code"),
                Map.of("code", victim.phone().wrongCode(), "label", "mine", "totpSecret", "x", "saved", "on"));

        assertThat(pushed).isInstanceOf(ChallengePage.class);
        assertThat(lax.credentials(victim)).containsOnlyOnce("otp");
    }

    @Test
    @DisplayName("LIFE-03: a proof that has grown old is asked for again, then the device is added")
    void anOldProofIsNotEnough() {
        MfaRealm realm = MfaRealm.strict(server);
        Member member = realm.enrolled();
        Browser browser = new Browser();
        realm.signIn(browser, member);
        growsOld(member);
        SignIn signIn = realm.web().signIn(ADD_DEVICE);

        ChallengePage asked = browser.open(signIn.address()).as(ChallengePage.class);
        EnrollTotpPage enroll = asked.answer(member.phone().nextCode()).as(EnrollTotpPage.class);
        Phone second = Phone.with(enroll.secret());
        // an administrator gave him his first device, without codes: now he gets some
        RecoveryCodesPage codes =
                enroll.confirm(second.nextCode(), "second phone").as(RecoveryCodesPage.class);

        assertThat(signIn.redeem(codes.confirm())
                        .tokens()
                        .claims()
                        .path("mfa_verified")
                        .asBoolean())
                .isTrue();
        assertThat(realm.credentials(member)).filteredOn("otp"::equals).hasSize(2);
        ChallengePage next =
                realm.password(new Browser(), realm.web().signIn(), member).as(ChallengePage.class);
        assertThat(next.answer(second.nextCode(), next.enrollments().get(1))).isInstanceOf(Arrived.class);
    }

    @Test
    @DisplayName("LIFE-03: a fresh proof is enough, and leaving half-way changes nothing")
    void leavingHalfWayChangesNothing() {
        MfaRealm realm = MfaRealm.strict(server);
        Member member = realm.enrolled();
        Browser browser = new Browser();
        realm.signIn(browser, member);

        Page enroll = browser.open(realm.web().signIn(ADD_DEVICE).address());

        assertThat(enroll).isInstanceOf(EnrollTotpPage.class);
        assertThat(realm.credentials(member)).containsOnlyOnce("otp");
        realm.signIn(new Browser(), member);
    }

    @Test
    @DisplayName(
            "CLM-05: who ticks the box ends his other sessions, online, offline and half begun, with the new device; else none")
    void otherSessions() {
        MfaRealm realm = MfaRealm.setUp(server, Map.of("mfa.claim.ttl", "3600"), Rules.FOR_ALL);
        Member member = realm.enrolled();
        Tokens elsewhere = realm.signIn(new Browser(), member);
        Tokens offline = realm.web()
                .password(
                        member.username(),
                        Member.PASSWORD,
                        Map.of("totp", member.phone().nextCode(), "scope", "openid offline_access"))
                .tokens();
        Browser browser = new Browser();
        Tokens here = realm.signIn(browser, member);

        String broken = realm.web()
                .password(member.username(), Member.PASSWORD)
                .reply()
                .json()
                .path("mfa_token")
                .asText();
        SelfService calls = SelfService.in(realm);

        addDevice(realm, browser, Map.of("label", "second phone"));
        assertThat(refresh(realm, elsewhere).granted()).isTrue();
        assertThat(refresh(realm, offline).granted()).isTrue();
        calls.challenge(broken, Map.of("action_type", "sign_in")).expect(200);
        addDevice(realm, browser, Map.of("label", "third phone", "logout-sessions", "on"));

        assertThat(refresh(realm, elsewhere).error()).isEqualTo("invalid_grant");
        assertThat(refresh(realm, offline).error()).isEqualTo("invalid_grant");
        assertThat(realm.web().userinfo(elsewhere.access()).status()).isEqualTo(401);
        assertThat(refresh(realm, here).granted()).as("his own session").isTrue();
        assertThat(calls.verify(
                                broken,
                                Map.of("method", "TOTP", "code", member.phone().nextCode()))
                        .status())
                .isEqualTo(401);
        assertThat(server.database()
                        .rows("SELECT * FROM MFA_CHALLENGE WHERE USER_ID = ? AND STATUS = 'PENDING'", member.id()))
                .isEmpty();
    }

    private static void addDevice(MfaRealm realm, Browser browser, Map<String, String> fields) {
        EnrollTotpPage page =
                browser.open(realm.web().signIn(ADD_DEVICE).address()).as(EnrollTotpPage.class);
        Map<String, String> all = new HashMap<>(fields);
        all.put("code", Phone.with(page.secret()).nextCode());
        Page next = page.confirm(all);
        if (next instanceof RecoveryCodesPage codes) {
            next = codes.confirm();
        }
        assertThat(next).isInstanceOf(Arrived.class);
    }

    private static TokenReply refresh(MfaRealm realm, Tokens tokens) {
        return realm.web().refresh(tokens.refresh().orElseThrow());
    }

    private void growsOld(Member member) {
        int rows = server.database()
                .update(
                        "UPDATE MFA_EVIDENCE SET VERIFIED_AT = VERIFIED_AT - ? WHERE USER_ID = ?",
                        301_000L,
                        member.id());
        assertThat(rows).isEqualTo(1);
    }
}
