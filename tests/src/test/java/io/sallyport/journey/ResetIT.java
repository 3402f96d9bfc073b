package io.sallyport.journey;

import static io.sallyport.journey.Claims.assertMfa;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** LIFE-05: an administrator gives somebody a way back without seeing a secret of his. */
@Journey
final class ResetIT {

    private static final Pattern PASS = Pattern.compile("(?m)^([0-9A-Z]{4}-){6}[0-9A-Z]{4}$");
    private static final Pattern LINK = Pattern.compile("(?m)^https?://\\S+/protocol/openid-connect/auth\\?\\S+$");
    private static final String BY_MAIL = "{\"reason\":\"lost his phone\",\"by_mail\":true}";
    private static final String CODES = "mfa-recovery-codes";
    private static final String RENEW = "CONFIGURE_RECOVERY_AUTHN_CODES";
    private static final String SUBJECT = "Set up a second factor";

    private final MfaRealm realm;
    private final HelpDesk desk;
    private final Database database;
    private final Mailbox mailbox = Mailbox.open();

    ResetIT(KeycloakServer server) {
        this.realm = MfaRealm.strict(server).mailsTo(mailbox);
        this.desk = new HelpDesk(realm);
        this.database = server.database();
    }

    @AfterAll
    void close() {
        mailbox.close();
    }

    @Test
    @DisplayName("LIFE-05: revoked with a pass by mail; its link has no secret, and leads to a new factor once")
    void aMailLeadsToANewFactor() throws Exception {
        Member member = realm.enrolled();
        Tokens tokens = realm.signIn(new Browser(), member);

        JsonNode revoked = desk.revoke(member, "?reason=lost&mail_pass=true", desk.token("realm-admin"))
                .expect(200)
                .json();
        String mail = mailbox.next(member.username() + "@example.org", SUBJECT);
        String pass = found(PASS, mail);
        URI link = URI.create(found(LINK, mail));

        assertThat(revoked.path("pass_mailed").path("expires_at").asText()).isNotEmpty();
        assertThat(revoked.toString()).doesNotContain(pass, pass.replace("-", ""));
        assertThat(link.toString()).doesNotContain(pass, pass.replace("-", ""), member.username(), member.id());
        assertThat(mail).contains("text/html", "Never share it", member.username());
        assertThat(realm.audit().of(member.id()).toString()).doesNotContain(pass);
        assertThat(realm.audit().of(member.id(), "auth.mfa_pass_issued"))
                .singleElement()
                .satisfies(row -> assertThat(row.detail("delivery")).isEqualTo("MAIL"));
        assertThat(database.rows("SELECT * FROM MFA_PASS WHERE USER_ID = ?", member.id())
                        .toString())
                .doesNotContain(pass, pass.replace("-", ""));
        assertThat(realm.web().refresh(tokens.refresh().orElseThrow()).granted())
                .isFalse();

        Browser browser = new Browser();
        EnrollTotpPage enroll = browser.open(link)
                .as(LoginPage.class)
                .signIn(member.username(), Member.PASSWORD)
                .as(ChallengePage.class)
                .answer(pass)
                .as(EnrollTotpPage.class);
        Phone phone = Phone.with(enroll.secret());
        Page done = enroll.confirm(phone.nextCode(), "new")
                .as(RecoveryCodesPage.class)
                .confirm();

        assertThat(done).as("the account").isInstanceOf(OtherPage.class);
        assertThat(realm.credentials(member)).contains("otp");
        Page again = new Browser().open(link).as(LoginPage.class).signIn(member.username(), Member.PASSWORD);
        assertThat(again.as(ChallengePage.class).answer(pass)).isNotInstanceOf(EnrollTotpPage.class);
        Member renewed = new Member(member.id(), member.username(), enroll.secret(), phone);
        assertMfa(realm.signIn(new Browser(), renewed).claims());
    }

    @Test
    @DisplayName("LIFE-05: a mail alone needs the role for passes too, and a verified address; else nothing is changed")
    void whatKeepsAMailBack() {
        Member member = realm.enrolled();
        Tokens tokens = realm.signIn(new Browser(), member);
        String revoker = desk.token("mfa.disable_mfa", "manage-users");
        String all = desk.token("realm-admin");

        assertThat(desk.revoke(member, "?reason=lost&mail_pass=true", revoker).status())
                .isEqualTo(403);
        assertThat(desk.revoke(member, "?reason=lost&mail_pass=maybe", all).status())
                .isEqualTo(400);
        realm.changeUser(member, Map.of("emailVerified", false));
        assertThat(desk.revoke(member, "?reason=lost&mail_pass=true", all).status())
                .isEqualTo(400);
        Reply refused = desk.call("POST", "users/" + member.id() + "/pass", BY_MAIL, all);

        assertThat(refused.status()).as(refused.body()).isEqualTo(400);
        assertThat(refused.body()).contains("no verified address");
        assertThat(database.rows("SELECT * FROM MFA_PASS WHERE USER_ID = ?", member.id()))
                .isEmpty();
        assertThat(realm.credentials(member)).contains("otp");
        assertThat(realm.web().refresh(tokens.refresh().orElseThrow()).granted())
                .as("his session goes on")
                .isTrue();
    }

