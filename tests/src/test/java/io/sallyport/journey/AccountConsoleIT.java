package io.sallyport.journey;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** "Signing in" of Keycloak's account console, in Chromium: what people see of their factors, and do about them. */
@Journey
final class AccountConsoleIT {

    private static final String CODES = "[data-testid='mfa-recovery-codes/";
    private static final String BROWSERS = "[data-testid='mfa-trusted-browsers/";

    private final MfaRealm realm;

    AccountConsoleIT(KeycloakServer server) {
        realm = MfaRealm.setUp(
                server, Map.of("mfa.trusted-device.days", "7", "mfa.methods", "TOTP,WEBAUTHN"), Rules.FOR_ALL);
        realm.change(Map.of("displayName", "Example Finance", "accountTheme", "mfa"));
    }

    @Test
    @DisplayName("Methods are listed, added with a label and removed; codes are counted; trust in browsers is ended")
    void signingIn() throws IOException {
        Member member = realm.enrolled();
        try (Chromium browser = Chromium.open("account-console")) {
            browser.plugIn(true);
            browser.visit(realm.address() + "/account/account-security/signing-in");
            Visitor visitor = Visitor.at(browser);
            visitor.password(member);
            browser.await("#trust").click();
            visitor.answer(member.phone().nextCode());

            browser.leaveBy(BROWSERS + "credential-list'] [data-testrole='update']");
            browser.await("#mfa-devices button[name=end]").click();
            browser.await("#mfa-no-devices");
            browser.leaveBy("#mfa-done");

            browser.leaveBy(CODES + "create']");
            browser.await("#mfa-renew").click();
            visitor.keepCodes();
            assertThat(browser.await(CODES + "help-text']").getText()).startsWith("Codes left: 10.");
            assertThat(browser.texts(BROWSERS + "title']")).isEmpty();
            assertThat(browser.await(CODES + "credential-list'] [data-testrole='created-at']")
                            .isDisplayed())
                    .as("a date before the codes were made")
                    .isFalse();

            browser.leaveBy("[data-testid='webauthn/create']");
            browser.await("#label").sendKeys("blue key");
            browser.leaveBy("#mfa-key");
            assertThat(browser.await("[data-testid='webauthn/credential-list'] [data-testrole='label']")
                            .getText())
                    .isEqualTo("blue key");

            browser.leaveBy("[data-testid='otp/credential-list'] [data-testrole='remove']");
            browser.leaveBy("#kc-accept");
            browser.await("[data-testid='otp/not-set-up']");
        }
        assertThat(realm.credentials(member)).contains("webauthn").doesNotContain("otp");
    }
}
