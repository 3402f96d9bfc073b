package io.sallyport.journey;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.Keys;

/** Who uses the screens of the admin console by the keyboard goes on where he was, whatever is drawn anew. */
@Journey
final class ConsoleFocusIT {

    /** As many as the first page of a level has, and a few more. */
    private static final int RULES = 22;

    private final MfaRealm realm;
    private final Member admin;
    private final Member subject;

    ConsoleFocusIT(KeycloakServer server) {
        realm = MfaRealm.setUp(server, Map.of(), Rules.FOR_ALL);
        realm.change(Map.of("adminTheme", "mfa"));
        admin = realm.enrolled();
        subject = realm.enrolled();
        Roles.of(realm).grant(admin.id(), "realm-admin");
    }

    @Test
    @DisplayName(
            "More rules come below those that are there, which stay as they are, and the first of them has the focus")
    void moreRows() throws IOException {
        IntStream.range(0, RULES)
                .forEach(i -> create(Map.of(
                        "required",
                        true,
                        "when",
                        Map.of("inside_networks", List.of("10.9." + i + ".0/24")),
                        "reason",
                        "x")));
        create(Map.of(
                "required", true, "scope", Map.of("user", subject.username()), "state", "REPORT_ONLY", "reason", "x"));
        try (Chromium browser = Chromium.open("console-focus-more")) {
            open(browser, "mfa/policy");
            browser.press("[data-testid='mfa-trial']");
            browser.await("[data-testid='mfa-simulation'] table");
            browser.await("[data-testid='mfa-more']").sendKeys(Keys.ENTER);
            browser.await("[data-testid='mfa-rules-GLOBAL'] > li:nth-child(21):focus");
            browser.awaitGone("[data-testid='mfa-more']");
            assertThat(browser.texts("[data-testid='mfa-simulation'] table")).hasSize(1);
            assertThat(browser.texts("[data-testid='mfa-rules-GLOBAL'] > li")).hasSize(RULES + 1);
            browser.assertAccessible("mfa-realm-page");
        }
    }

    @Test
    @DisplayName("After an act, a change and another try the focus is on what came of it")
    void whatCameOfIt() throws IOException {
        try (Chromium browser = Chromium.open("console-focus")) {
            open(browser, "users/" + subject.id() + "/mfa");
            confirm(browser, "[data-testid='mfa-pass']");
            browser.await(".mfa-outcome:focus [data-testid='mfa-pass-code']");

            browser.run("window.kept = window.fetch; window.fetch = () => Promise.reject(new TypeError('gone'));"
                    + "location.hash = '#/" + realm.name() + "/mfa/actions'");
            browser.await(".mfa-body > [role=alert]");
            browser.run("window.fetch = window.kept");
            browser.await(".mfa-body > button").sendKeys(Keys.ENTER);
            browser.await(".mfa-body:focus [data-testid='mfa-action-new']");

            browser.run("location.hash = '#/" + realm.name() + "/mfa/settings'");
            browser.await("[name='mfa.claim.ttl']").clear();
            browser.await("[name='mfa.claim.ttl']").sendKeys("222");
            confirm(browser, "[data-testid='mfa-save']");
            browser.await(".mfa-outcome:focus [class*='m-success']");
        }
    }

    private void create(Map<String, Object> rule) {
        Policies.of(realm).create(rule).expect(201);
    }

    private static void confirm(Chromium browser, String by) throws IOException {
        browser.press(by);
        browser.await("dialog [name=reason]").sendKeys("by the keyboard");
        browser.await("[data-testid='mfa-confirm']").sendKeys(Keys.ENTER);
    }

    private void open(Chromium browser, String path) throws IOException {
        browser.visit(realm.server().address() + "/admin/" + realm.name() + "/console/#/" + realm.name() + "/" + path);
        Visitor.at(browser).password(admin);
        Visitor.at(browser).answer(admin.phone().nextCode());
    }
}