    @Test
    @DisplayName("REC-06, LIFE-05: codes that an administrator made void are dead at once, also for who is halfway in")
    void voidCodesAreDead() throws Exception {
        Holder holder = holder();
        Member member = holder.member();
        EnrollTotpPage thief = recover(holder, 0).as(EnrollTotpPage.class);
        Member helper = realm.enrolled();
        String token = desk.token(helper, "mfa.reset_mfa", "manage-users");

        Reply reply = desk.call("POST", "users/" + member.id() + "/recovery-codes", HelpDesk.WHY, token)
                .expect(200);
        Page halfway = thief.confirm(Phone.with(thief.secret()).nextCode(), "mine");

        assertThat(reply.json().properties()).hasSize(1);
        assertThat(reply.json().path("voided").asInt()).isEqualTo(9);
        assertThat(halfway).isNotInstanceOfAny(Arrived.class, RecoveryCodesPage.class, EnrollTotpPage.class);
        assertThat(realm.credentials(member)).containsExactlyInAnyOrder("password", "otp");
        assertThat(realm.password(new Browser(), realm.web().signIn(), member)
                        .as(ChallengePage.class)
                        .html()
                        .submit(
                                "code",
                                Map.of(
                                        "method",
                                        "RECOVERY_CODE",
                                        "code",
                                        holder.codes().get(1))))
                .as("a code that was never used")
                .isNotInstanceOf(EnrollTotpPage.class);
        assertThat(mailbox.next(member.username() + "@example.org", "recovery codes were made void"))
                .contains("an administrator")
                .doesNotContain(holder.codes().get(1));
        assertThat(realm.audit().of(member.id(), "auth.mfa_recovery_reset")).anySatisfy(row -> {
            assertThat(row.text("actor")).isEqualTo(helper.id());
            assertThat(row.reason()).isEqualTo("called and was recognised");
        });
    }

    @Test
    @DisplayName(
            "LIFE-05: new codes are offered at the next fresh proof, each time until they are taken, never without a page")
    void newCodesAreOfferedUntilTaken() {
        Holder holder = holder();
        Member member = holder.member();
        String token = desk.token("realm-admin");
        for (int i = 0; i < 2; i++) { // twice is once
            desk.call("POST", "users/" + member.id() + "/recovery-codes", HelpDesk.WHY, token)
                    .expect(200);
        }

        Browser browser = new Browser();
        SignIn first = realm.web().signIn();
        Html offer = proved(browser, first, member).as(OtherPage.class).html();
        assertThat(offer.document().text()).contains("You have no recovery codes");
        assertMfa(first.redeem(offer.submit("renew", Map.of("later", "true")))
                .tokens()
                .claims());
        SignIn silent = realm.shop().signIn(Map.of("prompt", "none"));
        assertThat(silent.redeem(browser.open(silent.address())).granted())
                .as("an application that wants no page")
                .isTrue();

        SignIn second = realm.web().signIn();
        RecoveryCodesPage codes = proved(new Browser(), second, member)
                .as(OtherPage.class)
                .html()
                .submit("renew", Map.of("renew", "true"))
                .as(RecoveryCodesPage.class);
        assertThat(codes.codes()).hasSize(10).doesNotContainAnyElementsOf(holder.codes());
        assertMfa(second.redeem(codes.confirm()).tokens().claims());

        assertThat(proved(new Browser(), realm.web().signIn(), member)).isInstanceOf(Arrived.class);
        assertThat(recover(new Holder(member, codes.codes()), 2)).isInstanceOf(EnrollTotpPage.class);
    }

    @Test
    @DisplayName("The account console lists recovery codes with the way to new ones, and nothing of a code")
    void theAccountConsoleListsThem() {
        Holder holder = holder();
        AccountApi account = AccountApi.of(realm, realm.signIn(new Browser(), holder.member()));
        AccountApi without = AccountApi.of(realm, realm.signIn(new Browser(), realm.enrolled()));

        JsonNode listed = account.listed(CODES);
        JsonNode missing = without.listed(CODES);
        Reply removed = account.remove(CODES + "-id");

        assertThat(listed.path("updateAction").asText()).isEqualTo(RENEW);
        assertThat(listed.path("userCredentialMetadatas")).hasSize(1);
        assertThat(listed.findValues("secretData")).isEmpty();
        assertThat(listed.findValues("credentialData")).isEmpty();
        assertThat(missing.path("createAction").asText()).isEqualTo(RENEW);
        assertThat(missing.path("userCredentialMetadatas")).isEmpty();
        assertThat(removed.status()).as(removed.body()).isBetween(400, 499);
        assertThat(recover(holder, 4)).as("they are all there").isInstanceOf(EnrollTotpPage.class);
        assertThat(realm.admin()
                        .send(
                                "PUT",
                                realm.name() + "/users/" + holder.member().id(),
                                Json.write(Map.of("credentials", List.of(Map.of("type", CODES, "secretData", "{}")))))
                        .status())
                .as("nobody stores codes for somebody")
                .isBetween(400, 499);
    }

    private Page proved(Browser browser, SignIn signIn, Member member) {
        return realm.password(browser, signIn, member)
                .as(ChallengePage.class)
                .answer(member.phone().nextCode());
    }

    private static String found(Pattern wanted, String mail) {
        Matcher matcher = wanted.matcher(mail.substring(mail.indexOf("text/plain")));
        assertThat(matcher.find()).as(mail).isTrue();
        return matcher.group();
    }

    private record Holder(Member member, List<String> codes) {}

    private Holder holder() {
        Member newcomer = realm.newcomer();
        EnrollTotpPage page =
                realm.password(new Browser(), realm.web().signIn(), newcomer).as(EnrollTotpPage.class);
        Phone phone = Phone.with(page.secret());
        RecoveryCodesPage codes = page.confirm(phone.nextCode(), "phone").as(RecoveryCodesPage.class);
        codes.confirm();
        return new Holder(new Member(newcomer.id(), newcomer.username(), page.secret(), phone), codes.codes());
    }

    private Page recover(Holder holder, int code) {
        return realm.password(new Browser(), realm.web().signIn(), holder.member())
                .as(ChallengePage.class)
                .choose("RECOVERY_CODE")
                .as(ChallengePage.class)
                .answer(holder.codes().get(code));
    }
}
