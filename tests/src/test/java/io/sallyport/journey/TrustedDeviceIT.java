package io.sallyport.journey;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A browser that its user trusts asks for no factor again, and nothing more. */
@ExtendWith(SharedServer.class)
final class TrustedDeviceIT {

    private static final String COOKIE = "MFA_DEVICE";
    private static final String FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0";
    private static final String CHROME =
            "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36";

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
        Member member = realm.enrolled();
        Browser browser = new Browser();
        trust(realm, browser, member);
        Map<String, String> cookie =
                Map.of("Cookie", COOKIE + "=" + browser.cookie(COOKIE).orElseThrow());

        Page asked = realm.password(new Browser(cookie), realm.web().signIn(), realm.enrolled());
        Page passed = realm.password(new Browser(cookie), realm.web().signIn(), member);

        assertThat(asked).isInstanceOf(ChallengePage.class);
        assertThat(passed)
                .as("the same cookie, presented in the same way, by whose it is")
                .isInstanceOf(Arrived.class);
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

    @Test
    @DisplayName("POL-15: a user lists the browsers that he trusts and ends one, by no more than his live session")
    void aUserListsAndEndsThem() {
        Member member = realm.enrolled();
        Browser desk = new Browser(Map.of("User-Agent", FIREFOX));
        Browser laptop = new Browser(Map.of("User-Agent", CHROME));
        trust(realm, desk, member);
        trust(realm, laptop, member);

        Html list = list(desk);
        String deskId = id(list, "Firefox, Linux");
        String laptopId = id(list, "Chrome, Windows");
        assertThat(current(list)).containsExactly(deskId);
        assertThat(list.reply().body())
                .doesNotContain(desk.cookie(COOKIE).orElseThrow(), FIREFOX)
                .doesNotContain(laptop.cookie(COOKIE).orElseThrow(), CHROME);
        Html shorter =
                list.submit("end", Map.of("end", laptopId)).as(OtherPage.class).html();

        assertThat(ids(shorter)).containsExactly(deskId);
        assertThat(realm.audit().of(member.id(), "auth.mfa_device_ended"))
                .singleElement()
                .satisfies(row -> assertThat(row.detail("device_id")).isEqualTo(laptopId));
        assertThat(shorter.submit("done", Map.of("done", "true"))).isInstanceOf(Arrived.class);
        logOut(member);
        assertThat(realm.password(laptop, realm.web().signIn(), member)).isInstanceOf(ChallengePage.class);
        assertThat(realm.password(desk, realm.web().signIn(), member)).isInstanceOf(Arrived.class);
    }

    @Test
    @DisplayName("POL-15: to end all also ends what this session lives on: it proves a factor, or gets nothing")
    void endingAllEndsThisOneToo() {
        Member member = realm.enrolled();
        Browser browser = new Browser();
        trust(realm, browser, member);
        logOut(member);
        SignIn signIn = realm.web().signIn();
        Tokens tokens = signIn.redeem(realm.password(browser, signIn, member)).tokens();
        trust(realm, new Browser(), member);

        Html list = list(browser);
        assertThat(ids(list)).hasSize(2);
        assertThat(list.document().text()).contains("Last used");
        Html none = list.submit("end-all", Map.of("end-all", "true"))
                .as(OtherPage.class)
                .html();

        assertThat(ids(none)).isEmpty();
        assertThat(none.submit("done", Map.of("done", "true"))).isInstanceOf(ChallengePage.class);
        assertThat(realm.web().refresh(tokens.refresh().orElseThrow()).error()).isEqualTo("mfa_required");
    }

    @Test
    @DisplayName("POL-16: nobody ends or sees somebody else's, nor anything before he proved his factor")
    void somebodyElsesAreOutOfReach() {
        Member member = realm.enrolled();
        Member other = realm.enrolled();
        trust(realm, new Browser(), member);
        Browser browser = new Browser();
        trust(realm, browser, other);
        String foreign = server.database()
                .rows("select DEVICE_ID from MFA_DEVICE where USER_ID = ?", member.id())
                .get(0)
                .get("DEVICE_ID");

        Html list = list(browser);
        Html after =
                list.submit("end", Map.of("end", foreign)).as(OtherPage.class).html();
        Page early = realm.password(new Browser(), realm.web().signIn(Map.of("kc_action", "mfa-devices")), member);
        early.as(ChallengePage.class).html().submit("code", Map.of("end", foreign, "end-all", "true"));
        new Browser().submit(list.action("end"), Map.of("end", foreign, "end-all", "true"));

        assertThat(ids(list)).hasSize(1).doesNotContain(foreign);
        assertThat(ids(after)).isEqualTo(ids(list));
        assertThat(rows(member)).hasSize(1);
        assertThat(rows(other)).hasSize(1);
        assertThat(realm.audit().of(member.id(), "auth.mfa_device_ended")).isEmpty();
    }

