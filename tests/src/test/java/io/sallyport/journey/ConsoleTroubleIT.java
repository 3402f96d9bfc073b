package io.sallyport.journey;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.Keys;

/** What the screens in the admin console do when a server is slow, fails, or says no. */
@Journey
final class ConsoleTroubleIT {

    private final MfaRealm realm;

    ConsoleTroubleIT(KeycloakServer server) {
        // a rule says that nobody must prove anything at sign-in: so an administrator comes without a fresh proof
        realm = MfaRealm.setUp(server, Map.of(), Rules.document(Map.of("name", "nobody", "required", false)));
        realm.change(Map.of("adminTheme", "mfa"));
    }

    @Test
    @DisplayName(
            "What is under way can't be cancelled any more: its outcome is shown, also to who went elsewhere meanwhile")
    void anActUnderWayIsSeenToItsEnd() throws IOException {
        Member admin = administrator(realm);
        Member subject = realm.enrolled();
        try (Chromium browser = Chromium.open("console-slow")) {
            browser.visit(console(realm, "users/" + subject.id() + "/mfa"));
            Visitor.at(browser).password(admin);
            confirm(browser, "[data-testid='mfa-pass']", "on the phone");
            prove(browser, admin);
            browser.await("[data-testid='mfa-confirm']");
            browser.run("const kept = window.fetch; window.fetch = (to, how) => String(to).endsWith('/pass')"
                    + " ? new Promise(go => { window.goOn = go; }).then(() => kept(to, how)) : kept(to, how)");
            browser.await("[data-testid='mfa-confirm']").click();
            browser.await("[data-testid='mfa-cancel']:disabled");
            browser.await("dialog [name=reason]").sendKeys(Keys.ESCAPE);
            browser.await("dialog[open] [name=reason]").sendKeys(Keys.ESCAPE);
            browser.await("dialog[open] [data-testid='mfa-cancel']:disabled");
            browser.run("window.goOn()");
            browser.await("mfa-user-panel [data-testid='mfa-pass-code']");
            browser.awaitGone("dialog");

            confirm(browser, "[data-testid='mfa-pass']", "once more");
            browser.await("[data-testid='mfa-cancel']:disabled");
            browser.run("location.hash = '#/" + realm.name() + "/users'");
            browser.awaitGone("mfa-user-panel");
            browser.run("window.goOn()");
            browser.await("dialog [data-testid='mfa-pass-code']");
            browser.assertAccessible("dialog");
            browser.press("dialog [data-testid='mfa-close']");
            browser.awaitGone("dialog");
        }
    }

    @Test
    @DisplayName("What was typed before a proof is still there when the first answer after it fails")
    void nothingTypedIsLostAfterAProof() throws IOException {
        Member admin = administrator(realm);
        Member subject = realm.enrolled();
        String rule = Policies.of(realm)
                .create(Map.of("required", true, "scope", Map.of("user", subject.username()), "reason", "at first"))
                .expect(201)
                .json()
                .path("id")
                .asText();
        try (Chromium browser = Chromium.open("console-failing")) {
            browser.beforeEachPage("const kept = window.fetch; window.fetch = (to, how) => {"
                    + " const fails = sessionStorage.getItem('fails');"
                    + " if (!fails || !new RegExp(fails).test(to)) return kept(to, how);"
                    + " sessionStorage.removeItem('fails');"
                    + " return Promise.resolve(new Response('{}', { status: 503 })); }");
            browser.visit(console(realm, "mfa/policy?do=edit&rule=" + rule));
            Visitor.at(browser).password(admin);
            browser.await("textarea[name=reason]").sendKeys(", then better");
            browser.await("[data-testid='mfa-preview']").click();
            browser.await("[data-testid='mfa-simulation'] table");
            browser.await("[name=why]").sendKeys("My own change");
            browser.await("[data-testid='mfa-save']:enabled").click();
            browser.run("sessionStorage.setItem('fails', '/mfa/policies/[^/]+$')");
            prove(browser, admin);
            browser.await("mfa-realm-page [role=alert]");
            browser.press("mfa-realm-page .mfa-body > button");
            assertThat(browser.await("[name=why]").getDomProperty("value")).isEqualTo("My own change");
            assertThat(browser.texts("mfa-realm-page td")).contains("at first, then better");

            browser.run("location.hash = '#/" + realm.name() + "/users/" + subject.id() + "/mfa'");
            browser.await("mfa-user-panel .mfa-table");
            browser.run("sessionStorage.setItem('fails', '/mfa/users/[^/]+$');"
                    + "sessionStorage.setItem('mfa-draft ' + location.hash, JSON.stringify({ act: 'sessions', values: { reason: 'gone' },"
                    + " at: Date.now() })); location.reload()");
            browser.await("mfa-user-panel [role=alert]");
            browser.press("mfa-user-panel button");
            assertThat(browser.await("dialog [name=reason]").getDomProperty("value"))
                    .isEqualTo("gone");
        }
    }

