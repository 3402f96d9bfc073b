package io.sallyport.journey;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What a rule says of strength and age holds at the door, at the gate and before every token. */
@Journey
final class StrengthIT {

    private static final List<Map<String, Object>> TOO_STRONG = List.of(
            Map.of("name", "keys", "required", true, "methods", List.of("WEBAUTHN")),
            Map.of("name", "unphishable", "required", true, "strength", "PHISHING_RESISTANT"));

    private final KeycloakServer server;
    private final Database database;

    StrengthIT(KeycloakServer server) {
        this.server = server;
        this.database = server.database();
    }

    @Test
    @DisplayName("POL: where TOTP is too weak, nobody gets in by it, and nobody enrolls it in vain")
    void aMethodThatIsTooWeakOpensNothing() {
        for (Map<String, Object> rule : TOO_STRONG) {
            MfaRealm realm = MfaRealm.setUp(server, Map.of(), Rules.document(rule));
            for (Member member : List.of(realm.enrolled(), realm.newcomer())) {
                assertDenied(realm.password(new Browser(), realm.web().signIn(), member));
                assertDenied(realm.password(
                        new Browser(), realm.web().signIn(Map.of("kc_action", "CONFIGURE_TOTP")), member));
                assertRequired(realm.backend().password(member.username(), Member.PASSWORD));
            }
        }
    }

    @Test
    @DisplayName("POL: a right code of a method that is too weak gets no token by the direct grant, and counts as used")
    void aRightCodeThatIsTooWeak() {
        MfaRealm realm = MfaRealm.setUp(server, Map.of(), Rules.document(TOO_STRONG.get(0)));
        Member member = realm.enrolled();
        String code = member.phone().nextCode();

        assertRequired(realm.backend().password(member.username(), Member.PASSWORD, code));

        assertThat(realm.admin().get(realm.name() + "/users/" + member.id() + "/sessions"))
                .isEmpty();
        assertThat(realm.backend()
                        .password(member.username(), Member.PASSWORD, code)
                        .error())
                .isEqualTo("invalid_grant");
        assertThat(realm.backend()
                        .password(
                                member.username(),
                                Member.PASSWORD,
                                member.phone().wrongCode())
                        .error())
                .isEqualTo("invalid_grant");
    }

    @Test
    @DisplayName("POL: with the gate switched off, enrollment itself refuses a method that is too weak")
    void enrollmentRefusesItToo() {
        MfaRealm realm = MfaRealm.setUp(server, Map.of(), Rules.document(TOO_STRONG.get(1)));
        Member member = realm.newcomer();
        String gate = realm.name() + "/authentication/required-actions/mfa-gate";
        realm.admin().put(gate, ((ObjectNode) realm.admin().get(gate)).put("enabled", false));

        assertDenied(realm.password(new Browser(), realm.web().signIn(Map.of("kc_action", "CONFIGURE_TOTP")), member));
    }

    @Test
    @DisplayName("SMS-02: a method that the page did not ask for is neither compared nor counted, at door and gate")
    void aMethodThatWasNotAskedFor() {
        MfaRealm realm = MfaRealm.strict(server);
        Flows.override(realm, "shop", "browser", Flows.make(realm, "password-only", "auth-username-password-form"));
        for (OidcClient client : List.of(realm.web(), realm.shop())) {
            Member member = realm.enrolled();
            String code = member.phone().newestCode();
            Page page = realm.password(new Browser(), client.signIn(), member);

            for (String method : List.of("SMS_OTP", "WEBAUTHN", "RECOVERY_CODE", "totp", "TOTP,SMS_OTP", "x")) {
                page = post(page, Map.of("code", code, "method", method));
                assertThat(page).as(method).isInstanceOf(ChallengePage.class);
            }

            assertThat(realm.audit().of(member.id(), "auth.mfa_failed"))
                    .hasSize(6)
                    .allMatch(row -> row.reason().equals("not_asked"));
            assertThat(database.rows("SELECT FAILURES FROM MFA_THROTTLE WHERE USER_ID = ?", member.id()))
                    .isEmpty();
            assertThat(post(page, Map.of("code", code, "method", "TOTP"))).isInstanceOf(Arrived.class);
        }
    }

