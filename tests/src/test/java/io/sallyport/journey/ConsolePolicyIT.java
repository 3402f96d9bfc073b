package io.sallyport.journey;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** A security officer writes the policy in Keycloak's own admin console, in Chromium, by the theme of the shipped JAR. */
@Journey
final class ConsolePolicyIT {

    private static final String COUNTED = "[data-testid='mfa-simulation'] table";
    private static final String DONE = "[data-testid='mfa-done']";
    private static final String SAVE = "[data-testid='mfa-save']";
    private static final String PREVIEW = "[data-testid='mfa-preview']";

    private final MfaRealm realm;
    private final Policies policies;
    private Member finance;
    private Member contractor;

    ConsolePolicyIT(KeycloakServer server) {
        realm = MfaRealm.setUp(server, Map.of("mfa.methods", "TOTP,WEBAUTHN"), Rules.FOR_ALL);
        realm.change(Map.of("displayName", "Example Finance", "adminTheme", "mfa"));
        policies = Policies.of(realm);
    }

    @BeforeAll
    void people() {
        Structure structure = new Structure(realm);
        finance = realm.enrolled();
        structure.join(finance, structure.group("finance"));
        contractor = realm.newcomer();
        structure.join(contractor, structure.group("contractors"));
    }

    @Test
    @DisplayName("Finance must use a passkey from a Monday on, contractors are exempt until March: by clicks alone,"
            + " seeing beforehand what it does to everybody")
    void theFirstRuleOfSomebodyNew() throws IOException {
        Member officer = administrator("realm-admin");
        try (Chromium browser = Chromium.open("console-first-rule")) {
            browser.visit(console("mfa"));
            Visitor.at(browser).password(officer);
            Visitor.at(browser).answer(officer.phone().nextCode());
            long began = System.nanoTime();
            browser.await("[data-testid='mfa-policy']").click();
            browser.await("[data-testid='mfa-new']").click();
            browser.await("[name=scope]").sendKeys("A group");
            browser.await("[name=scope_name]").sendKeys("fin");
            browser.await("datalist option[value='/finance']");
            browser.await("[name=scope_name]").sendKeys("\uE003\uE003\uE003/finance");
            browser.await("[name=demand]").sendKeys("must use a passkey");
            browser.await("[name=valid_from]").sendKeys("01072030\t0800AM");
            browser.await("[name=reason]").sendKeys("Stolen passwords <b>moved</b> money");
            browser.assertAccessible("mfa-realm-page");
            browser.await(PREVIEW).click();
            browser.await("[data-testid='mfa-moved']");
            browser.assertAccessible("mfa-realm-page");
            assertThat(browser.texts("mfa-realm-page .mfa-affected td")).contains(finance.username());
            browser.await(SAVE + ":enabled").click();
            assertThat(browser.await(DONE).getText()).contains("/finance must use a passkey");

            browser.await("[data-testid='mfa-new-exception']").click();
            assertThat(browser.await("mfa-realm-page h2").getText()).isEqualTo("New exception");
            browser.await("[name=scope_name]").sendKeys("/contractors");
            browser.await("[name=valid_until]").sendKeys("03012030\t1200AM");
            browser.await("[name=reason]").sendKeys("Their keys come in March");
            browser.await("[name=owner]").sendKeys(finance.username());
            browser.await(PREVIEW).click();
            browser.await("[data-testid='mfa-moved']");
            browser.await(SAVE + ":enabled").click();
            browser.await(DONE);
            System.out.printf(
                    "From the overview to both rules saved: %d s (bar: 180)%n",
                    Duration.ofNanos(System.nanoTime() - began).toSeconds());

            browser.await("[data-testid='mfa-exceptions']").click();
            browser.await("mfa-realm-page td");
            browser.assertAccessible("mfa-realm-page");
            assertThat(browser.texts("mfa-realm-page td"))
                    .contains("Their keys come in March", finance.username())
                    .doesNotContain("Stolen passwords <b>moved</b> money");
        }
        assertThat(strength(finance, "2030-01-06T12:00:00Z")).isEqualTo("ANY");
        assertThat(strength(finance, "2030-01-08T12:00:00Z")).isEqualTo("PHISHING_RESISTANT");
        assertThat(policies.decision(contractor).path("required").asBoolean()).isFalse();
        assertThat(policies.decision(contractor, "time", "2030-03-02T00:00:00Z")
                        .path("required")
                        .asBoolean())
                .isTrue();
    }