    @Test
    @DisplayName(
            "What one answer tells of a user stands there while the policy's and Keycloak's own page of him are on their way")
    void firstContentWaitsForOneAnswer() throws IOException {
        Member admin = administrator(realm);
        Member subject = realm.enrolled();
        try (Chromium browser = Chromium.open("console-first")) {
            browser.beforeEachPage("const kept = window.fetch; window.held = []; window.fetch = (to, how) =>"
                    + " sessionStorage.getItem('slow') && /\\/mfa\\/decision|\\/users\\/[0-9a-f-]{36}\\?/.test(to)"
                    + " ? new Promise(go => held.push(go)).then(() => kept(to, how)) : kept(to, how)");
            browser.visit(console(realm, "users/" + subject.id() + "/mfa"));
            Visitor.at(browser).password(admin);
            browser.await("#mfa-tab");
            browser.run("sessionStorage.setItem('slow', 'yes'); location.reload()");
            browser.await("main > mfa-user-panel .mfa-facts .mfa-skeleton");
            browser.await("main > mfa-user-panel .mfa-table");
            assertThat(browser.texts("[data-testid='user-details-tab']")).isEmpty();

            browser.run("sessionStorage.removeItem('slow'); window.held.forEach(go => go())");
            browser.await("#mfa-tab");
            browser.awaitGone("main > mfa-user-panel");
            browser.awaitGone("mfa-user-panel .mfa-skeleton");
            assertThat(browser.texts("mfa-user-panel"))
                    .singleElement()
                    .asString()
                    .contains("MFA not required");
            browser.assertAccessible("mfa-user-panel");
        }
    }

    @Test
    @DisplayName(
            "A sign-in that ended is told and loses nothing; after a new one in another tab the same dialog goes on")
    void anEndedSignIn() throws IOException {
        Member admin = administrator(realm);
        Member subject = realm.enrolled();
        try (Chromium browser = Chromium.open("console-ended")) {
            // or Keycloak's own console loads itself anew as soon as somebody signs in elsewhere
            browser.beforeEachPage("addEventListener('message', event => event.data === 'changed'"
                    + " && event.stopImmediatePropagation(), true)");
            browser.visit(console(realm, "users/" + subject.id() + "/mfa"));
            Visitor.at(browser).password(admin);
            browser.press("[data-testid='mfa-pass']");
            browser.await("dialog [name=reason]").sendKeys("on the phone");
            realm.admin()
                    .post(realm.name() + "/users/" + admin.id() + "/logout", Map.of())
                    .expect(204);
            browser.await("[data-testid='mfa-confirm']").click();
            browser.await("dialog [data-testid='mfa-sign-in']");
            assertThat(browser.await("dialog [role=alert]").getText()).contains("Your sign-in has ended.");
            assertThat(browser.await("dialog [name=reason]").getDomProperty("value"))
                    .isEqualTo("on the phone");
            browser.assertAccessible("dialog");

            browser.press("dialog [data-testid='mfa-sign-in']");
            browser.tab(1);
            Visitor.at(browser).password(admin);
            browser.await("#nav-item-users");
            browser.tab(0);
            browser.await("[data-testid='mfa-confirm']").click();
            prove(browser, admin);
            assertThat(browser.await("dialog [name=reason]").getDomProperty("value"))
                    .isEqualTo("on the phone");
            browser.await("[data-testid='mfa-confirm']").click();
            browser.await("[data-testid='mfa-pass-code']");
        }
    }

