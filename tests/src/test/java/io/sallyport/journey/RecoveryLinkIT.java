package io.sallyport.journey;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** REC-06, LIFE-05: an administrator mails somebody a link to new recovery codes; it is an invitation and no factor. */
@Journey
final class RecoveryLinkIT {

    private static final Pattern LINK = Pattern.compile("(?m)^https?://\\S+/login-actions/action-token\\?key=\\S+$");
    private static final String BY_MAIL = "{\"reason\":\"lost the paper\",\"by_mail\":true}";
    private static final String SUBJECT = "Your new recovery codes";

    private final MfaRealm realm;
    private final HelpDesk desk;
    private final Database database;
    private final Mailbox mailbox = Mailbox.open();

    RecoveryLinkIT(KeycloakServer server) {
        this.realm = MfaRealm.strict(server).mailsTo(mailbox);
        this.desk = new HelpDesk(realm);
        this.database = server.database();
    }

    @AfterAll
    void close() {
        mailbox.close();
    }

    @Test
    @DisplayName(
            "REC-06: behind the link come password and factor, then codes shown once; the old ones go on until those are kept")
    void aLinkLeadsToNewCodesOnce() throws Exception {
        Holder holder = holder();
        Member member = holder.member();

        URI link = mailed(member);
        RecoveryCodesPage shown = codes(opened(link), member);

        assertThat(shown.codes()).hasSize(10).doesNotContainAnyElementsOf(holder.codes());
        assertThat(counting(member)).as("the old ones go on").isEqualTo(10);
        assertThat(recover(member, shown.codes().get(0)))
                .as("a new code before it is kept")
                .isNotInstanceOf(EnrollTotpPage.class);
        assertThat(recover(member, holder.codes().get(0))).as("an old code").isInstanceOf(EnrollTotpPage.class);

        assertThat(shown.confirm()).as("no application, no session").isInstanceOf(OtherPage.class);

        assertThat(counting(member)).isEqualTo(10);
        assertThat(recover(member, holder.codes().get(1))).isNotInstanceOf(EnrollTotpPage.class);
        assertThat(recover(member, shown.codes().get(1))).isInstanceOf(EnrollTotpPage.class);
        assertThat(new Browser().open(link)).as("a link that was used").isInstanceOf(ErrorPage.class);
        assertThat(realm.audit().of(member.id(), "auth.mfa_recovery_link_mailed"))
                .singleElement()
                .satisfies(row -> {
                    assertThat(row.reason()).isEqualTo("lost the paper");
                    assertThat(row.detail("delivery")).isEqualTo("MAIL");
                    assertThat(row.text("actor")).isNotEqualTo(member.id());
                });
        assertThat(realm.audit().of(member.id(), "auth.mfa_recovery_reset"))
                .as("by himself")
                .anySatisfy(row -> assertThat(row.text("actor")).isEqualTo(member.id()));
        assertThat(mailbox.next(member.username() + "@example.org", "recovery codes"))
                .doesNotContain(shown.codes().get(2));
    }

    @Test
    @DisplayName(
            "LIFE-05: the link alone is nothing, nor with a password, nor with a recovery code; the mail holds no secret")
    void theLinkIsNoFactor() throws Exception {
        Holder holder = holder();
        Member member = holder.member();
        URI link = mailed(member);

        Browser thief = new Browser();
        Page first = thief.open(link);
        Page session = thief.open(realm.web().signIn().address());
        Page challenge = opened(link).signIn(member.username(), Member.PASSWORD);
        Page byCode = challenge
                .as(ChallengePage.class)
                .choose("RECOVERY_CODE")
                .as(ChallengePage.class)
                .answer(holder.codes().get(0));

        assertThat(first).isInstanceOf(LoginPage.class);
        assertThat(first.as(LoginPage.class).html().reply().body()).doesNotContain(member.username());
        assertThat(session).as("nobody is signed in").isInstanceOf(LoginPage.class);
        assertThat(byCode).as("a code leads to a factor").isInstanceOf(EnrollTotpPage.class);
        assertThat(waiting(member)).isZero();
        assertThat(link.toString()).doesNotContain(member.username());
        assertThat(opened(link)).as("it is spent by nothing of this").isNotNull();
    }

    @Test
    @DisplayName("REC-06: of two who come by one link, one gets codes that count")
    void usedTwiceAtOnce() throws Exception {
        Holder holder = holder();
        Member member = holder.member();
        URI link = mailed(member);
        RecoveryCodesPage one = codes(opened(link), member);
        RecoveryCodesPage two = codes(opened(link), member);

        Page kept = two.confirm();
        Page late = one.confirm();

        assertThat(kept).isInstanceOf(OtherPage.class);
        assertThat(late).isInstanceOf(ErrorPage.class);
        assertThat(counting(member)).isEqualTo(10);
        assertThat(recover(member, one.codes().get(0))).isNotInstanceOf(EnrollTotpPage.class);
        assertThat(recover(member, two.codes().get(0))).isInstanceOf(EnrollTotpPage.class);
    }