    @Test
    @DisplayName("What is wrong stands beside its field; who was quicker is named; a server that is gone loses nothing")
    void nothingThatWasTypedIsLost() throws IOException {
        Member officer = administrator("realm-admin");
        String id =
                rule(Map.of("required", true, "scope", Map.of("user", contractor.username()), "reason", "at first"));
        try (Chromium browser = Chromium.open("console-trouble")) {
            browser.visit(console("mfa/policy?do=edit&rule=" + id));
            Visitor.at(browser).password(officer);
            Visitor.at(browser).answer(officer.phone().nextCode());
            browser.await("[name=scope_name]").sendKeys("nobody-of-this-name");
            browser.run(
                    "const of = name => performance.getEntriesByType('resource').find(one => one.name.includes(name));"
                            + "document.body.dataset.early = of('/mfa/policies/" + id
                            + "').startTime < of('/mfa/console').responseEnd");
            browser.await("body[data-early='true']");
            browser.await(PREVIEW).click();
            browser.await("[data-testid='mfa-wrong-scope.name'] p");
            browser.assertAccessible("mfa-realm-page");
            assertThat(browser.await("[name=scope_name]").getDomAttribute("aria-invalid"))
                    .isEqualTo("true");
            browser.await("[name=scope_name]").clear();
            browser.await("[name=scope_name]").sendKeys(contractor.username());
            browser.await("[name=demand]").sendKeys("must prove a second factor that is no");
            browser.await(PREVIEW).click();
            browser.await(COUNTED);
            browser.await("[name=why]").sendKeys("My own change");

            browser.run("window.kept = window.fetch; window.fetch = () => Promise.reject(new TypeError('gone'))");
            browser.await(SAVE + ":enabled").click();
            browser.await(".mfa-outcome [role=alert]");
            browser.run("window.fetch = window.kept");
            policies.update(
                            id,
                            Map.of(
                                    "required",
                                    true,
                                    "scope",
                                    Map.of("user", contractor.username()),
                                    "reason",
                                    "meanwhile",
                                    "max_age",
                                    3600,
                                    "version",
                                    1))
                    .expect(200);
            browser.await(SAVE + ":enabled").click();
            browser.await("[data-testid='mfa-mine']");
            assertThat(browser.texts(".mfa-outcome")).first().asString().contains("a journey");
            browser.assertAccessible("mfa-realm-page");
            browser.await("[data-testid='mfa-mine']").click();
            browser.await(COUNTED);
            assertThat(browser.await("[name=why]").getDomProperty("value")).isEqualTo("My own change");
            browser.await(SAVE + ":enabled").click();
            browser.await(DONE);
        }
        JsonNode saved = policies.read(id).expect(200).json();
        assertThat(saved.path("strength").asText()).isEqualTo("NO_SMS");
        assertThat(saved.path("version").asInt()).isEqualTo(3);
        assertThat(policies.history(id).path(0).path("reason").asText()).isEqualTo("My own change");
        policies.delete(id, "?reason=done").expect(204);
    }

    @Test
    @DisplayName("The owner of an exception stays as typed whatever goes wrong; who named another is said, and whom")
    void theOwnerIsNotLost() throws IOException {
        Member officer = administrator("realm-admin");
        Map<String, Object> exception = Map.of(
                "required",
                false,
                "scope",
                Map.of("user", contractor.username()),
                "reason",
                "a new phone",
                "valid_until",
                "2998-01-01T00:00:00Z");
        String id = rule(exception);
        try (Chromium browser = Chromium.open("console-owner")) {
            browser.visit(console("mfa/policy?do=edit&rule=" + id));
            Visitor.at(browser).password(officer);
            Visitor.at(browser).answer(officer.phone().nextCode());
            browser.await("[name=owner]").sendKeys("nobody-of-this-name");
            browser.await(PREVIEW).click();
            browser.await("[data-testid='mfa-wrong-owner'] p");
            browser.assertAccessible("mfa-realm-page");
            browser.await("[name=owner]").clear();
            browser.await("[name=owner]").sendKeys(officer.username());
            browser.await(PREVIEW).click();
            browser.await(COUNTED);
            browser.await("[name=why]").sendKeys("He answers for it");
            browser.run("window.kept = window.fetch; window.fetch = () => Promise.reject(new TypeError('gone'))");
            browser.await(SAVE + ":enabled").click();
            browser.await(".mfa-outcome [role=alert]");
            browser.run("window.fetch = window.kept");
            Map<String, Object> others = new HashMap<>(exception);
            others.putAll(Map.of("owner", finance.username(), "version", 1));
            policies.update(id, others).expect(200);

            browser.await(SAVE + ":enabled").click();
            browser.await("[data-testid='mfa-mine']");
            assertThat(browser.texts(".mfa-outcome")).first().asString().contains("a journey", finance.username());
            browser.await("[data-testid='mfa-mine']").click();
            browser.await(COUNTED);
            browser.await(SAVE + ":enabled").click();
            browser.await(DONE);
        }
        assertThat(policies.read(id).expect(200).json().path("owner").asText()).isEqualTo(officer.username());
        policies.delete(id, "?reason=done").expect(204);
    }