    @Test
    @DisplayName("What a new password or a new trust in the same browser has ended is not listed as trusted")
    void onlyWhatIsTrustedIsListed() {
        Member member = realm.enrolled();
        Browser browser = new Browser();
        trust(realm, browser, member);
        realm.admin()
                .put(
                        realm.name() + "/users/" + member.id() + "/reset-password",
                        Map.of("type", "password", "value", Member.PASSWORD, "temporary", false));
        logOut(member);
        Browser elsewhere = new Browser();
        realm.signIn(elsewhere, member);
        assertThat(ids(list(elsewhere))).as("after a new password").isEmpty();

        trust(realm, browser, member);

        assertThat(ids(list(elsewhere))).hasSize(1);
        assertThat(rows(member)).as("the old one of this browser is replaced").hasSize(1);
    }

    @Test
    @DisplayName("An administrator sees and ends them: by his role, with a reason and a fresh proof, never his own")
    void anAdministratorSeesAndEndsThem() {
        HelpDesk desk = new HelpDesk(realm);
        Member member = realm.enrolled();
        Browser browser = new Browser(Map.of("User-Agent", FIREFOX));
        trust(realm, browser, member);
        logOut(member);
        SignIn signIn = realm.web().signIn();
        Tokens waived = signIn.redeem(realm.password(browser, signIn, member)).tokens();
        trust(realm, new Browser(Map.of("User-Agent", CHROME)), member);
        String path = "users/" + member.id() + "/devices";
        String seeing = desk.token("mfa.get_mfa_status", "view-users");
        Member helper = realm.enrolled();
        String helping = desk.token(helper, "mfa.reset_mfa", "manage-users");

        JsonNode listed = desk.call("GET", path, "", seeing).expect(200).json().path("devices");
        String first = listed.path(1).path("device_id").asText();
        assertThat(listed.findValuesAsText("label")).containsExactly("Chrome, Windows", "Firefox, Linux");
        assertThat(listed.path(1).path("last_used_at").asText()).isNotEmpty();
        assertThat(listed.toString())
                .doesNotContain(browser.cookie(COOKIE).orElseThrow())
                .doesNotContain(
                        rows(member).get(0).get("TOKEN_HASH"),
                        rows(member).get(1).get("TOKEN_HASH"));
        assertThat(desk.call("GET", path, "", helping).status()).isEqualTo(403);
        assertThat(desk.call("DELETE", path + "?reason=x", "", seeing).status()).isEqualTo(403);
        assertThat(desk.call("DELETE", path, "", helping).status()).isEqualTo(400);
        assertThat(desk.call("DELETE", path + "/" + COOKIE + "?reason=x", "", helping)
                        .status())
                .isEqualTo(404);
        assertThat(desk.call("DELETE", "users/" + helper.id() + "/devices?reason=x", "", helping)
                        .status())
                .isEqualTo(403);
        assertThat(rows(member)).hasSize(2);

        desk.call("DELETE", path + "/" + first + "?reason=stolen", "", helping).expect(200);
        assertThat(rows(member)).hasSize(1);
        assertThat(realm.web().refresh(waived.refresh().orElseThrow()).error()).isEqualTo("mfa_required");
        assertThat(desk.call("DELETE", path + "?reason=stolen", "", helping)
                        .expect(200)
                        .json()
                        .path("ended")
                        .asInt())
                .isEqualTo(1);
        assertThat(rows(member)).isEmpty();
        assertThat(realm.audit().of(member.id(), "auth.mfa_device_ended"))
                .hasSize(2)
                .allSatisfy(row -> {
                    assertThat(row.reason()).isEqualTo("stolen");
                    assertThat(row.text("actor")).isEqualTo(helper.id());
                });
        server.database()
                .update("UPDATE MFA_EVIDENCE SET VERIFIED_AT = VERIFIED_AT - 301000 WHERE USER_ID = ?", helper.id());
        assertThat(desk.call("DELETE", path + "?reason=x", "", helping).status())
                .as("no fresh proof")
                .isEqualTo(403);
    }

    private Html list(Browser browser) {
        Page page = browser.open(
                realm.web().signIn(Map.of("kc_action", "mfa-devices")).address());
        return page.as(OtherPage.class).html();
    }

    private static List<String> ids(Html list) {
        return list.document().select("button[name=end]").eachAttr("value");
    }

    private static List<String> current(Html list) {
        return list.document()
                .select("li:has([data-mfa-current]) button[name=end]")
                .eachAttr("value");
    }

    private static String id(Html list, String label) {
        return list.document()
                .select("li:contains(" + label + ") button[name=end]")
                .attr("value");
    }

    private List<Map<String, String>> rows(Member member) {
        return server.database().rows("select * from MFA_DEVICE where USER_ID = ?", member.id());
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
