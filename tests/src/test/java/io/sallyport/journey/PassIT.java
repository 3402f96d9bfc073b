package io.sallyport.journey;

import static io.sallyport.journey.Claims.assertMfa;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** A temporary access pass: from an administrator, once, for enrolling a factor and nothing else. */
@Journey
final class PassIT {

    private final MfaRealm realm;
    private final HelpDesk desk;
    private final Database database;
    private final Mailbox mailbox = Mailbox.open();

    PassIT(KeycloakServer server) {
        this.realm = MfaRealm.strict(server);
        this.desk = new HelpDesk(realm);
        this.database = server.database();
        realm.mailsTo(mailbox);
    }

    @AfterAll
    void close() {
        mailbox.close();
    }

    @Test
    @DisplayName("LIFE-05: a revoked factor is gone with the sessions, and a pass leads back in, once")
    void revokedAndBackByAPass() throws Exception {
        Member member = realm.enrolled();
        Browser browser = new Browser();
        Tokens tokens = realm.signIn(browser, member);
        String token = desk.token("mfa", "manage-users");

        JsonNode revoked = desk.revoke(member, "?reason=lost&end_sessions=true", token)
                .expect(200)
                .json();
        JsonNode issued = desk.call("POST", "users/" + member.id() + "/pass", HelpDesk.WHY, token)
                .expect(200)
                .json();

        assertThat(revoked.path("sessions_ended").asInt()).isEqualTo(1);
        assertThat(realm.web().refresh(tokens.refresh().orElseThrow()).granted())
                .isFalse();
        assertThat(realm.audit().of(member.id(), "auth.mfa_deactivated"))
                .singleElement()
                .satisfies(row -> assertThat(row.reason()).isEqualTo("lost"));
        String pass = issued.path("pass").asText();
        String mail = mailbox.next(member.username() + "@example.org", "temporary access pass");
        assertThat(mail).doesNotContain(pass);
        assertThat(database.rows("SELECT * FROM MFA_PASS WHERE USER_ID = ?", member.id())
                        .toString())
                .doesNotContain(pass, pass.replace("-", ""));
        assertThat(realm.audit().of(member.id()).toString()).doesNotContain(pass);

        SignIn signIn = realm.web().signIn();
        ChallengePage asked = realm.password(new Browser(), signIn, member).as(ChallengePage.class);
        ChallengePage wrong =
                asked.answer(pass.substring(0, pass.length() - 4) + "0000").as(ChallengePage.class);
        EnrollTotpPage enroll = wrong.answer(pass).as(EnrollTotpPage.class);
        RecoveryCodesPage codes =
                enroll.confirm(Phone.with(enroll.secret()).nextCode(), "new").as(RecoveryCodesPage.class);
        assertMfa(signIn.redeem(codes.confirm()).tokens().claims());

        assertThat(desk.call("GET", "users/" + member.id(), "", token)
                        .json()
                        .path("recovery_codes_remaining")
                        .asInt())
                .isEqualTo(10);
    }

    @Test
    @DisplayName("A pass ends at its time, when it is replaced, and with its first use; it is worth no token")
    void aPassEnds() {
        Member member = realm.enrolled();
        desk.revoke(member, "?reason=lost", desk.token("realm-admin")).expect(200);
        String first = desk.pass(member);
        String second = desk.pass(member);

        assertThat(asked(member).answer(first)).as("replaced").isInstanceOf(ChallengePage.class);
        Browser used = new Browser();
        SignIn signIn = realm.web().signIn();
        Page enroll =
                realm.password(used, signIn, member).as(ChallengePage.class).answer(second);
        assertThat(enroll).isInstanceOf(EnrollTotpPage.class);
        assertThat(used.open(realm.shop().signIn().address())).as("no token").isNotInstanceOf(Arrived.class);
        assertThat(realm.password(new Browser(), realm.web().signIn(), member))
                .as("used")
                .isInstanceOf(ErrorPage.class);
        String third = desk.pass(member);
        ChallengePage page = asked(member);
        database.update(
                "UPDATE MFA_PASS SET EXPIRES_AT = ISSUED_AT WHERE USER_ID = ? AND USED_AT IS NULL", member.id());
        assertThat(page.answer(third)).as("over").isNotInstanceOf(EnrollTotpPage.class);
        assertThat(realm.backend()
                        .password(member.username(), Member.PASSWORD, third)
                        .granted())
                .as("a password grant")
                .isFalse();
    }

    private ChallengePage asked(Member member) {
        return realm.password(new Browser(), realm.web().signIn(), member).as(ChallengePage.class);
    }
}
