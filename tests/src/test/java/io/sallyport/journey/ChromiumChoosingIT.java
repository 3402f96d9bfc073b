package io.sallyport.journey;

import static io.sallyport.journey.Claims.assertMfa;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** The pages around the factors, in the browser that people have: choose, try another way, recover, renew. */
@Journey
final class ChromiumChoosingIT {

    private static final Map<String, String> RENEW = Map.of("kc_action", "CONFIGURE_RECOVERY_AUTHN_CODES");

    private final MfaRealm realm;

    ChromiumChoosingIT(KeycloakServer server) {
        this.realm = MfaRealm.setUp(server, Map.of("mfa.methods", "TOTP,WEBAUTHN"), Rules.FOR_ALL);
        realm.change(Chromium.REALM_NAME);
    }

    @Test
    @DisplayName("A newcomer chooses a method, later takes another way, recovers with a code and renews the codes")
    void chooseRecoverRenew() throws IOException {
        Member member = realm.newcomer();
        try (Application application = Application.in(realm);
                Chromium browser = Chromium.open("choosing")) {
            Visitor visitor = Visitor.at(browser);
            browser.plugIn(true);
            SignIn first = application.client().signIn();
            visitor.password(first, member);
            assertThat(browser.await("#mfa-methods strong").getText()).containsIgnoringCase("passkey");
            browser.await("#mfa-method-totp").click();
            visitor.answer(secret(browser).nextCode());
            List<String> codes = codes(browser);
            visitor.keepCodes();
            assertMfa(visitor.arrive(application, first).claims());

            browser.forget();
            SignIn second = application.client().signIn();
            visitor.password(second, member);
            browser.await("#mfa-other").click();
            browser.await("#mfa-method-recovery-code").click();
            visitor.answer(codes.get(0));
            browser.await("#mfa-method-totp").click();
            Phone phone = secret(browser);
            visitor.answer(phone.nextCode());
            assertMfa(visitor.arrive(application, second).claims());

            SignIn renew = application.client().signIn(RENEW);
            browser.visit(renew.address().toString());
            browser.await("#mfa-renew").click();
            assertThat(codes(browser)).hasSize(10).doesNotContainAnyElementsOf(codes);
            visitor.keepCodes();
            assertMfa(visitor.arrive(application, renew).claims());
        }
    }

    private static Phone secret(Chromium browser) throws IOException {
        return Phone.with(String.valueOf(browser.await("[data-mfa-secret]").getDomAttribute("data-mfa-secret")));
    }

    private static List<String> codes(Chromium browser) throws IOException {
        browser.await("#mfa-codes");
        return browser.texts("#mfa-codes li");
    }
}
