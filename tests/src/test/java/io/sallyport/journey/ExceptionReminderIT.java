package io.sallyport.journey;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * An exception has somebody who answers for it, and who hears of its end before it comes: once, from two nodes that look for it in the
 * same second.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class ExceptionReminderIT {

    private static final String SUBJECT = "Reminder: an exception to MFA ends soon";
    private static final String OFFICER = "ciso@example.org";
    private static final int EXCEPTIONS = 20;
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private final Mailbox mailbox = Mailbox.open();
    private TwoNodes nodes;
    private MfaRealm realm;
    private Policies policies;
    private Database database;
    private String realmId;

    @BeforeAll
    void start() throws IOException {
        nodes = TwoNodes.quiet(List.of("--spi-events-listener--sallyport-audit--reminder-interval=1"));
        realm = MfaRealm.strict(nodes.first()).mailsTo(mailbox);
        policies = Policies.of(realm);
        database = nodes.first().database();
        realmId = realm.admin().get(realm.name()).path("id").asText();
        realm.change(Map.of("internationalizationEnabled", true, "supportedLocales", List.of("en", "de")));
        SettingsApi.of(realm).change(Map.of("mfa.events.officers", OFFICER)).expect(200);
    }

    @AfterAll
    void stop() throws IOException {
        nodes.close();
        mailbox.close();
    }

    @Test
    @DisplayName("The owner is reminded once 14 and once 3 days before the end, and again where the end has moved")
    void theOwnerIsReminded() throws Exception {
        Member owner = realm.newcomer();
        Map<String, Object> rule = exception(Duration.ofDays(10));
        rule.put("owner", owner.username());
        JsonNode made = policies.create(rule).expect(201).json();
        String id = made.path("id").asText();

        String mail = mailbox.next(address(owner), SUBJECT);
        assertThat(mail)
                .contains("Contractors of the spring", "no phones yet", String.valueOf(rule.get("valid_until")), id)
                .contains(owner.username());
        assertThat(reminders(id)).singleElement().satisfies(row -> {
            assertThat(row.get("USER_ID")).isEqualTo(owner.id());
            assertThat(row.get("REASON")).isEqualTo("no phones yet");
            assertThat(Json.read(row.get("DETAILS")).path("days_left").asText()).isEqualTo("14");
            assertThat(Json.read(row.get("DETAILS")).path("owner").asText()).isEqualTo(owner.id());
        });
        assertThat(outboxOf(id)).as("what is delivered holds no address").doesNotContain("example.org");

        moved(id, rule, Duration.ofDays(2));
        mailbox.next(address(owner), String.valueOf(rule.get("valid_until")));
        moved(id, rule, Duration.ofDays(2).plusHours(1));
        mailbox.next(address(owner), String.valueOf(rule.get("valid_until")));
        rounds();

        assertThat(reminders(id).stream()
                        .map(row ->
                                Json.read(row.get("DETAILS")).path("days_left").asText()))
                .containsExactlyInAnyOrder("14", "3", "3");
        assertThat(database.rows(
                        "SELECT * FROM MFA_EXCEPTION_REMINDER WHERE REALM_ID = ? AND RULE_ID = ?", realmId, id))
                .hasSize(3);
    }

    @Test
    @DisplayName("Officers are reminded where the owner is gone, disabled, without an address, or of another realm")
    void officersStepIn() throws Exception {
        Member gone = realm.newcomer();
        Member disabled = realm.newcomer();
        Member silent = realm.newcomer();
        realm.changeUser(disabled, Map.of("enabled", false));
        realm.changeUser(silent, Map.of("email", ""));
        Map<String, Object> ofNobody = exception(Duration.ofDays(40));
        ofNobody.put("owner", gone.id());
        String id = policies.create(ofNobody).expect(201).json().path("id").asText();
        realm.admin().delete(realm.name() + "/users/" + gone.id()).expect(204);
        SettingsApi.of(realm).change(Map.of("mfa.events.reminder-days", "50")).expect(200);

        assertThat(toOfficers(id)).contains("no phones yet");
        assertThat(Policies.problems(
                        policies.replace("?dry_run=true", policies.document().toString())
                                .expect(400)))
                .as("a document with an owner who is gone")
                .singleElement()
                .asString()
                .endsWith("owner: no user " + gone.id());
        policies.delete(id, "?reason=nobody+answers+for+it").expect(204);
        for (Member owner : List.of(disabled, silent)) {
            Map<String, Object> rule = exception(Duration.ofDays(2));
            rule.put("owner", owner.username());
            assertThat(toOfficers(id(rule))).contains("no phones yet");
        }
        assertThat(toOfficers(id(exception(Duration.ofDays(2)))))
                .as("made by an administrator of master")
                .contains("no phones yet");
        SettingsApi.of(realm).change(Map.of("mfa.events.reminder-days", "14,3")).expect(200);
    }

    @Test
    @DisplayName("The mail speaks the owner's language; who made an exception owns it")
    void theMailSpeaksTheOwnersLanguage() throws Exception {
        Member maker = realm.enrolled();
        realm.changeUser(maker, Map.of("attributes", Map.of("locale", List.of("de"))));
        HelpDesk desk = new HelpDesk(realm);
        Reply made = desk.call(
                "POST",
                "policies?reason=a+journey",
                Json.write(exception(Duration.ofDays(1))),
                desk.token(maker, "realm-admin"));

        assertThat(mailbox.next(address(maker), "Erinnerung: Eine Ausnahme von MFA endet bald"))
                .contains(made.expect(201).json().path("id").asText(), "Verantwortlich");
    }

    @Test
    @DisplayName(
            "Nobody is reminded of what is not in force, over, far away, or no exception, nor where reminders are off")
    void whatIsNotTold() throws Exception {
        Map<String, Object> off = exception(Duration.ofDays(2));
        off.put("state", "DISABLED");
        Map<String, Object> reporting = exception(Duration.ofDays(2));
        reporting.put("state", "REPORT_ONLY");
        Map<String, Object> required = exception(Duration.ofDays(2));
        required.put("required", true);
        List<String> silent = List.of(
                id(off),
                id(reporting),
                id(required),
                id(exception(Duration.ofDays(15))),
                id(exception(Duration.ofHours(-1))));

        rounds();

        assertThat(silent).allSatisfy(id -> assertThat(reminders(id)).isEmpty());
        MfaRealm other = MfaRealm.setUp(realm.server(), Map.of("mfa.events.reminder-days", "0"), Rules.FOR_ALL);
        String unsaid = Policies.of(other)
                .create(exception(other, Duration.ofDays(2)))
                .expect(201)
                .json()
                .path("id")
                .asText();
        rounds();
        assertThat(reminders(unsaid)).isEmpty();
    }

    @Test
    @DisplayName(
            "The owner is somebody of the realm, of an exception only, and stays with the rule through export and history")
    void theOwnerStaysWithTheRule() {
        Member first = realm.newcomer();
        Member second = realm.newcomer();
        Map<String, Object> rule = exception(Duration.ofDays(80));
        rule.put("owner", "nobody-of-this-name");
        assertThat(Policies.problems(policies.create(rule).expect(400)))
                .containsExactly("$.rules[0].owner: no user nobody-of-this-name");
        Map<String, Object> required = exception(Duration.ofDays(80));
        required.putAll(Map.of("required", true, "owner", first.username()));
        assertThat(Policies.problems(policies.create(required).expect(400)))
                .containsExactly("$.rules[0].owner: is for an exception");

        rule.put("owner", first.id());
        JsonNode made = policies.create(rule).expect(201).json();
        String id = made.path("id").asText();
        rule.putAll(Map.of("owner", second.username(), "version", 1));
        policies.update(id, rule).expect(200);

        assertThat(made.path("owner").asText()).isEqualTo(first.username());
        JsonNode change = policies.history(id).path(0);
        assertThat(change.path("before").path("owner").asText()).isEqualTo(first.username());
        assertThat(change.path("after").path("owner").asText()).isEqualTo(second.username());
        JsonNode document = policies.document();
        assertThat(policies.replace("?dry_run=true", document.toString())
                        .expect(200)
                        .json()
                        .path("changes"))
                .as("what is exported is what there is")
                .isEmpty();
        assertThat(document.path("rules").findValuesAsText("owner")).contains(second.username());
    }

    @Test
    @DisplayName("Each exception is told of once, whichever node was quicker")
    void eachIsToldOnce() throws Exception {
        List<String> rules = new ArrayList<>();
        for (int i = 0; i < EXCEPTIONS; i++) {
            rules.add(id(exception(Duration.ofDays(2))));
        }

        Instant end = Instant.now().plus(PATIENCE);
        while (rules.stream().anyMatch(rule -> reminders(rule).isEmpty())
                && Instant.now().isBefore(end)) {
            LockSupport.parkNanos(100_000_000);
        }
        rounds();

        assertThat(rules).allSatisfy(rule -> assertThat(reminders(rule)).hasSize(1));
    }

    @ParameterizedTest
    @DisplayName("Days of reminders have bounds")
    @ValueSource(strings = {"-1", "91", "14,14", "3,0", "1,2,3,4,5,6", "3;14", "soon", "1.5"})
    void daysHaveBounds(String days) {
        assertThat(SettingsApi.of(realm)
                        .change(Map.of("mfa.events.reminder-days", days))
                        .expect(400)
                        .body())
                .contains("mfa.events.reminder-days");
    }

    /** Each of a user of its own, for there is one rule for each scope. */
    private Map<String, Object> exception(Duration left) {
        return exception(realm, left);
    }

    private static Map<String, Object> exception(MfaRealm where, Duration left) {
        return new HashMap<>(Map.of(
                "name",
                "Contractors of the spring",
                "required",
                false,
                "scope",
                Map.of("user", where.newcomer().username()),
                "reason",
                "no phones yet",
                "valid_until",
                end(left)));
    }

    private static String end(Duration left) {
        return Instant.now().plus(left).truncatedTo(ChronoUnit.SECONDS).toString();
    }

    /** The reminder of this rule; that it was made is an alert of its own. */
    private String toOfficers(String rule) throws InterruptedException {
        String mail = mailbox.next(OFFICER, SUBJECT);
        while (!mail.contains(rule)) {
            mail = mailbox.next(OFFICER, SUBJECT);
        }
        return mail;
    }

    private String id(Map<String, Object> rule) {
        return policies.create(rule).expect(201).json().path("id").asText();
    }

    private void moved(String id, Map<String, Object> rule, Duration left) {
        rule.put("valid_until", end(left));
        rule.put("version", policies.read(id).json().path("version").asInt());
        policies.update(id, rule).expect(200);
    }

    /** Until whatever there was to be told before has been. */
    private void rounds() throws InterruptedException {
        for (int i = 0; i < 2; i++) {
            Member owner = realm.newcomer();
            Map<String, Object> last = exception(Duration.ofDays(2));
            last.put("owner", owner.username());
            mailbox.next(address(owner), id(last));
        }
    }

    private List<Map<String, String>> reminders(String rule) {
        return database.rows("SELECT * FROM MFA_AUDIT WHERE EVENT_CODE = 10143 AND RULE_ID = ?", rule);
    }

    private String outboxOf(String rule) {
        return database.rows(
                        "SELECT O.* FROM MFA_OUTBOX O JOIN MFA_AUDIT A ON A.EVENT_ID = O.EVENT_ID WHERE A.RULE_ID = ?"
                                + " AND A.EVENT_CODE = 10143",
                        rule)
                .toString();
    }

    private static String address(Member member) {
        return member.username() + "@example.org";
    }
}
