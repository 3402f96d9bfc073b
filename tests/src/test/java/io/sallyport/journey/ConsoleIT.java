package io.sallyport.journey;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.By;

/** The screens inside Keycloak's own admin console, in Chromium, by the theme of the shipped JAR. */
@Journey
final class ConsoleIT {

    private static final String[] SEES_USERS = {"view-users", "query-users", "mfa.get_mfa_status"};

    private final MfaRealm realm;
    private final Member member;

    ConsoleIT(KeycloakServer server) {
        // a rule says that nobody must prove anything at sign-in: so an administrator comes without a fresh proof
        realm = MfaRealm.setUp(server, Map.of(), Rules.document(Map.of("name", "nobody", "required", false)));
        realm.change(Map.of("displayName", "Example Finance", "adminTheme", "mfa"));
        member = realm.enrolled();
    }

    @Test
    @DisplayName(
            "An administrator revokes a factor, with a reason, after a proof of his own, and sees the row in the trail")
    void anAdministratorRevokesAFactor() throws IOException {
        Member admin = administrator("realm-admin");
        Member lost = realm.enrolled();
        try (Chromium browser = Chromium.open("console-admin")) {
            open(browser, admin, lost);
            browser.await("[data-testid='mfa-revoke']");
            browser.assertAccessible("mfa-user-panel");
            browser.await("[data-testid='mfa-revoke']").click();
            browser.await("dialog [name=reason]").sendKeys("lost the phone <b>\"today\"</b>");
            browser.assertAccessible("dialog");
            browser.await("[data-testid='mfa-confirm']").click();
            browser.await("[data-testid='mfa-prove']");
            browser.leaveBy("[data-testid='mfa-prove']");
            Visitor.at(browser).answer(admin.phone().nextCode());

            assertThat(browser.await("dialog [name=reason]").getDomProperty("value"))
                    .isEqualTo("lost the phone <b>\"today\"</b>");
            browser.await("[data-testid='mfa-confirm']").click();
            assertThat(browser.await(".mfa-outcome .mfa-facts").getText()).contains("lost the phone <b>\"today\"</b>");
            browser.assertAccessible("mfa-user-panel");
        }
        assertThat(realm.credentials(lost)).doesNotContain("otp");
        JsonNode row =
                realm.audit().of(lost.id(), "auth.mfa_deactivated").get(0).json();
        assertThat(row.path("actor").asText(row.path("details").path("actor").asText()))
                .isEqualTo(admin.id());
    }

    @Test
    @DisplayName("An administrator mails a link to new recovery codes, loses nothing to a server that is gone, and sees"
            + " the row in the trail")
    void anAdministratorMailsALinkToCodes() throws Exception {
        Member admin = administrator("realm-admin");
        Member careless = realm.enrolled();
        try (Mailbox mailbox = Mailbox.open();
                Chromium browser = Chromium.open("console-codes")) {
            realm.mailsTo(mailbox);
            open(browser, admin, careless);
            browser.await("[data-testid='mfa-mailCodes']");
            browser.run("window.kept = window.fetch; window.fetch = () => Promise.reject(new TypeError('gone'))");
            confirm(browser, "[data-testid='mfa-mailCodes']", "lost the paper");
            browser.await("dialog [role=alert]");
            browser.assertAccessible("dialog");
            browser.run("window.fetch = window.kept");
            assertThat(browser.await("dialog [name=reason]").getDomProperty("value"))
                    .isEqualTo("lost the paper");
            browser.await("[data-testid='mfa-confirm']").click();
            browser.await("[data-testid='mfa-prove']");
            browser.leaveBy("[data-testid='mfa-prove']");
            Visitor.at(browser).answer(admin.phone().nextCode());
            browser.await("[data-testid='mfa-confirm']").click();

            assertThat(browser.await(".mfa-outcome .mfa-facts").getText()).contains("lost the paper");
            browser.assertAccessible("mfa-user-panel");
            assertThat(mailbox.next(careless.username() + "@example.org", "Your new recovery codes"))
                    .contains("/login-actions/action-token?key=");
        }
    }

    @Test
    @DisplayName("The page of the realm tells coverage, rules and the trail, each at its own address")
    void thePageOfTheRealm() throws IOException {
        Member admin = administrator("realm-admin");
        try (Chromium browser = Chromium.open("console-page")) {
            browser.visit(console("mfa"));
            Visitor.at(browser).password(admin);
            browser.await("[data-testid='mfa-coverage']");
            browser.assertAccessible("mfa-realm-page");
            browser.await("[data-testid='mfa-policy']").click();
            browser.await(".mfa-card .mfa-note");
            browser.assertAccessible("mfa-realm-page");
            browser.await("[data-testid='mfa-audit']").click();
            browser.await(".mfa-row");
            browser.assertAccessible("mfa-realm-page");
            assertThat(browser.awaitAddress(console("mfa/audit"))).isEqualTo(console("mfa/audit"));
        }
    }