    @Test
    @DisplayName("A rule that only reports says what it would do; it is put in force, deleted, and put back")
    void aRuleGoesAndComesBack() throws IOException {
        Member officer = administrator("realm-admin");
        String id = rule(Map.of(
                "name",
                "Keys only",
                "required",
                true,
                "strength",
                "PHISHING_RESISTANT",
                "state",
                "REPORT_ONLY",
                "scope",
                Map.of("user", finance.username()),
                "reason",
                "a try"));
        try (Chromium browser = Chromium.open("console-report-only")) {
            browser.visit(console("mfa/policy"));
            Visitor.at(browser).password(officer);
            Visitor.at(browser).answer(officer.phone().nextCode());
            assertThat(browser.await("[data-testid='mfa-report']").getText()).contains("it is about: 0.");
            browser.await("[data-testid='mfa-trial']").click();
            browser.await(COUNTED);
            browser.assertAccessible("mfa-realm-page");
            browser.await("[data-testid='mfa-enforce']").click();
            browser.await("[data-testid='mfa-simulation'] table");
            browser.await("[name=why]").sendKeys("Nobody is hurt");
            browser.await(SAVE + ":enabled").click();
            browser.await(DONE);
            assertThat(policies.read(id).json().path("state").asText()).isEqualTo("ENFORCED");

            browser.run("location.hash = '#/" + realm.name() + "/mfa/policy?do=delete&rule=" + id + "'");
            browser.await(COUNTED);
            browser.await("[name=why]").sendKeys("Was a mistake");
            browser.await(SAVE + ":enabled").click();
            browser.await("[data-testid='mfa-restore']");
            browser.assertAccessible("mfa-realm-page");
            policies.read(id).expect(404);
            browser.await("[data-testid='mfa-restore']").click();
            browser.await(COUNTED);
            browser.await("[name=why]").clear();
            browser.await("[name=why]").sendKeys("It was none");
            browser.await(SAVE + ":enabled").click();
            browser.await(DONE);
        }
        assertThat(policies.read(id).expect(200).json().path("state").asText()).isEqualTo("ENFORCED");
        assertThat(policies.history(id)).hasSize(4);
        policies.delete(id, "?reason=done").expect(204);
    }

