package io.sallyport.journey;

import static io.sallyport.journey.Claims.assertMfa;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** The pages about trust in Chromium: browsers that are trusted, and the mailbox before the first factor. */
@Journey
final class ChromiumTrustIT {

    private static final Pattern MAILED = Pattern.compile("(?m)^[0-9]{8}$");

    private final KeycloakServer server;

    ChromiumTrustIT(KeycloakServer server) {
        this.server = server;
    }

    @Test
    @DisplayName("POL-15: a browser is trusted, listed and trusted no more")
    void trustIsListedAndEnded() throws Exception {
        MfaRealm realm = MfaRealm.setUp(server, Map.of("mfa.trusted-device.days", "30"), Rules.FOR_ALL);
        realm.change(Chromium.REALM_NAME);
        Member member = realm.enrolled();
        try (Application application = Application.in(realm);
                Chromium browser = Chromium.open("trust")) {
            Visitor visitor = Visitor.at(browser);
            SignIn signIn = application.client().signIn();
            visitor.password(signIn, member);
            browser.await("#trust").click();
            visitor.answer(member.phone().nextCode());
            assertMfa(visitor.arrive(application, signIn).claims());

            SignIn list = application.client().signIn(Map.of("kc_action", "mfa-devices"));
            browser.visit(list.address().toString());
            browser.await("[data-mfa-current]");
            browser.await("#mfa-devices button[name=end]").click();
            browser.await("#mfa-no-devices");
            browser.await("#mfa-done").click();
            visitor.arrive(application, list);
        }
    }

    @Test
    @DisplayName("LIFE-06: a code by mail comes before the first factor")
    void aCodeByMail() throws Exception {
        MfaRealm realm = MfaRealm.setUp(server, Map.of("mfa.enrollment.proof", "EMAIL"), Rules.FOR_ALL);
        try (Mailbox mailbox = Mailbox.open();
                Application application = Application.in(realm);
                Chromium browser = Chromium.open("mail")) {
            Map<String, Object> change = new HashMap<>(Chromium.REALM_NAME);
            change.put(
                    "smtpServer",
                    Map.of("host", "localhost", "port", String.valueOf(mailbox.port()), "from", "sso@example.org"));
            realm.change(change);
            Member member = realm.newcomer();
            Visitor visitor = Visitor.at(browser);
            visitor.password(application.client().signIn(), member);
            browser.await("#mfa-send").click();
            browser.await("#mfa-email-sent");
            Matcher mailed = MAILED.matcher(
                    mailbox.next(member.username() + "@example.org", "Your code for setting up a second factor"));
            assertThat(mailed.find()).isTrue();

            visitor.answer(mailed.group());

            browser.await("[data-mfa-secret]");
        }
    }

    @Test
    @DisplayName("The account console lists recovery codes, and leads to new ones")
    void theAccountConsoleLeadsToNewCodes() throws Exception {
        MfaRealm realm = MfaRealm.strict(server);
        realm.change(Chromium.REALM_NAME);
        Member newcomer = realm.newcomer();
        EnrollTotpPage page =
                realm.password(new Browser(), realm.web().signIn(), newcomer).as(EnrollTotpPage.class);
        Phone phone = Phone.with(page.secret());
        page.confirm(phone.nextCode(), "phone").as(RecoveryCodesPage.class).confirm();
        Member member = new Member(newcomer.id(), newcomer.username(), page.secret(), phone);
        try (Chromium browser = Chromium.open("account")) {
            Visitor visitor = Visitor.at(browser);
            browser.visit(realm.address() + "/account/account-security/signing-in");
            visitor.password(member);
            visitor.answer(phone.nextCode());
            assertThat(browser.await("[data-testid='mfa-recovery-codes/title']").getText())
                    .isEqualTo("Recovery codes");

            browser.await("[data-testid='mfa-recovery-codes/credential-list'] [data-testrole='update']")
                    .click();
            browser.await("#mfa-renew").click();
            visitor.keepCodes();

            browser.await("[data-testid='mfa-recovery-codes/credential-list'] [data-testrole='update']");
        }
        assertThat(realm.audit().of(member.id(), "auth.mfa_recovery_reset")).hasSize(2);
    }
}
