package io.sallyport.journey;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** The trail of a busy realm, followed in the admin console. */
@Journey
final class ConsoleTailIT {

    /** As if there were always more that is new. */
    private static final String BUSY = "const kept = window.fetch; let made = 0;"
            + "const row = (id, time) => ({ event_id: id, event_type: 'auth.mfa_verified', outcome: 'SUCCESS',"
            + " timestamp: new Date(time).toISOString() });"
            + "const answer = (rows, next) => Promise.resolve(new Response(JSON.stringify({ rows, next })));"
            + "window.fetch = (to, how) => { const { pathname, searchParams: query } = new URL(to, location.href);"
            + " if (!pathname.endsWith('/mfa/audit')) return kept(to, how);"
            + " if (query.has('to')) return answer([row('older', Date.parse(query.get('to')) - 1)]);"
            + " return query.has('from') ? answer(Array.from({ length: 100 }, () => row(`new-${++made}`, Date.now() - made)), 'more')"
            + " : kept(to, how); };";

    private final MfaRealm realm;

    ConsoleTailIT(KeycloakServer server) {
        realm = MfaRealm.setUp(server, Map.of(), Rules.document(Map.of("name", "nobody", "required", false)));
        realm.change(Map.of("adminTheme", "mfa"));
    }

    @Test
    @DisplayName(
            "A busy trail that is followed holds its newest 500 rows, reads no more at once, and has the older ones behind them")
    void aBusyTrail() throws IOException {
        Member admin = realm.enrolled();
        Roles.of(realm).grant(admin.id(), "realm-admin");
        try (Chromium browser = Chromium.open("console-busy")) {
            browser.visit(
                    realm.server().address() + "/admin/" + realm.name() + "/console/#/" + realm.name() + "/mfa/audit");
            Visitor.at(browser).password(admin);
            browser.await(".mfa-row");
            browser.run(BUSY);
            browser.press("[data-testid='mfa-tail']");
            browser.await("[data-event='new-500']");
            browser.press("[data-testid='mfa-tail']");
            assertThat(browser.texts(".mfa-row")).hasSize(500);
            browser.press("[data-testid='mfa-more']");
            browser.await("[data-event='older']:focus");
        }
    }
}