    @Test
    @DisplayName(
            "Counting can be stopped; who may only read is offered no change; the trace of a supposed sign-in is told")
    void looking() throws IOException {
        Member viewer = administrator(
                "view-users", "query-users", "view-realm", "mfa.get_mfa_status", "mfa.mfa_policy.get_mfa_policies");
        String elsewhere = rule(Map.of(
                "name",
                "Elsewhere",
                "required",
                true,
                "when",
                Map.of("clients", List.of("admin-cli")),
                "reason",
                "to be passed over"));
        try (Chromium browser = Chromium.open("console-looking")) {
            browser.visit(console("mfa/policy"));
            Visitor.at(browser).password(viewer);
            Visitor.at(browser).answer(viewer.phone().nextCode());
            browser.await(".mfa-rule");
            assertThat(browser.texts("[data-testid='mfa-new'], [data-testid='mfa-edit'], [data-testid='mfa-delete']"))
                    .isEmpty();
            browser.run("const real = window.fetch; window.fetch = (to, how) => String(to).endsWith('simulate')"
                    + " ? new Promise((yes, no) => how.signal.addEventListener('abort',"
                    + " () => no(new DOMException('', 'AbortError')))) : real(to, how)");
            browser.run("location.hash = '#/" + realm.name() + "/mfa/policy?do=new'");
            browser.await("[name=reason]").sendKeys("to see");
            browser.await(PREVIEW).click();
            browser.await("[data-testid='mfa-stop']");
            browser.assertAccessible("mfa-realm-page");
            browser.await("[data-testid='mfa-stop']").click();
            browser.await("[data-testid='mfa-simulation'] > .mfa-alert");

            browser.await("[data-testid='mfa-whatif']").click();
            browser.await("[name=user]").sendKeys(finance.username());
            browser.await("[name=address]").sendKeys("10.1.2.3");
            browser.await("[data-testid='mfa-ask']").click();
            browser.await("[data-testid='mfa-decision']");
            browser.assertAccessible("mfa-realm-page");
            assertThat(browser.texts("mfa-realm-page td")).contains("everybody").doesNotContain("Elsewhere");
            browser.await("[data-testid='mfa-more']").click();
            browser.await("a[href*='" + elsewhere + "']");
            browser.assertAccessible("mfa-realm-page");
        }
        policies.delete(elsewhere, "?reason=done").expect(204);
    }

    @Test
    @DisplayName("An action is added to the catalogue and changed there")
    void anAction() throws IOException {
        Member officer = administrator("realm-admin");
        try (Chromium browser = Chromium.open("console-action")) {
            browser.visit(console("mfa/actions"));
            Visitor.at(browser).password(officer);
            Visitor.at(browser).answer(officer.phone().nextCode());
            browser.await("[data-testid='mfa-action-new']").click();
            browser.await("[name=type]").sendKeys("pay_somebody");
            browser.await("textarea[name=description]").sendKeys("Pay {amount}");
            browser.await("[data-testid='mfa-add-field']").click();
            browser.await("[name=field]").sendKeys("amount");
            browser.await("[name=kind]").sendKeys("Number");
            browser.await("[name=why]").sendKeys("Two pairs of eyes");
            browser.assertAccessible("mfa-realm-page");
            browser.await(SAVE).click();
            browser.await(DONE);
            browser.assertAccessible("mfa-realm-page");
            browser.await("[data-testid='mfa-action-edit']").click();
            browser.await("textarea[name=description]").sendKeys(" {nothing}");
            browser.await("[name=why]").sendKeys("Wrong at first");
            browser.await(SAVE).click();
            browser.await(".mfa-outcome [role=alert]");
            browser.await("textarea[name=description]").clear();
            browser.await("textarea[name=description]").sendKeys("Pay {amount} to them");
            browser.await(SAVE).click();
            browser.await(DONE);
        }
        JsonNode action = realm.admin().get(realm.name() + "/mfa/actions/pay_somebody");
        assertThat(action.path("description").asText()).isEqualTo("Pay {amount} to them");
        assertThat(action.path("version").asInt()).isEqualTo(2);
        assertThat(action.path("fields").path(0).path("kind").asText()).isEqualTo("NUMBER");
    }

    @Test
    @DisplayName("Ending an exception of many years, whose owner has left, shows what that does to everybody")
    void anExceptionWhoseOwnerHasLeft() throws IOException {
        Member officer = administrator("realm-admin");
        Member owner = realm.newcomer();
        String exception = rule(Map.of(
                "required",
                false,
                "scope",
                Map.of("user", realm.newcomer().username()),
                "reason",
                "no phone",
                "owner",
                owner.username(),
                "valid_until",
                "2998-01-01T00:00:00Z"));
        realm.admin().delete(realm.name() + "/users/" + owner.id()).expect(204);
        try (Chromium browser = Chromium.open("console-owner-left")) {
            browser.visit(console("mfa/policy?do=delete&rule=" + exception));
            Visitor.at(browser).password(officer);
            Visitor.at(browser).answer(officer.phone().nextCode());

            browser.await(COUNTED);
            browser.await("[name=why]").sendKeys("he left");
            browser.await(SAVE + ":enabled").click();
            browser.await(DONE);
        }
        assertThat(policies.read(exception).status()).isEqualTo(404);
    }

    private String strength(Member member, String time) {
        return policies.decision(member, "time", time).path("strength").asText();
    }

    private String rule(Map<String, Object> rule) {
        return policies.create(rule).expect(201).json().path("id").asText();
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
