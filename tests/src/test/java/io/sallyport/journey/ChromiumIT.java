package io.sallyport.journey;

import static io.sallyport.journey.Claims.assertMfa;
import static io.sallyport.journey.Claims.assertNoMfa;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** The central journeys again, in the browser that people have. */
@Journey
final class ChromiumIT {

    private final MfaRealm realm;
    private final Application application;

    ChromiumIT(KeycloakServer server) throws IOException {
        this.realm = MfaRealm.strict(server);
        realm.change(Chromium.REALM_NAME);
        this.application = Application.in(realm);
    }

    @Test
    @DisplayName("Sign-in with TOTP")
    void signInWithTotp() throws IOException {
        try (Chromium browser = Chromium.open("sign-in")) {
            Member member = realm.enrolled();
            SignIn signIn = application.client().signIn();
            Visitor.at(browser).password(signIn, member);

            Visitor.at(browser).answer(member.phone().nextCode());

            assertMfa(Visitor.at(browser).arrive(application, signIn).claims());
        }
    }

    @Test
    @DisplayName("Enrollment forced by the policy")
    void forcedEnrollment() throws IOException {
        try (Chromium browser = Chromium.open("enroll")) {
            SignIn signIn = application.client().signIn();
            Visitor.at(browser).password(signIn, realm.newcomer());
            String secret = String.valueOf(browser.await("[data-mfa-secret]").getDomAttribute("data-mfa-secret"));
            assertThat(browser.await("#mfa-qr").getDomProperty("naturalWidth")).isNotEqualTo("0");

            Visitor.at(browser).answer(Phone.with(secret).nextCode());

            browser.await("#mfa-codes");
            assertThat(browser.texts("#mfa-codes li")).hasSize(10);
            Visitor.at(browser).keepCodes();
            assertMfa(Visitor.at(browser).arrive(application, signIn).claims());
        }
    }

    @Test
    @DisplayName(
            "A security key of Chromium's own: made when the policy demands a factor, and used at the next sign-in")
    void securityKey(KeycloakServer server) throws IOException {
        MfaRealm keys = MfaRealm.setUp(server, Map.of("mfa.methods", "WEBAUTHN"), Rules.FOR_ALL);
        keys.change(Chromium.REALM_NAME);
        try (Application app = Application.in(keys);
                Chromium browser = Chromium.open("key")) {
            browser.plugIn(true);
            Member member = keys.newcomer();
            SignIn first = app.client().signIn();
            Visitor.at(browser).password(first, member);
            browser.await("#label").sendKeys("blue key");
            browser.await("#mfa-key").click();
            Visitor.at(browser).keepCodes();
            assertKey(Visitor.at(browser).arrive(app, first).claims());

            browser.forget();
            SignIn second = app.client().signIn();
            Visitor.at(browser).password(second, member);
            browser.await("#mfa-key").click();

            assertKey(Visitor.at(browser).arrive(app, second).claims());
        }
    }

    @Test
    @DisplayName("Without its key the browser says so, and the user may try again")
    void noSuchKey(KeycloakServer server) throws IOException {
        MfaRealm keys = MfaRealm.setUp(server, Map.of("mfa.methods", "WEBAUTHN"), Rules.FOR_ALL);
        keys.change(Chromium.REALM_NAME);
        try (Application app = Application.in(keys);
                Chromium browser = Chromium.open("no-key")) {
            browser.plugIn(true);
            SecurityKey elsewhere =
                    SecurityKey.at("http://localhost:" + server.address().getPort());
            Visitor.at(browser)
                    .password(app.client().signIn(), keys.member(List.of(elsewhere.asStored("webauthn", 0))));

            browser.await("#mfa-key").click();
            browser.await("#mfa-key-status:not(:empty)");

            assertThat(browser.await("#mfa-key").isEnabled()).isTrue();
        }
    }

    @Test
    @DisplayName("Five wrong codes end at the page of a locked user")
    void lockout() throws IOException {
        try (Chromium browser = Chromium.open("lockout")) {
            Member member = realm.enrolled();
            Visitor.at(browser).password(application.client().signIn(), member);

            for (int i = 0; i < 5; i++) {
                Visitor.at(browser).answer(member.phone().wrongCode());
            }

            assertThat(browser.await("#mfa-start-again").isDisplayed()).isTrue();
            assertThat(browser.texts("#code")).isEmpty();
        }
    }

    @Test
    @DisplayName("Enrolling may be put off: the page on a desk and on a phone, and both of its buttons")
    void grace(KeycloakServer server) throws IOException {
        MfaRealm lenient = MfaRealm.setUp(server, Map.of(), Graces.everybody(Map.of("days", 14, "skips", 3)));
        lenient.change(Map.of(
                "internationalizationEnabled",
                true,
                "supportedLocales",
                List.of("en", "de"),
                "defaultLocale",
                "en",
                "displayName",
                "Example Finance"));
        try (Application app = Application.in(lenient);
                Chromium browser = Chromium.open("grace")) {
            Member member = lenient.newcomer();
            Visitor.at(browser).password(app.client().signIn(Map.of("ui_locales", "de")), member);
            browser.await("#mfa-now");
            browser.width(400);
            browser.await("#mfa-now").click();
            browser.await("[data-mfa-secret]");
        }
        try (Application app = Application.in(lenient, "other");
                Chromium browser = Chromium.open("grace-later")) {
            SignIn signIn = app.client().signIn();
            Visitor.at(browser).password(signIn, lenient.newcomer());
            browser.await("#mfa-now");
            assertThat(browser.texts("time[data-mfa-time]").get(0)).doesNotContain("UTC");
            browser.width(400);

            browser.await("#mfa-later").click();

            assertNoMfa(Visitor.at(browser).arrive(app, signIn).claims());
        }
    }

    private static void assertKey(JsonNode claims) {
        assertThat(claims.path("mfa_method").asText()).isEqualTo("WEBAUTHN");
        assertThat(claims.path("amr").toString()).contains("hwk", "user", "mfa");
    }
}