    @Test
    @DisplayName("A server that fails while the console begins is told where a page of ours is wanted, and asked again")
    void aFailingBeginningIsTold() throws IOException {
        Member admin = administrator(realm);
        try (Chromium browser = Chromium.open("console-down")) {
            browser.beforeEachPage("const kept = window.fetch; window.fetch = (to, how) =>"
                    + " String(to).endsWith('/mfa/console') && !sessionStorage.getItem('up')"
                    + " ? Promise.resolve(new Response('{}', { status: 503 })) : kept(to, how)");
            browser.visit(console(realm, "mfa/policy"));
            Visitor.at(browser).password(admin);
            browser.await(".mfa-trouble [role=alert]");
            browser.assertAccessible(".mfa-trouble");
            browser.press(".mfa-trouble button");
            browser.await(".mfa-trouble [role=alert]");
            browser.run("sessionStorage.setItem('up', 'yes')");
            browser.press(".mfa-trouble button");
            browser.await(".mfa-rule");
            browser.await("#nav-item-mfa");
            assertThat(browser.texts(".mfa-trouble")).isEmpty();

            browser.run("sessionStorage.removeItem('up'); location.hash = '#/" + realm.name() + "/users/" + admin.id()
                    + "/mfa'; location.reload()");
            browser.await(".mfa-trouble [role=alert]");
            browser.run("sessionStorage.setItem('up', 'yes'); location.hash = '#/" + realm.name() + "/users/"
                    + admin.id() + "/credentials'");
            browser.await("#mfa-tab");
            browser.awaitGone(".mfa-trouble");
        }
    }

    @Test
    @DisplayName(
            "Switching MFA off by the settings says what stops; who may not switch it on is told so, without a circle")
    void offAndOn() throws IOException {
        MfaRealm own =
                MfaRealm.setUp(realm.server(), Map.of(), Rules.document(Map.of("name", "nobody", "required", false)));
        own.change(Map.of("adminTheme", "mfa"));
        Member admin = administrator(own);
        try (Chromium browser = Chromium.open("console-off")) {
            browser.visit(console(own, "mfa/settings"));
            Visitor.at(browser).password(admin);
            browser.await("[name='mfa.enabled']").sendKeys("Off");
            browser.press("[data-testid='mfa-save']");
            browser.await("[data-testid='mfa-confirm'][class*='m-danger']");
            assertThat(browser.texts("[data-testid='mfa-points'] li"))
                    .contains("Enforce MFA: On → Off")
                    .hasSize(7)
                    .anyMatch(point -> point.contains("password alone"));
            browser.assertAccessible("dialog");
            browser.await("dialog [name=reason]").sendKeys("a rest");
            browser.await("[data-testid='mfa-confirm']").click();
            prove(browser, admin);
            browser.await("[data-testid='mfa-points'] li");
            browser.await("[data-testid='mfa-confirm']").click();
            browser.await("[data-testid='mfa-not-enforced'] [class*='m-warning']");
            browser.await(".mfa-outcome [class*='m-success']");
            browser.assertAccessible("mfa-realm-page");
        }
        // whom stock Keycloak asks for no code either
        Member another = own.newcomer();
        Roles.of(own).grant(another.id(), "realm-admin");
        try (Chromium browser = Chromium.open("console-on")) {
            browser.visit(console(own, "mfa/settings"));
            Visitor.at(browser).password(another);
            browser.await("[name='mfa.enabled']").sendKeys("On");
            confirm(browser, "[data-testid='mfa-save']", "back to work");
            assertThat(browser.await("dialog [class*='m-danger'] p").getText()).contains("master realm");
            assertThat(browser.texts("[data-testid='mfa-prove']")).isEmpty();

            browser.run("location.hash = '#/" + own.name() + "/users/" + admin.id() + "/mfa'");
            browser.await("mfa-user-panel .mfa-table");
            assertThat(browser.texts("mfa-user-panel button")).isEmpty();
        }
    }

    private static void prove(Chromium browser, Member admin) throws IOException {
        browser.await("[data-testid='mfa-prove']");
        browser.leaveBy("[data-testid='mfa-prove']");
        Visitor.at(browser).answer(admin.phone().nextCode());
    }

    private static void confirm(Chromium browser, String by, String reason) throws IOException {
        browser.press(by);
        browser.await("dialog [name=reason]").sendKeys(reason);
        browser.await("[data-testid='mfa-confirm']").click();
    }

    private static String console(MfaRealm realm, String path) {
        return realm.server().address() + "/admin/" + realm.name() + "/console/#/" + realm.name() + "/" + path;
    }

    private static Member administrator(MfaRealm realm) {
        Member admin = realm.enrolled();
        Roles.of(realm).grant(admin.id(), "realm-admin");
        return admin;
    }
}