    @Test
    @DisplayName(
            "While the trail is followed, new events come on top; what the server could not say is told, and comes later")
    void theTrailIsFollowed() throws IOException {
        Member admin = administrator("realm-admin");
        try (Chromium browser = Chromium.open("console-trail")) {
            browser.visit(console("mfa/audit"));
            Visitor.at(browser).password(admin);
            browser.await(".mfa-row");
            browser.press("[data-testid='mfa-tail']");
            SettingsApi.of(realm).change(Map.of("mfa.claim.ttl", "200")).expect(200);
            browser.await(".mfa-fresh");
            assertThat(browser.texts(".mfa-fresh td"))
                    .contains("Settings changed")
                    .doesNotContain("Trail read");
            browser.assertAccessible("mfa-realm-page");

            browser.run("window.kept = window.fetch; window.fetch = () => Promise.reject(new TypeError('gone'))");
            SettingsApi.of(realm).change(Map.of("mfa.claim.ttl", "201")).expect(200);
            browser.await(".mfa-tail [role=alert]");
            browser.run("window.fetch = window.kept");
            browser.await(".mfa-fresh ~ .mfa-fresh");
            browser.awaitGone(".mfa-tail [role=alert]");

            hide(browser, true);
            SettingsApi.of(realm).change(Map.of("mfa.claim.ttl", "202")).expect(200);
            hide(browser, false);
            browser.await(".mfa-fresh ~ .mfa-fresh ~ .mfa-fresh");
            assertThat(browser.texts(".mfa-fresh td"))
                    .filteredOn("Settings changed"::equals)
                    .hasSize(3);
        }
    }

    @Test
    @DisplayName("A row of the trail is proved in the browser, and one that was changed is found")
    void aRowIsProved() throws IOException {
        Member admin = administrator("realm-admin");
        SettingsApi.of(realm).change(Map.of("mfa.claim.ttl", "199")).expect(200);
        new Auditor(realm, Path.of(".")).awaitSealed();
        String row = realm.admin()
                .get(realm.name() + "/mfa/audit?type=auth.mfa_settings_changed&max=1")
                .path("rows")
                .path(0)
                .path("event_id")
                .asText();
        Database database = realm.server().database();
        try (Chromium browser = Chromium.open("console-proof")) {
            browser.visit(console("mfa/audit?event_id=" + row));
            Visitor.at(browser).password(admin);
            browser.press("[data-testid='mfa-row-open']");
            browser.press("[data-testid='mfa-seal']");
            browser.await("[data-testid='mfa-sealed'] [class*='m-success']");
            assertThat(browser.texts("[data-testid='mfa-sealed'] .mfa-right")).hasSize(3);
            browser.run("document.querySelector('[data-testid=mfa-sealed] details').open = true");
            browser.assertAccessible("mfa-realm-page");

            database.update("UPDATE MFA_AUDIT SET OUTCOME = 'FORGED' WHERE EVENT_ID = ?", row);
            browser.press("[data-testid='mfa-seal']");
            browser.await("[data-testid='mfa-sealed'] [class*='m-danger']");
            assertThat(browser.texts("[data-testid='mfa-sealed'] .mfa-wrong")).hasSize(2);
            database.update("UPDATE MFA_AUDIT SET OUTCOME = 'SUCCESS' WHERE EVENT_ID = ?", row);
        }
    }

    @Test
    @DisplayName("Files say how much is there, can be stopped, and are whole or not saved")
    void filesAreTakenAway() throws IOException {
        Member admin = administrator("realm-admin");
        try (Chromium browser = Chromium.open("console-files")) {
            SettingsApi.of(realm).change(Map.of("mfa.claim.ttl", "198")).expect(200);
            browser.visit(console("mfa/audit?type=auth.mfa_settings_changed"));
            Visitor.at(browser).password(admin);
            browser.press("[data-testid='mfa-files'] summary");
            browser.press("[data-testid='mfa-take-table']");
            assertThat(Files.readAllLines(browser.awaitFile("trail.csv")))
                    .hasSizeGreaterThan(1)
                    .element(1)
                    .asString()
                    .contains("auth.mfa_settings_changed");
            browser.press("[data-testid='mfa-take-sealed']");
            assertThat(Files.readAllLines(browser.awaitFile("trail.ndjson")))
                    .last()
                    .asString()
                    .startsWith("{\"manifest\":");
            browser.assertAccessible("mfa-realm-page");

            browser.run("window.kept = window.fetch; window.fetch = (to, how) => String(to).includes('/mfa/evidence')"
                    + " ? Promise.resolve(new Response(new ReadableStream({ start(out) { out.enqueue(new Uint8Array(2000));"
                    + " how.signal.addEventListener('abort', () => out.error(new DOMException('', 'AbortError'))); } })))"
                    + " : window.kept(to, how)");
            browser.press("[data-testid='mfa-take-evidence']");
            assertThat(browser.await("[data-testid='mfa-files'] progress + .mfa-note")
                            .getText())
                    .isEqualTo("2 kB so far");
            browser.assertAccessible("mfa-realm-page");
            browser.press("[data-testid='mfa-take-evidence-stop']");
            browser.await("[data-testid='mfa-files'] [class*='m-warning']");
            browser.run("window.fetch = window.kept");
            browser.press("[data-testid='mfa-take-evidence']");
            browser.awaitGone("[data-testid='mfa-take-evidence-stop']");
            browser.await("[data-testid='mfa-files'] div:last-child > .mfa-outcome [class*='m-success']");
        }
    }

