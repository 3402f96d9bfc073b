package io.sallyport.journey;

import static io.sallyport.journey.Claims.assertMfa;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** "Forgot password": a mailbox is no second factor, and without one it gives no password either. */
@Journey
final class ResetCredentialsIT {

    private static final String NEW_PASSWORD = "battery staple";

    private final MfaRealm realm;
    private final Mailbox mailbox = Mailbox.open();

    ResetCredentialsIT(KeycloakServer server) {
        this.realm = MfaRealm.strict(server);
        realm.change(Map.of(
                "resetPasswordAllowed",
                true,
                "smtpServer",
                Map.of("host", "localhost", "port", String.valueOf(mailbox.port()), "from", "sso@example.org")));
    }

    @AfterAll
    void close() {
        mailbox.close();
    }

    @Test
    @DisplayName("FLOW-13, LIFE-10: the existing factor is asked before the new password is, in the same browser")
    void theFactorIsAskedInTheSameBrowser() throws Exception {
        Member member = realm.enrolled();
        Browser browser = new Browser();
        SignIn signIn = realm.web().signIn();
        URI link = forgotten(browser, signIn, member);

        ChallengePage challenge = browser.open(link).as(ChallengePage.class);
        OtherPage password = challenge.answer(member.phone().nextCode()).as(OtherPage.class);
        Page arrived = password.html()
                .submit("password-new", Map.of("password-new", NEW_PASSWORD, "password-confirm", NEW_PASSWORD));

        JsonNode claims = signIn.redeem(arrived).tokens().claims();
        assertThat(claims.path("mfa_method").asText()).isEqualTo("TOTP");
        assertThat(realm.credentials(member)).containsOnlyOnce("otp");
        assertMfa(direct(member, NEW_PASSWORD).tokens().claims());
    }

    @Test
    @DisplayName(
            "FLOW-13, LIFE-10: the thief of a mailbox to which the address was changed gets neither a password nor a session")
    void theFactorIsAskedInAnotherBrowser() throws Exception {
        Member member = realm.enrolled();
        realm.changeUser(member, Map.of("email", "changed-" + member.username() + "@example.org"));
        URI link = forgotten(new Browser(), realm.web().signIn(), member);
        Browser thief = new Browser();

        ChallengePage asked = thief.open(link).as(ChallengePage.class);
        Page pushed = thief.submit(
                asked.html().action("code"), Map.of("password-new", NEW_PASSWORD, "password-confirm", NEW_PASSWORD));

        assertThat(pushed).isInstanceOf(ChallengePage.class);
        assertThat(thief.open(realm.shop().signIn().address())).isNotInstanceOf(Arrived.class);
        assertThat(direct(member, NEW_PASSWORD).granted()).isFalse();
    }

    @Test
    @DisplayName("FLOW-13: leaving half-way leaves password and factor, and nobody is made to enroll another")
    void leavingHalfWayLeavesEverything() throws Exception {
        Member member = realm.enrolled();
        Browser browser = new Browser();
        browser.open(forgotten(browser, realm.web().signIn(), member)).as(ChallengePage.class);

        assertThat(realm.credentials(member)).containsOnlyOnce("otp");
        assertThat(realm.admin()
                        .get(realm.name() + "/users/" + member.id())
                        .path("requiredActions")
                        .toString())
                .doesNotContain("CONFIGURE_TOTP");
        assertMfa(realm.signIn(new Browser(), member).claims());
    }

    @Test
    @DisplayName("FLOW-13: a locked user stays locked")
    void aLockedUserStaysLocked() throws Exception {
        Member member = realm.enrolled();
        for (int i = 0; i < 5; i++) {
            realm.backend()
                    .password(member.username(), Member.PASSWORD, member.phone().wrongCode());
        }
        Browser browser = new Browser();

        Page page = browser.open(forgotten(browser, realm.web().signIn(), member));

        assertThat(page).isInstanceOf(LockedPage.class);
    }

    @Test
    @DisplayName("FLOW-13: who has no factor enrolls one before anything else")
    void whoHasNoFactorEnrolls() throws Exception {
        Member member = realm.newcomer();
        Browser browser = new Browser();

        Page page = browser.open(forgotten(browser, realm.web().signIn(), member));

        assertThat(page).isInstanceOf(EnrollTotpPage.class);
    }

    private TokenReply direct(Member member, String password) {
        return realm.backend()
                .password(member.username(), password, member.phone().nextCode());
    }

    /** As far as the mail. */
    private URI forgotten(Browser browser, SignIn signIn, Member member) throws InterruptedException {
        LoginPage login = browser.open(signIn.address()).as(LoginPage.class);
        String forgot =
                login.html().document().select("a[href*=reset-credentials]").attr("abs:href");
        LoginPage who = browser.open(URI.create(forgot)).as(LoginPage.class);
        who.html().submit("username", Map.of("username", member.username()));
        return mailbox.nextLink();
    }
}
