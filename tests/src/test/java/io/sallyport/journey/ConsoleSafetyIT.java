package io.sallyport.journey;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** The screens in the admin console under a strict Content-Security-Policy, and for people with few rights. */
@Journey
final class ConsoleSafetyIT {

    private static final String STRICT = "default-src 'self'; script-src 'self' 'unsafe-inline'; style-src 'self';"
            + " connect-src 'self'; img-src 'self' data:; frame-src 'self'; frame-ancestors 'self'; object-src 'none'";
    /** By whom something was refused: our scripts are under this path. */
    private static final String OURS = "/mfa/";

    private final MfaRealm realm;
    private final Member member;

    ConsoleSafetyIT(KeycloakServer server) {
        // a rule says that nobody must prove anything at sign-in: so an administrator comes without a fresh proof
        realm = MfaRealm.setUp(server, Map.of(), Rules.document(Map.of("name", "nobody", "required", false)));
        realm.change(Map.of("adminTheme", "mfa", "browserSecurityHeaders", Map.of("contentSecurityPolicy", STRICT)));
        member = realm.enrolled();
    }

    @Test
    @DisplayName("Under a strict Content-Security-Policy every screen works and nothing of ours is refused")
    void aStrictPolicyOfTheBrowser() throws IOException {
        Member admin = administrator("realm-admin");
        try (Chromium browser = Chromium.open("console-csp")) {
            browser.beforeEachPage("window.refused = []; addEventListener('securitypolicyviolation', event =>"
                    + " window.refused.push(`${event.violatedDirective} ${event.blockedURI} ${event.sourceFile}`));");
            browser.visit(console("mfa"));
            Visitor.at(browser).password(admin);
            browser.await("[data-testid='mfa-coverage']");
            browser.await("[data-testid='mfa-policy']").click();
            browser.await(".mfa-rule");
            browser.await("[data-testid='mfa-new']").click();
            browser.await("textarea[name=reason]").sendKeys("to see");
            browser.await("[data-testid='mfa-preview']").click();
            browser.await("[data-testid='mfa-simulation'] table");
            browser.await("[data-testid='mfa-exceptions']").click();
            browser.await("mfa-realm-page .mfa-empty");
            browser.await("[data-testid='mfa-whatif']").click();
            browser.await("[data-testid='mfa-ask']");
            browser.await("[data-testid='mfa-actions']").click();
            browser.await("[data-testid='mfa-action-new']");
            browser.await("[data-testid='mfa-audit']").click();
            browser.press("[data-testid='mfa-row-open']");
            browser.press("[data-testid='mfa-files'] summary");
            browser.press("[data-testid='mfa-take-table']");
            browser.awaitFile("trail.csv");
            browser.await("[data-testid='mfa-settings']").click();
            browser.await("[name='mfa.claim.ttl']");
            browser.await("[data-testid='mfa-setup']").click();
            browser.await("[data-testid='mfa-undo']");
            browser.run("location.hash = '#/" + realm.name() + "/users/" + member.id() + "/mfa'");
            browser.press("[data-testid='mfa-sessions']");
            browser.await("dialog [name=reason]");
            // that what is refused is told at all: this is
            browser.run("fetch('https://elsewhere.example/').catch(() => document.body.dataset.refused = 'elsewhere')");
            browser.await("body[data-refused='elsewhere']");
            browser.run("document.body.dataset.refused = JSON.stringify(window.refused)");
            List<String> refused =
                    refused(browser.await("body[data-refused^='[']").getDomAttribute("data-refused"));
            assertThat(refused)
                    .anyMatch(one -> one.contains("elsewhere.example"))
                    .noneMatch(one -> one.substring(one.lastIndexOf(' ')).contains(OURS));
        }
    }

    private static List<String> refused(@Nullable String json) {
        List<String> all = new ArrayList<>();
        Json.read(String.valueOf(json)).forEach(one -> all.add(one.asText()));
        return all;
    }

    @Test
    @DisplayName(
            "The help desk does what it is there for; what the server refuses meanwhile it says, also to who may only look")
    void theHelpDeskActsAndIsRefused() throws IOException {
        Member desk = administrator("view-users", "query-users", "manage-users", "mfa.get_mfa_status", "mfa.reset_mfa");
        try (Chromium browser = Chromium.open("console-desk-acts")) {
            browser.visit(console("users/" + member.id() + "/mfa"));
            Visitor.at(browser).password(desk);
            confirm(browser, "called back");
            browser.await("[data-testid='mfa-prove']");
            browser.leaveBy("[data-testid='mfa-prove']");
            Visitor.at(browser).answer(desk.phone().nextCode());
            browser.await("[data-testid='mfa-confirm']").click();
            assertThat(browser.await("[data-testid='mfa-pass-code']").getText()).isNotBlank();
            assertThat(browser.await(".mfa-outcome .mfa-facts").getText()).contains("called back");
            browser.assertAccessible("mfa-user-panel");

            Roles.of(realm).take(desk.id(), "mfa.reset_mfa");
            confirm(browser, "once more");
            assertThat(browser.await("dialog [role=alert]").getText()).contains("You are not allowed to do this.");
            browser.assertAccessible("dialog");
        }
        JsonNode row =
                realm.audit().of(member.id(), "auth.mfa_pass_issued").get(0).json();
        assertThat(row.path("actor").asText(row.path("details").path("actor").asText()))
                .isEqualTo(desk.id());

        Member viewer = administrator("view-users", "query-users", "view-realm", "mfa.get_mfa_status");
        try (Chromium browser = Chromium.open("console-viewer-refused")) {
            browser.visit(console("mfa"));
            Visitor.at(browser).password(viewer);
            browser.await("[data-testid='mfa-coverage']");
            Roles.of(realm).take(viewer.id(), "mfa.get_mfa_status");
            browser.await("[data-testid='mfa-audit']").click();
            assertThat(browser.await("mfa-realm-page [role=alert]").getText())
                    .contains("You are not allowed to do this.");
            browser.assertAccessible("mfa-realm-page");
        }
    }

    private static void confirm(Chromium browser, String reason) throws IOException {
        browser.press("[data-testid='mfa-pass']");
        browser.await("dialog [name=reason]").sendKeys(reason);
        browser.await("[data-testid='mfa-confirm']").click();
    }

    private String console(String path) {
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