    /** As if the reader looked at another tab. */
    private static void hide(Chromium browser, boolean hidden) {
        browser.run("Object.defineProperty(document, 'hidden', { value: " + hidden + ", configurable: true });"
                + "document.dispatchEvent(new Event('visibilitychange'))");
    }

    @Test
    @DisplayName("Settings say their bounds beside their fields, keep what was typed, and say who was quicker")
    void settingsAreChanged() throws IOException {
        MfaRealm own =
                MfaRealm.setUp(realm.server(), Map.of(), Rules.document(Map.of("name", "all", "required", true)));
        own.change(Map.of("adminTheme", "mfa"));
        Member admin = own.enrolled();
        Roles.of(own).grant(admin.id(), "realm-admin");
        try (Chromium browser = Chromium.open("console-settings")) {
            browser.visit(console(own, "mfa/settings"));
            Visitor.at(browser).password(admin);
            Visitor.at(browser).answer(admin.phone().nextCode());
            browser.await("[name='mfa.claim.ttl']").clear();
            browser.await("[name='mfa.claim.ttl']").sendKeys("0");
            browser.press("[data-testid='mfa-save']");
            browser.await("[data-testid='mfa-wrong-mfa.claim.ttl'] p");
            browser.assertAccessible("mfa-realm-page");
            browser.await("[name='mfa.claim.ttl']").clear();
            browser.await("[name='mfa.claim.ttl']").sendKeys("120");
            browser.await("[name='mfa.sso.amr']").sendKeys(",a b");
            SettingsApi.of(own).change(Map.of("mfa.claim.ttl", "60")).expect(200);

            confirm(browser, "[data-testid='mfa-save']", "shorter");
            browser.await("[data-testid='mfa-wrong-mfa.sso.amr'] p");
            browser.await("[name='mfa.sso.amr']").clear();
            browser.await("[name='mfa.sso.amr']").sendKeys("mfa");
            confirm(browser, "[data-testid='mfa-save']", "shorter");
            assertThat(browser.await("[data-testid='mfa-reload']")
                            .findElement(By.xpath("./.."))
                            .getText())
                    .contains("Life of the MFA claims (seconds): now 60, by admin on");
            browser.press("[data-testid='mfa-reload']");
            browser.awaitGone("[data-testid='mfa-reload']");
            confirm(browser, "[data-testid='mfa-save']", "shorter");
            browser.await(".mfa-outcome .pf-m-success, .mfa-outcome [class*=m-success]");
        }
        assertThat(SettingsApi.of(own).one("mfa.claim.ttl").path("value").asText())
                .isEqualTo("120");
    }

