package io.sallyport.journey;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** The pages of text messages in Chromium, with a provider on this machine. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class ChromiumSmsIT {

    /** The phone's part of WebOTP, which a browser on a desk does not have: the test delivers the code. */
    private static final String PHONE = "window.OTPCredential = class {};"
            + "const known = navigator.credentials.get.bind(navigator.credentials);"
            + "const message = new Promise(resolve => window.deliver = code => resolve({code}));"
            + "navigator.credentials.get = options => options.otp ? message : known(options);";

    private final Twilio twilio = new Twilio();
    private final KeycloakServer server = SharedServer.start("journey-sms-pages", twilio.options());

    @AfterAll
    void stop() {
        server.close();
        twilio.close();
    }

    @Test
    @DisplayName(
            "SMS-06, SMS-16: a number is enrolled; at the next sign-in the browser takes the code from the message")
    void enrollAndSignIn() throws IOException {
        MfaRealm realm = MfaRealm.setUp(server, Map.of("mfa.methods", "TOTP,SMS_OTP"), Rules.FOR_ALL);
        realm.change(Chromium.REALM_NAME);
        Member member = realm.newcomer();
        SmsPhone phone = SmsPhone.fresh(twilio, server);
        try (Application application = Application.in(realm);
                Chromium browser = Chromium.open("sms")) {
            Visitor visitor = Visitor.at(browser);
            SignIn first = application.client().signIn();
            visitor.password(first, member);
            browser.await("#mfa-method-sms-otp").click();
            browser.await("#number").sendKeys(phone.number());
            browser.await("#mfa-submit").click();
            browser.await("#mfa-sms-ask");
            browser.await("#mfa-send").click();
            browser.await("#mfa-sms-sent");
            assertThat(browser.await("#mfa-send").isEnabled()).isFalse();
            assertThat(browser.texts("#mfa-send").get(0)).containsPattern("\\(\\d+\\)");
            visitor.answer(phone.code());
            visitor.keepCodes();
            visitor.arrive(application, first);

            browser.forget();
            phone.letPass(Duration.ofMinutes(1));
            browser.beforeEachPage(PHONE);
            SignIn second = application.client().signIn();
            visitor.password(second, member);
            browser.await("#mfa-send").click();
            browser.await("#mfa-sms-sent");
            browser.run("window.deliver('" + phone.code() + "')");

            Tokens tokens = visitor.arrive(application, second);
            assertThat(tokens.claims().path("mfa_method").asText()).isEqualTo("SMS_OTP");
        }
    }
}
