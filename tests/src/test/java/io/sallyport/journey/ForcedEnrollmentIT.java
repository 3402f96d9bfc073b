package io.sallyport.journey;

import static io.sallyport.journey.Claims.assertMfa;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Somebody without a factor, whom the policy makes enroll one. */
@Journey
final class ForcedEnrollmentIT {

    private static final String ATTACKERS_SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP";

    private final MfaRealm realm;

    ForcedEnrollmentIT(KeycloakServer server) {
        this.realm = MfaRealm.strict(server);
    }

    @Test
    @DisplayName("FLOW-11: the first token comes after the first code and the recovery codes")
    void enrollsAndSignsIn() {
        Member member = realm.newcomer();
        SignIn signIn = realm.web().signIn();
        EnrollTotpPage enroll = begin(new Browser(), signIn, member);
        Phone phone = Phone.with(enroll.secret());

        RecoveryCodesPage codes = enroll.confirm(phone.nextCode(), "my phone").as(RecoveryCodesPage.class);

        assertThat(codes.codes()).hasSize(10).doesNotHaveDuplicates();
        assertMfa(signIn.redeem(codes.confirm()).tokens().claims());
        assertThat(realm.audit().of(member.id()))
                .extracting(Audit.Row::type)
                .contains("auth.mfa_enrollment_started", "auth.mfa_activated");
        assertThat(credentials(member)).contains("otp");
        assertThat(nextTime(member, phone)).isInstanceOf(Arrived.class);
    }

    @Test
    @DisplayName("TOTP-10: an abandoned enrollment leaves no factor, and the next sign-in begins again")
    void anAbandonedEnrollmentLeavesNothing() {
        Member member = realm.newcomer();
        String abandoned = begin(new Browser(), realm.web().signIn(), member).secret();

        EnrollTotpPage again = begin(new Browser(), realm.web().signIn(), member);

        assertThat(again.secret()).isNotEqualTo(abandoned);
        assertThat(credentials(member)).doesNotContain("otp");
        assertThat(direct(member, Map.of()).error()).isEqualTo("mfa_required");
    }

    @Test
    @DisplayName("TOTP-10: a wrong first code leads back to the same secret, and nothing is active")
    void aWrongFirstCodeActivatesNothing() {
        Member member = realm.newcomer();
        EnrollTotpPage enroll = begin(new Browser(), realm.web().signIn(), member);
        Phone phone = Phone.with(enroll.secret());

        EnrollTotpPage again = enroll.confirm(phone.wrongCode(), "").as(EnrollTotpPage.class);

        assertThat(again.secret()).isEqualTo(enroll.secret());
        assertThat(again.message()).isNotEmpty();
        assertThat(credentials(member)).doesNotContain("otp");
        assertThat(again.confirm(phone.nextCode(), "")).isInstanceOf(RecoveryCodesPage.class);
    }

    @Test
    @DisplayName("TOTP: the secret is the server's, whatever the browser posts")
    void theSecretNeverComesFromTheBrowser() {
        Member member = realm.newcomer();
        EnrollTotpPage enroll = begin(new Browser(), realm.web().signIn(), member);
        String code = Phone.with(ATTACKERS_SECRET).nextCode();

        Page answer = enroll.confirm(Map.of(
                "code", code, "label", "", "totp", code, "totpSecret", ATTACKERS_SECRET, "secret", ATTACKERS_SECRET));

        assertThat(answer.as(EnrollTotpPage.class).secret()).isEqualTo(enroll.secret());
        assertThat(credentials(member)).doesNotContain("otp");
    }

    @Test
    @DisplayName("FLOW-06: enrollment can't be cancelled")
    void enrollmentCannotBeCancelled() {
        Member member = realm.newcomer();
        EnrollTotpPage enroll = begin(new Browser(), realm.web().signIn(), member);

        Page answer = enroll.confirm(Map.of("code", "", "label", "", "cancel-aia", "true"));

        assertThat(answer).isInstanceOf(EnrollTotpPage.class);
    }

    @Test
    @DisplayName("POL-08: leaving the page and opening the application again gets no code")
    void openingTheApplicationAgainGetsNoCode() {
        Member member = realm.newcomer();
        Browser browser = new Browser();
        begin(browser, realm.web().signIn(), member);

        Page page = browser.open(realm.shop().signIn().address());

        assertThat(page).isNotInstanceOf(Arrived.class);
    }

    @Test
    @DisplayName("The recovery codes are shown once: the page can't be had again, and the database has only hashes")
    void recoveryCodesAreShownOnce(KeycloakServer server) {
        Member member = realm.newcomer();
        Browser browser = new Browser();
        EnrollTotpPage enroll = begin(browser, realm.web().signIn(), member);
        URI action = enroll.html().action("code");
        RecoveryCodesPage codes =
                enroll.confirm(Phone.with(enroll.secret()).nextCode(), "").as(RecoveryCodesPage.class);

        String again = browser.open(action).describe();
        String dump = server.database().dump();

        assertThat(codes.codes()).isNotEmpty().noneMatch(again::contains).noneMatch(dump::contains);
        assertThat(codes.codes()).noneMatch(code -> dump.contains(code.replace("-", "")));
    }

    @Test
    @DisplayName("ERR-07: a label with markup is shown as text")
    void aLabelIsText() {
        Member member = realm.newcomer();
        EnrollTotpPage enroll = begin(new Browser(), realm.web().signIn(), member);
        String label = "<b>${7*7}</b>";

        EnrollTotpPage again =
                enroll.confirm(Phone.with(enroll.secret()).wrongCode(), label).as(EnrollTotpPage.class);

        assertThat(again.html().reply().body()).doesNotContain(label);
        assertThat(again.html().values("label")).containsExactly(label);
    }

    private EnrollTotpPage begin(Browser browser, SignIn signIn, Member member) {
        return realm.password(browser, signIn, member).as(EnrollTotpPage.class);
    }

    private Page nextTime(Member member, Phone phone) {
        return realm.password(new Browser(), realm.web().signIn(), member)
                .as(ChallengePage.class)
                .answer(phone.nextCode());
    }

    private TokenReply direct(Member member, Map<String, String> more) {
        return realm.backend().password(member.username(), Member.PASSWORD, more);
    }

    private List<String> credentials(Member member) {
        return realm.admin()
                .get(realm.name() + "/users/" + member.id() + "/credentials")
                .findValuesAsText("type");
    }
}