    @Test
    @DisplayName("Set-up says what it will change, does it, and is undone")
    void setUpAndUndo() throws IOException {
        MfaRealm own = MfaRealm.stock(realm.server());
        own.change(Map.of("adminTheme", "mfa"));
        Member admin = own.newcomer();
        Roles.of(own).grant(admin.id(), "realm-admin");
        try (Chromium browser = Chromium.open("console-set-up")) {
            browser.visit(console(own, "mfa/setup"));
            Visitor.at(browser).password(admin);
            browser.await("[data-testid='mfa-would-change']");
            browser.assertAccessible("mfa-realm-page");
            assertThat(browser.texts("[data-testid='mfa-would-change'] strong"))
                    .contains("Required action mfa-gate", "Setting mfa.enabled = true");
            confirm(browser, "[data-testid='mfa-set-up']", "to begin");
            assertThat(browser.await("dialog [class*='m-danger']").getText()).contains("master realm");
        }
        realm.server().admin().put("master", Map.of("adminTheme", "mfa"));
        try (Chromium browser = Chromium.open("console-set-up-master")) {
            browser.visit(realm.server().address() + "/admin/master/console/#/" + own.name() + "/mfa/setup");
            browser.await("#username").sendKeys("admin");
            browser.await("#password").sendKeys("admin");
            browser.leaveBy("#kc-login");
            confirm(browser, "[data-testid='mfa-set-up']", "to begin");
            assertThat(browser.await("[data-testid='mfa-changed']").getText())
                    .contains("mfa-gate", "mfa.enabled = true");
            assertThat(SettingsApi.of(own).one("mfa.enabled").path("value").asText())
                    .isEqualTo("true");
            browser.assertAccessible("mfa-realm-page");
            browser.press("[data-testid='mfa-undo']");
            browser.await("[data-testid='mfa-points'] li");
            assertThat(browser.texts("[data-testid='mfa-points'] li"))
                    .hasSize(6)
                    .anyMatch(point -> point.contains("password alone"));
            browser.assertAccessible("dialog");
            browser.await("dialog [name=reason]").sendKeys("not here");
            browser.await("[data-testid='mfa-confirm']").click();
            browser.await("[data-testid='mfa-would-change']");
        }
        assertThat(SettingsApi.of(own).one("mfa.enabled").path("value").asText())
                .isEqualTo("false");
        assertThat(own.admin()
                        .get(own.name() + "/authentication/required-actions")
                        .findValuesAsText("alias"))
                .doesNotContain("mfa-gate");
    }

    @Test
    @DisplayName("The help desk helps people and sees no policy; who may only look is offered nothing")
    void whoMaySeesAndDoes() throws IOException {
        Member desk = administrator("view-users", "query-users", "manage-users", "mfa.get_mfa_status", "mfa.reset_mfa");
        Member viewer = administrator(SEES_USERS);
        try (Chromium browser = Chromium.open("console-desk")) {
            open(browser, desk, member);
            browser.await("[data-testid='mfa-pass']");
            assertThat(browser.texts("[data-testid='mfa-revoke']")).isEmpty();
            browser.visit(console("mfa"));
            browser.await("[data-testid='mfa-overview']");
            assertThat(browser.texts(
                            "[data-testid='mfa-policy'], [data-testid='mfa-exceptions'], [data-testid='mfa-actions']"))
                    .isEmpty();
        }
        try (Chromium browser = Chromium.open("console-viewer")) {
            open(browser, viewer, member);
            browser.await("mfa-user-panel .mfa-table");
            assertThat(browser.texts("mfa-user-panel button")).isEmpty();
        }
    }

    @Test
    @DisplayName("Who has no role of ours, and a console without what ours hangs on, see the console as it is")
    void theConsoleStaysWhole() throws IOException {
        Member stranger = administrator("view-users", "query-users");
        Member admin = administrator("realm-admin");
        try (Chromium browser = Chromium.open("console-stranger")) {
            browser.visit(console("users/" + member.id() + "/settings"));
            Visitor.at(browser).password(stranger);
            browser.await("[data-testid='user-details-tab']");
            browser.await("#kc-id, [aria-label='User ID']");
            assertThat(browser.texts("#mfa-tab, #nav-item-mfa")).isEmpty();
        }
        try (Chromium browser = Chromium.open("console-anchors")) {
            browser.beforeEachPage("new MutationObserver(() => document"
                    + ".querySelectorAll('[data-testid=user-details-tab], #nav-item-authentication, #nav-item-users')"
                    + ".forEach(one => { one.removeAttribute('data-testid'); one.removeAttribute('id'); }))"
                    + ".observe(document, { childList: true, subtree: true });");
            browser.visit(console("users/" + member.id() + "/settings"));
            Visitor.at(browser).password(admin);
            browser.await("[aria-label='User ID']");
            assertThat(browser.texts("#mfa-tab, #nav-item-mfa")).isEmpty();
        }
    }

    private static void confirm(Chromium browser, String by, String reason) throws IOException {
        browser.press(by);
        browser.await("dialog [name=reason]").sendKeys(reason);
        browser.await("[data-testid='mfa-confirm']").click();
    }

    private void open(Chromium browser, Member admin, Member subject) throws IOException {
        browser.visit(console("users/" + subject.id() + "/mfa"));
        Visitor.at(browser).password(admin);
    }

    private String console(String path) {
        return console(realm, path);
    }

    private static String console(MfaRealm realm, String path) {
        return realm.server().address() + "/admin/" + realm.name() + "/console/#/" + realm.name() + "/" + path;
    }

    private Member administrator(String... roles) {
        Member admin = realm.enrolled();
        for (String role : List.of(roles)) {
            Roles.of(realm).grant(admin.id(), role);
        }
        return admin;
    }
}
