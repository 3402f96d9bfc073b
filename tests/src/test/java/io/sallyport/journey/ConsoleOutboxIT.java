package io.sallyport.journey;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Events that were given up, as the health of the admin console shows them. */
@Journey
final class ConsoleOutboxIT {

    private static final String GONE = "gone@example.org";
    private static final String LETTERS = "[data-testid='mfa-letters'] ";

    private final MfaRealm realm;

    ConsoleOutboxIT(KeycloakServer server) {
        realm = MfaRealm.setUp(server, Map.of(), Rules.FOR_ALL);
        realm.change(Map.of("adminTheme", "mfa"));
    }

    @Test
    @DisplayName(
            "Who may, sends given-up events again, with a reason and a proof; who may only look sees what they are")
    void givenUpEvents() throws Exception {
        Member admin = administrator("realm-admin");
        Member viewer = administrator("view-users", "query-users", "view-realm", "mfa.get_mfa_status");
        try (Mailbox mailbox = Mailbox.open()) {
            realm.mailsTo(mailbox);
            mailbox.refuses(GONE);
            SettingsApi.of(realm).change(Map.of("mfa.events.officers", GONE)).expect(200);
            SettingsApi.of(realm).change(Map.of("mfa.claim.ttl", "200")).expect(200);
            awaitGivenUp();

            try (Chromium browser = Chromium.open("console-letters-viewer")) {
                open(browser, viewer);
                browser.press(LETTERS + "summary");
                assertThat(browser.await(LETTERS + "li").getText()).contains("Settings changed", GONE);
                assertThat(browser.texts(LETTERS + "button")).isEmpty();
            }
            mailbox.refuses("nobody@example.org");
            try (Chromium browser = Chromium.open("console-letters")) {
                open(browser, admin);
                browser.press(LETTERS + "summary");
                browser.await(LETTERS + "[data-testid='mfa-resend']");
                browser.assertAccessible("mfa-realm-page");
                browser.press(LETTERS + "[data-testid='mfa-resend-all']");
                browser.await("dialog [name=reason]").sendKeys("the mail server is back");
                browser.assertAccessible("dialog");
                browser.await("[data-testid='mfa-confirm']").click();
                browser.await(LETTERS + ".mfa-outcome:focus [class*='m-success']");
                browser.await(LETTERS + ".mfa-empty");
            }
            assertThat(mailbox.next(GONE, "mfa.claim.ttl")).contains("200");
        }
        JsonNode row = realm.admin()
                .get(realm.name() + "/mfa/audit?type=auth.mfa_outbox_resent&max=1")
                .path("rows")
                .path(0);
        assertThat(row.path("reason").asText()).isEqualTo("the mail server is back");
    }

    /** As if all attempts but the last had been made. */
    private void awaitGivenUp() {
        String id = realm.admin().get(realm.name()).path("id").asText();
        Instant end = Instant.now().plusSeconds(120);
        Database database = realm.server().database();
        while (realm.admin()
                        .get(realm.name() + "/mfa/outbox")
                        .path("dead_letters")
                        .isEmpty()
                && Instant.now().isBefore(end)) {
            database.update(
                    "UPDATE MFA_OUTBOX SET ATTEMPTS = 29, NEXT_AT = 0 WHERE STATE = 'W' AND REALM_ID = ?"
                            + " AND ATTEMPTS BETWEEN 1 AND 28",
                    id);
        }
    }

    private void open(Chromium browser, Member who) throws IOException {
        browser.visit(realm.server().address() + "/admin/" + realm.name() + "/console/#/" + realm.name() + "/mfa");
        Visitor.at(browser).password(who);
        Visitor.at(browser).answer(who.phone().nextCode());
    }

    private Member administrator(String... roles) {
        Member admin = realm.enrolled();
        for (String role : List.of(roles)) {
            Roles.of(realm).grant(admin.id(), role);
        }
        return admin;
    }
}
