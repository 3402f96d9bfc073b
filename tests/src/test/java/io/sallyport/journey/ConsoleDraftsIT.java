package io.sallyport.journey;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.Keys;

/** What is typed in the screens of the admin console stays, whatever way they are left. */
@Journey
final class ConsoleDraftsIT {

    private static final String BACK = "[data-testid='mfa-drop']";
    private static final String REASON = "textarea[name=reason]";

    private final MfaRealm realm;
    private final Member admin;
    private final Member subject;

    ConsoleDraftsIT(KeycloakServer server) {
        // a rule says that nobody must prove anything at sign-in: so an administrator comes without a fresh proof
        realm = MfaRealm.setUp(server, Map.of(), Rules.document(Map.of("name", "nobody", "required", false)));
        realm.change(Map.of("adminTheme", "mfa"));
        admin = realm.enrolled();
        subject = realm.enrolled();
        Roles.of(realm).grant(admin.id(), "realm-admin");
    }

    @Test
    @DisplayName("A half-filled rule is there again after a tab, Back, a reload and another page of the console,"
            + " until somebody discards it")
    void aRule() throws IOException {
        String rule = Policies.of(realm)
                .create(Map.of("required", true, "scope", Map.of("user", subject.username()), "reason", "at first"))
                .expect(201)
                .json()
                .path("id")
                .asText();
        try (Chromium browser = Chromium.open("console-drafts")) {
            open(browser, "mfa/policy?do=edit&rule=" + rule);
            browser.await(REASON).sendKeys(", then better");
            browser.await("[data-testid='mfa-audit']").click();
            browser.await(".mfa-row");
            browser.run("history.back()");
            browser.await(BACK);
            browser.assertAccessible("mfa-realm-page");
            assertThat(value(browser, REASON)).isEqualTo("at first, then better");
            reload(browser, BACK);
            assertThat(value(browser, REASON)).isEqualTo("at first, then better");

            browser.await("[data-testid='mfa-preview']").click();
            browser.await("[data-testid='mfa-simulation'] table");
            browser.await("[name=why]").sendKeys("My own change");
            browser.run("location.hash = '#/" + realm.name() + "/users'");
            browser.awaitGone("mfa-realm-page");
            browser.run("history.back()");
            assertThat(value(browser, "[name=why]")).isEqualTo("My own change");
            assertThat(browser.texts("mfa-realm-page td")).contains("at first, then better");

            browser.press(BACK);
            browser.awaitGone(BACK);
            assertThat(value(browser, REASON)).isEqualTo("at first");
            browser.await(REASON).sendKeys(", never");
            browser.press("[data-testid='mfa-rule-form'] .mfa-buttons > a");
            browser.await(".mfa-rule");
            browser.run("history.back()");
            assertThat(value(browser, REASON)).isEqualTo("at first");
            assertThat(browser.texts(BACK)).isEmpty();
        }
    }

    @Test
    @DisplayName("Half-filled settings, actions and dialogs are there again; what was cancelled is not")
    void settingsActionsAndDialogs() throws IOException {
        try (Chromium browser = Chromium.open("console-drafts-others")) {
            open(browser, "mfa/settings");
            browser.await("[name='mfa.claim.ttl']").clear();
            browser.await("[name='mfa.claim.ttl']").sendKeys("222");
            browser.await("[data-testid='mfa-actions']").click();
            browser.press("[data-testid='mfa-action-new']");
            browser.await("[name=type]").sendKeys("pay_somebody");
            browser.run("history.go(-2)");
            browser.await(BACK);
            assertThat(value(browser, "[name='mfa.claim.ttl']")).isEqualTo("222");
            browser.press(BACK);
            browser.awaitGone(BACK);
            assertThat(value(browser, "[name='mfa.claim.ttl']")).isEqualTo("300");
            browser.run("history.go(2)");
            browser.await(BACK);
            browser.assertAccessible("mfa-realm-page");
            assertThat(value(browser, "[name=type]")).isEqualTo("pay_somebody");

            browser.run("location.hash = '#/" + realm.name() + "/users/" + subject.id() + "/mfa'");
            browser.press("[data-testid='mfa-pass']");
            browser.await("dialog [name=reason]").sendKeys("on the phone");
            reload(browser, "dialog [name=reason]");
            assertThat(value(browser, "dialog [name=reason]")).isEqualTo("on the phone");
            browser.await("dialog [name=reason]").sendKeys(Keys.ESCAPE);
            browser.awaitGone("dialog");
            reload(browser, "mfa-user-panel .mfa-table");
            assertThat(browser.texts("dialog")).isEmpty();
        }
    }

    /** Loads the page again and waits for this in the new one. */
    private static void reload(Chromium browser, String wanted) throws IOException {
        browser.run("document.body.dataset.old = 'yes'; location.reload()");
        browser.await("body:not([data-old]) " + wanted);
    }

    private static String value(Chromium browser, String field) throws IOException {
        return String.valueOf(browser.await(field).getDomProperty("value"));
    }

    private void open(Chromium browser, String path) throws IOException {
        browser.visit(realm.server().address() + "/admin/" + realm.name() + "/console/#/" + realm.name() + "/" + path);
        Visitor.at(browser).password(admin);
    }
}