    @Test
    @DisplayName("LIFE-05: a link leads nobody else to codes, neither his own nor its owner's")
    void usedBySomebodyElse() throws Exception {
        Member member = holder().member();
        Holder other = holder();
        URI link = mailed(member);

        Page proved = opened(link)
                .signIn(other.member().username(), Member.PASSWORD)
                .as(ChallengePage.class)
                .answer(other.member().phone().nextCode());
        Browser signedIn = new Browser();
        realm.signIn(signedIn, other.member());

        assertThat(proved).isInstanceOf(ErrorPage.class);
        assertThat(signedIn.open(link)).as("in the other's session").isInstanceOf(ErrorPage.class);
        assertThat(waiting(other.member()) + waiting(member)).isZero();
        assertThat(counting(other.member())).isEqualTo(10);
        assertThat(codes(opened(link), member).codes()).as("its owner's turn").hasSize(10);
    }

    @Test
    @DisplayName(
            "LIFE-05: a link ends with its time, with the next one, with codes made otherwise, and when it is tampered with")
    void whatEndsALink() throws Exception {
        Member member = holder().member();
        URI first = mailed(member);
        LoginPage begun = opened(first);
        database.update("UPDATE MFA_RECOVERY_LINK SET EXPIRES_AT = 0 WHERE USER_ID = ?", member.id());

        assertThat(begun.signIn(member.username(), Member.PASSWORD)
                        .as(ChallengePage.class)
                        .answer(member.phone().nextCode()))
                .as("over while he signed in")
                .isInstanceOf(ErrorPage.class);
        assertThat(new Browser().open(first)).as("over").isInstanceOf(ErrorPage.class);

        again(member);
        URI second = mailed(member);
        again(member);
        URI third = mailed(member);
        assertThat(new Browser().open(second)).as("replaced").isInstanceOf(ErrorPage.class);
        assertThat(new Browser().open(URI.create(flipped(third))))
                .as("tampered with")
                .isInstanceOf(ErrorPage.class);
        assertThat(new Browser().open(third)).isInstanceOf(LoginPage.class);
        desk.call("POST", "users/" + member.id() + "/recovery-codes", HelpDesk.WHY, desk.token("realm-admin"))
                .expect(200);
        assertThat(new Browser().open(third)).as("the codes were made void").isInstanceOf(ErrorPage.class);
    }

    @Test
    @DisplayName("LOCK-06: whoever is locked gets no codes by a link")
    void locked() throws Exception {
        Member member = holder().member();
        URI link = mailed(member);
        for (int i = 0; i < 5; i++) {
            realm.backend()
                    .password(member.username(), Member.PASSWORD, member.phone().wrongCode());
        }

        Page page = opened(link).signIn(member.username(), Member.PASSWORD);

        assertThat(page).isInstanceOf(LockedPage.class);
        assertThat(waiting(member)).isZero();
    }

    @ParameterizedTest(name = "{0}: {1}")
    @DisplayName("LIFE-05: no header of the call leads the link elsewhere")
    @CsvSource({
        "X-Forwarded-Host, evil.example",
        "Forwarded, host=evil.example;proto=https",
        "X-Forwarded-Prefix, /evil"
    })
    void forwardedHosts(String header, String value) throws Exception {
        Member member = holder().member();

        Http.sendJson(
                        "POST",
                        realm.address()
                                .resolve("/admin/realms/" + realm.name() + "/mfa/users/" + member.id()
                                        + "/recovery-codes"),
                        BY_MAIL,
                        Map.of("Authorization", "Bearer " + desk.token("realm-admin"), header, value))
                .expect(200);

        assertThat(link(member).toString()).startsWith(realm.address() + "/login-actions/action-token?key=");
    }