    @Test
    @DisplayName("POL: an answer to a page that was never shown is refused before it is compared")
    void anAnswerWithoutAQuestion() {
        MfaRealm realm = MfaRealm.setUp(server, Map.of(), Graces.days(14));
        Member member = realm.newcomer();
        GracePage page =
                realm.password(new Browser(), realm.web().signIn(), member).as(GracePage.class);

        for (Map<String, String> fields :
                List.of(Map.of("code", "123456"), Map.of("code", "123456", "method", "TOTP"), Map.of("x", "y"))) {
            page = page.submit(fields).as(GracePage.class);
        }

        assertThat(realm.audit().of(member.id(), "auth.mfa_failed"))
                .hasSize(3)
                .allMatch(row -> row.reason().equals("not_asked"));
        assertThat(database.rows("SELECT FAILURES FROM MFA_THROTTLE WHERE USER_ID = ?", member.id()))
                .isEmpty();
    }

    @Test
    @DisplayName("POL-05: a proof older than max_age is asked for again: by single sign-on, code and refresh")
    void aProofThatIsTooOld() {
        MfaRealm realm = MfaRealm.setUp(
                server, Map.of(), Rules.document(Map.of("name", "hourly", "required", true, "max_age", 3600)));
        Member member = realm.enrolled();
        Browser browser = new Browser();
        Tokens tokens = realm.signIn(browser, member);
        SignIn shop = realm.shop().signIn();
        Page code = browser.open(shop.address()).as(Arrived.class);

        ages(member, 3601);

        assertRequired(shop.redeem(code));
        assertRequired(realm.web().refresh(tokens.refresh().orElseThrow()));
        assertThat(browser.open(realm.shop().signIn(Map.of("prompt", "none")).address())
                        .as(Arrived.class)
                        .parameter("error"))
                .contains("interaction_required");
        assertThat(realm.admin().get(realm.name() + "/users/" + member.id() + "/sessions"))
                .hasSize(1);
        ChallengePage again = browser.open(realm.shop().signIn().address()).as(ChallengePage.class);
        assertThat(again.answer(member.phone().nextCode())).isInstanceOf(Arrived.class);
        assertThat(realm.web()
                        .refresh(tokens.refresh().orElseThrow())
                        .tokens()
                        .claims()
                        .path("mfa_verified")
                        .asBoolean())
                .isTrue();
    }

    @Test
    @DisplayName("POL-05: the door asks again as well")
    void theDoorAsksAgain() {
        MfaRealm realm = MfaRealm.setUp(
                server, Map.of(), Rules.document(Map.of("name", "hourly", "required", true, "max_age", 3600)));
        Member member = realm.enrolled();
        Browser browser = new Browser();
        realm.signIn(browser, member);
        SignIn again = realm.web().signIn(Map.of("prompt", "login"));

        Page fresh = browser.open(again.address()).as(LoginPage.class).signIn(member.username(), Member.PASSWORD);
        assertThat(fresh).isInstanceOf(Arrived.class);
        ages(member, 3601);
        Page stale = browser.open(again.address()).as(LoginPage.class).signIn(member.username(), Member.PASSWORD);

        assertThat(stale).isInstanceOf(ChallengePage.class);
    }

    private static Page post(Page page, Map<String, String> fields) {
        return page.as(ChallengePage.class).html().submit("code", fields);
    }

    private void ages(Member member, int seconds) {
        database.update(
                "UPDATE MFA_EVIDENCE SET VERIFIED_AT = VERIFIED_AT - ? WHERE USER_ID = ?",
                seconds * 1000L,
                member.id());
    }

    private static void assertDenied(Page page) {
        assertThat(page.as(ErrorPage.class).html().reply().status()).isEqualTo(403);
    }

    private static void assertRequired(TokenReply reply) {
        assertThat(reply.granted()).as(reply.describe()).isFalse();
        assertThat(reply.status()).as(reply.describe()).isEqualTo(403);
        assertThat(reply.error()).isEqualTo("mfa_required");
    }
}
