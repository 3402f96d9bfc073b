package io.sallyport.journey;

import static io.sallyport.journey.Claims.assertMfa;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** LIFE-06: what somebody without any factor proves besides the password before he gets one. */
@Journey
final class EnrollmentProofIT {

    private static final Pattern CODE = Pattern.compile("(?m)^[0-9]{8}$");
    private static final String SUBJECT = "Your code for setting up a second factor";
    private static final Map<String, String> SEND = Map.of("send", "EMAIL_CODE");

    private final MfaRealm realm;
    private final MfaRealm byPass;
    private final Database database;
    private final Mailbox mailbox = Mailbox.open();

    EnrollmentProofIT(KeycloakServer server) {
        this.realm = MfaRealm.setUp(server, Map.of("mfa.enrollment.proof", "EMAIL"), Rules.FOR_ALL);
        this.byPass = MfaRealm.setUp(server, Map.of("mfa.enrollment.proof", "PASS"), Rules.FOR_ALL);
        this.database = server.database();
        for (MfaRealm each : List.of(realm, byPass)) {
            each.mailsTo(mailbox);
        }
    }

    @AfterAll
    void close() {
        mailbox.close();
    }

    @Test
    @DisplayName(
            "LIFE-06: a code to the verified address leads to the first factor, once, in the sign-in that asked for it")
    void aCodeByMailLeadsToTheFirstFactor() throws Exception {
        Member member = realm.newcomer();
        SignIn signIn = realm.web().signIn();
        Html asked = asked(new Browser(), signIn, member);
        assertThat(asked.document().text())
                .contains(member.username().substring(0, 1) + "•••@example.org")
                .doesNotContain(member.username() + "@example.org");
        Html other = asked(new Browser(), realm.web().signIn(), member);

        ChallengePage sent = asked.submit("send", SEND).as(ChallengePage.class);
        String code = code(member);
        // a cool-down for all sign-ins, and a code for one
        Html waiting = other.submit("send", SEND).as(OtherPage.class).html();
        assertThat(waiting.message()).contains("sent just now");
        Html refused = waiting.submit("send", answer(code)).as(OtherPage.class).html();
        // eight digits stand in many times and hashes by chance
        assertThat(database.dump()).doesNotContainPattern("(?<![0-9])" + code + "(?![0-9])");
        EnrollTotpPage enroll = sent.answer(code).as(EnrollTotpPage.class);
        Page used = refused.submit("send", answer(code));
        RecoveryCodesPage codes =
                enroll.confirm(Phone.with(enroll.secret()).nextCode(), "").as(RecoveryCodesPage.class);

        assertThat(used).as("a second time").isNotInstanceOf(EnrollTotpPage.class);
        assertMfa(signIn.redeem(codes.confirm()).tokens().claims());
        assertThat(realm.audit().of(member.id()).toString()).doesNotContain(code);
        assertThat(realm.audit().of(member.id(), "auth.mfa_verified"))
                .extracting(row -> row.text("method"))
                .contains("EMAIL_CODE", "TOTP");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "mfa-enroll", "CONFIGURE_TOTP", "CONFIGURE_RECOVERY_AUTHN_CODES", "mfa-enroll-sms"})
    @DisplayName("LIFE-06: a stolen password enrolls nothing, whichever way it asks and whatever it posts")
    void aStolenPasswordEnrollsNothing(String action) {
        Member member = realm.newcomer();
        SignIn signIn = action.isEmpty() ? realm.web().signIn() : realm.web().signIn(Map.of("kc_action", action));
        Html asked = asked(new Browser(), signIn, member);

        for (Map<String, String> pushed : List.of(
                Map.of("enroll", "TOTP"),
                Map.of("code", "123456", "label", "mine"),
                Map.of("method", "TOTP", "code", "123456"),
                Map.of("method", "TEMPORARY_PASS", "code", "00000000"),
                Map.of("saved", "on"),
                Map.of("later", "true"),
                Map.of("cancel-aia", "true"))) {
            asked = asked.submit("send", pushed).as(OtherPage.class).html();
            assertThat(asked.hasField("send")).as(pushed.toString()).isTrue();
        }
        assertThat(asked.submit("send", Map.of("choose", "TOTP"))).isInstanceOf(OtherPage.class);
        assertThat(realm.credentials(member)).containsExactly("password");
        assertThat(database.rows("select * from MFA_ENROLLMENT where USER_ID = ?", member.id()))
                .isEmpty();
    }

    @Test
    @DisplayName("LIFE-06, LOCK-06: wrong codes by mail count and lock like all others; a lock sends no mail")
    void wrongCodesLock() throws Exception {
        Member member = realm.newcomer();
        Html other = asked(new Browser(), realm.web().signIn(), member);
        ChallengePage page = asked(new Browser(), realm.web().signIn(), member)
                .submit("send", SEND)
                .as(ChallengePage.class);
        String code = code(member);
        String wrong = code.charAt(0) == '9' ? "0" + code.substring(1) : "9" + code.substring(1);
        for (int i = 0; i < 4; i++) {
            page = page.answer(wrong).as(ChallengePage.class);
        }

        assertThat(page.answer(wrong)).isInstanceOf(LockedPage.class);
        assertThat(page.answer(code)).as("the right one during the lock").isInstanceOf(LockedPage.class);
        database.update("UPDATE MFA_MAIL SET SENT_AT = 0 WHERE USER_ID = ?", member.id());
        assertThat(other.submit("send", SEND)).isInstanceOf(LockedPage.class);
        assertThat(sentAt(member)).isZero();
    }

    @Test
    @DisplayName("LIFE-06: an address that is not verified, or no longer the one that the code went to, proves nothing")
    void anotherAddressProvesNothing() throws Exception {
        Member unverified = realm.newcomer();
        realm.changeUser(unverified, Map.of("emailVerified", false));
        ErrorPage refused =
                realm.password(new Browser(), realm.web().signIn(), unverified).as(ErrorPage.class);
        assertThat(refused.message()).contains("Ask your administrator");

        Member member = realm.newcomer();
        ChallengePage page = asked(new Browser(), realm.web().signIn(), member)
                .submit("send", SEND)
                .as(ChallengePage.class);
        String code = code(member);
        realm.changeUser(member, Map.of("email", "mallory-" + member.username() + "@example.org"));
        assertThat(page.answer(code)).as("an address of a moment ago").isNotInstanceOf(EnrollTotpPage.class);
        realm.changeUser(member, Map.of("emailVerified", true));
        assertThat(asked(new Browser(), realm.web().signIn(), member).submit("send", answer(code)))
                .isNotInstanceOf(EnrollTotpPage.class);
        assertThat(realm.credentials(member)).containsExactly("password");
    }

    @Test
    @DisplayName("LIFE-03: whoever has a factor, or lost it, is not let in by a mailbox")
    void aMailboxReplacesNoFactor() {
        Member member = realm.enrolled();
        ChallengePage asked =
                realm.password(new Browser(), realm.web().signIn(), member).as(ChallengePage.class);

        ChallengePage again = asked.html().submit("code", SEND).as(ChallengePage.class);
        assertThat(again.html().submit("code", answer("12345678"))).isInstanceOf(ChallengePage.class);
        new HelpDesk(realm)
                .revoke(member, "?reason=lost", new HelpDesk(realm).token("realm-admin"))
                .expect(200);
        assertThat(realm.password(new Browser(), realm.web().signIn(), member)).isInstanceOf(ErrorPage.class);
        assertThat(database.rows("select * from MFA_MAIL where USER_ID = ?", member.id()))
                .isEmpty();
    }

    @Test
    @DisplayName("Of many who ask for a mail at once one gets it, and after twenty on a day nobody")
    void oneMailAtATime() throws Exception {
        Member member = realm.newcomer();
        List<Html> pages = List.of(
                asked(new Browser(), realm.web().signIn(), member),
                asked(new Browser(), realm.web().signIn(), member),
                asked(new Browser(), realm.web().signIn(), member),
                asked(new Browser(), realm.web().signIn(), member));
        List<Callable<Page>> tries = pages.stream()
                .<Callable<Page>>map(page -> () -> page.submit("send", SEND))
                .toList();

        List<Page> answers = Together.run(tries);

        assertThat(answers).filteredOn(ChallengePage.class::isInstance).hasSize(1);
        assertThat(realm.audit().of(member.id(), "auth.mfa_challenge_created")).hasSize(1);
        database.update("UPDATE MFA_MAIL SET SENT_AT = 0, SENT_IN_DAY = 20 WHERE USER_ID = ?", member.id());
        Page capped = asked(new Browser(), realm.web().signIn(), member).submit("send", SEND);
        assertThat(capped).isNotInstanceOf(ChallengePage.class);
        assertThat(sentAt(member)).isZero();
    }

    @Test
    @DisplayName("LIFE-06: with PASS the first factor takes a temporary access pass")
    void withPassItTakesAPass() {
        Member member = byPass.newcomer();
        ErrorPage refused =
                byPass.password(new Browser(), byPass.web().signIn(), member).as(ErrorPage.class);
        assertThat(refused.message()).contains("temporary access pass");
        assertThat(byPass.password(new Browser(), byPass.web().signIn(Map.of("kc_action", "CONFIGURE_TOTP")), member))
                .isInstanceOf(ErrorPage.class);
        HelpDesk desk = new HelpDesk(byPass);
        String token = desk.token("realm-admin");
        String pass = desk.call("POST", "users/" + member.id() + "/pass", HelpDesk.WHY, token)
                .expect(200)
                .json()
                .path("pass")
                .asText();
        assertThat(desk.call("GET", "users/" + member.id(), "", token)
                        .json()
                        .path("status")
                        .asText())
                .as("a pass is no factor")
                .isEqualTo("NOT_ENROLLED");

        SignIn signIn = byPass.web().signIn();
        EnrollTotpPage enroll = byPass.password(new Browser(), signIn, member)
                .as(ChallengePage.class)
                .answer(pass)
                .as(EnrollTotpPage.class);
        RecoveryCodesPage codes =
                enroll.confirm(Phone.with(enroll.secret()).nextCode(), "").as(RecoveryCodesPage.class);

        assertMfa(signIn.redeem(codes.confirm()).tokens().claims());
    }

    private static Map<String, String> answer(String code) {
        return Map.of("method", "EMAIL_CODE", "code", code);
    }

    private Html asked(Browser browser, SignIn signIn, Member member) {
        Html page = realm.password(browser, signIn, member).as(OtherPage.class).html();
        assertThat(page.hasField("send")).as(page.describe()).isTrue();
        return page;
    }

    private String code(Member member) throws InterruptedException {
        String mail = mailbox.next(member.username() + "@example.org", SUBJECT);
        assertThat(mail).contains("text/plain", "text/html", "Never share it", member.username());
        Matcher code = CODE.matcher(mail.substring(mail.indexOf("text/plain")));
        assertThat(code.find()).as(mail).isTrue();
        return code.group();
    }

    private long sentAt(Member member) {
        return Long.parseLong(database.rows("select SENT_AT from MFA_MAIL where USER_ID = ?", member.id())
                .get(0)
                .get("SENT_AT"));
    }
}