    @Test
    @DisplayName(
            "LIFE-05: no link without a verified address, a factor, a reason, a fresh proof, for oneself, or too often")
    void whatIsRefused() throws Exception {
        Member helper = realm.enrolled();
        String token = desk.token(helper, "realm-admin");
        Member member = holder().member();
        String path = "users/" + member.id() + "/recovery-codes";

        assertProblem(desk.call("POST", path, "{\"by_mail\":true}", token), 400, "INVALID_REQUEST");
        assertProblem(desk.call("POST", path, BY_MAIL.replace("true", "\"yes\""), token), 400, "INVALID_REQUEST");
        assertProblem(desk.call("POST", "users/" + helper.id() + "/recovery-codes", BY_MAIL, token), 403, "FORBIDDEN");
        assertProblem(
                desk.call("POST", "users/" + realm.newcomer().id() + "/recovery-codes", BY_MAIL, token),
                409,
                "MFA_NOT_ENROLLED");
        realm.changeUser(member, Map.of("emailVerified", false));
        Reply unverified = desk.call("POST", path, BY_MAIL, token);
        assertProblem(unverified, 400, "INVALID_REQUEST");
        assertThat(unverified.body()).contains("no verified address");
        assertThat(database.rows("SELECT * FROM MFA_RECOVERY_LINK WHERE USER_ID = ?", member.id()))
                .isEmpty();
        assertThat(realm.audit().of(member.id(), "auth.mfa_recovery_link_mailed"))
                .isEmpty();

        realm.changeUser(member, Map.of("emailVerified", true));
        desk.call("POST", path, BY_MAIL, token).expect(200);
        Reply soon = desk.call("POST", path, BY_MAIL, token);
        assertProblem(soon, 429, "RATE_LIMITED");
        assertThat(Integer.parseInt(soon.header("Retry-After").orElseThrow())).isBetween(1, 60);
        again(member);
        database.update("UPDATE MFA_MAIL SET SENT_IN_DAY = 20 WHERE USER_ID = ?", member.id());
        assertProblem(desk.call("POST", path, BY_MAIL, token), 429, "RATE_LIMITED");
        assertThat(realm.audit().of(member.id(), "auth.mfa_recovery_link_mailed"))
                .hasSize(1);

        database.update("UPDATE MFA_EVIDENCE SET VERIFIED_AT = VERIFIED_AT - 301000 WHERE USER_ID = ?", helper.id());
        assertProblem(desk.call("POST", path, BY_MAIL, token), 403, "MFA_REQUIRED");
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

    /** By somebody with the one role that it takes. */
    private URI mailed(Member member) throws InterruptedException {
        String token = desk.token("mfa.reset_mfa", "manage-users");
        Reply reply = desk.call("POST", "users/" + member.id() + "/recovery-codes", BY_MAIL, token)
                .expect(200);
        assertThat(reply.json().properties()).hasSize(1);
        assertThat(reply.json().path("expires_at").asText()).isNotEmpty();
        return link(member);
    }

    private URI link(Member member) throws InterruptedException {
        String mail = mailbox.next(member.username() + "@example.org", SUBJECT);
        Matcher found = LINK.matcher(mail.substring(mail.indexOf("text/plain")));
        assertThat(found.find()).as(mail).isTrue();
        return URI.create(found.group());
    }

    /** As if a minute had passed since the last mail. */
    private void again(Member member) {
        database.update("UPDATE MFA_MAIL SET SENT_AT = SENT_AT - 61000 WHERE USER_ID = ?", member.id());
    }

    private static LoginPage opened(URI link) {
        return new Browser().open(link).as(LoginPage.class);
    }

    private static RecoveryCodesPage codes(LoginPage page, Member member) {
        return page.signIn(member.username(), Member.PASSWORD)
                .as(ChallengePage.class)
                .answer(member.phone().nextCode())
                .as(OtherPage.class)
                .html()
                .submit("renew", Map.of("renew", "true"))
                .as(RecoveryCodesPage.class);
    }

    private Page recover(Member member, String code) {
        return realm.password(new Browser(), realm.web().signIn(), member)
                .as(ChallengePage.class)
                .choose("RECOVERY_CODE")
                .as(ChallengePage.class)
                .answer(code);
    }

    private int counting(Member member) {
        return database.rows(
                        "SELECT ID FROM MFA_RECOVERY_CODE WHERE USED = FALSE AND ENROLLMENT_ID IS NULL AND USER_ID = ?",
                        member.id())
                .size();
    }

    private int waiting(Member member) {
        return database.rows(
                        "SELECT ID FROM MFA_RECOVERY_CODE WHERE ENROLLMENT_ID IS NOT NULL AND USER_ID = ?", member.id())
                .size();
    }

    private static String flipped(URI link) {
        String text = link.toString();
        int at = text.length() - 20;
        return text.substring(0, at) + (text.charAt(at) == 'A' ? 'B' : 'A') + text.substring(at + 1);
    }

    private static void assertProblem(Reply reply, int status, String error) {
        assertThat(reply.status()).as(reply.request() + reply.body()).isEqualTo(status);
        assertThat(reply.json().path("error").asText()).isEqualTo(error);
    }
}
