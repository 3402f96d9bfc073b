package io.sallyport.journey;

import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.sallyport.event.MfaEventType;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** AUD-01, AUD-02: whatever the product does leaves its rows in the trail, no more and no fewer, each with all that it must say. */
@Journey
final class TrailIT {

    private final TrailRealm place;
    private final List<Operation> operations = new ArrayList<>();

    TrailIT(PostgresServer server) {
        this.place = new TrailRealm(server);
        operations.addAll(new TrailedSignIns(place).all());
        operations.addAll(new TrailedCalls(place).all());
        operations.addAll(new TrailedTricks(place).all());
        operations.addAll(new TrailedAdministration(place).all());
    }

    @AfterAll
    void close() {
        place.close();
    }

    @TestFactory
    @DisplayName("AUD-01, AUD-02: every operation leaves exactly its rows")
    Stream<DynamicTest> everyOperationIsOnTheRecord() {
        return operations.stream().map(operation -> DynamicTest.dynamicTest(operation.name(), () -> check(operation)));
    }

    @Test
    @DisplayName("AUD-02: every kind of event is made by an operation of the table")
    void everyEventHasAnOperation() {
        Set<MfaEventType> made = operations.stream()
                .flatMap(operation -> operation.rows().stream())
                .map(Operation.Expected::type)
                .collect(toSet());

        // the first is no row, the others are written by the clock: OutboxIT has two, ExceptionReminderIT the last
        assertThat(EnumSet.complementOf(EnumSet.copyOf(made)))
                .containsExactlyInAnyOrder(
                        MfaEventType.AUDIT_CHECKPOINT, MfaEventType.OUTBOX_EXPIRED, MfaEventType.EXCEPTION_ENDING);
    }

    @Test
    @DisplayName("AUD-01: a correlation id that is no plain token of at most 64 characters is replaced by one that is")
    void aBadCorrelationIdIsReplaced() {
        for (String bad : List.of("a b", "x".repeat(65), "a;b", "${jndi:x}", "\"", "ä")) {
            Member member = place.member();
            place.realm()
                    .backend()
                    .grant(
                            Map.of(
                                    "grant_type",
                                    "password",
                                    "username",
                                    member.username(),
                                    "password",
                                    Member.PASSWORD,
                                    "totp",
                                    member.phone().wrongCode()),
                            Map.of("X-Correlation-Id", bad));

            assertThat(place.realm().audit().of(member.id()))
                    .singleElement()
                    .satisfies(row -> assertThat(row.text("correlation_id"))
                            .matches("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}"));
        }
    }

    @Test
    @DisplayName("AUD-02: the way out of MFA is on the record, a row for each setting, with what it was and what it is")
    void theWayOut() {
        MfaRealm realm = MfaRealm.setUp(place.keycloak(), Map.of("mfa.claim.ttl", "299"), Rules.FOR_ALL);
        Traced traced = new Traced(realm, realm.name() + "-out");

        traced.admin("DELETE", "setup?reason=a+journey", Map.of()).expect(200);

        List<Map<String, String>> rows =
                place.database().rows("SELECT * FROM MFA_AUDIT WHERE CORRELATION_ID = ?", traced.id());
        assertThat(rows.stream().map(TrailIT::inShort)).containsOnly("auth.mfa_settings_changed SUCCESS  a journey");
        assertThat(rows.stream().map(row -> Json.read(row.get("DETAILS"))).map(TrailIT::change))
                .hasSize(3)
                .contains("mfa.enabled: true > false", "mfa.claim.ttl: 299 > 300")
                .anyMatch(change -> change.startsWith("mfa.methods: TOTP > "));
    }

    private static String change(JsonNode details) {
        return details.path("setting").asText() + ": " + details.path("before").asText() + " > "
                + details.path("after").asText();
    }

    private void check(Operation operation) throws Exception {
        Traced traced = place.traced();
        Instant before = Instant.now().minusSeconds(2);
        String subject = operation.work().of(traced);
        if (operation.later()) {
            Operation.Expected row = operation.rows().get(0);
            assertThat(place.later(row.type(), before).stream().map(TrailIT::inShort))
                    .as(operation.name())
                    .contains(row.toString());
            return;
        }
        List<Map<String, String>> rows = place.rows(traced, operation.rows().size());
        Instant after = Instant.now().plusSeconds(2);

        assertThat(rows.stream().map(TrailIT::inShort))
                .as(operation.name())
                .containsExactlyInAnyOrderElementsOf(operation.rows().stream()
                        .map(Operation.Expected::toString)
                        .toList());
        SoftAssertions all = new SoftAssertions();
        for (Map<String, String> row : rows) {
            String what = operation.name() + ": " + inShort(row);
            complete(all, what, row, subject, traced);
            all.assertThat(Instant.ofEpochMilli(Long.parseLong(row.get("TIMESTAMP"))))
                    .as(what)
                    .isBetween(before, after);
            boolean ruled = operation.rows().stream()
                    .anyMatch(
                            expected -> expected.ruled() && expected.toString().equals(inShort(row)));
            if (ruled) {
                all.assertThat(row.get("RULE_ID")).as("rule of " + what).matches("[0-9a-f-]{36}");
                all.assertThat(row.get("POLICY_VERSION"))
                        .as("version of " + what)
                        .matches("[0-9]+");
                all.assertThat(row.get("DETAILS")).as("level of " + what).contains("\"mfa_policy_level\":\"");
            }
        }
        all.assertAll();
    }

    private void complete(SoftAssertions all, String what, Map<String, String> row, String subject, Traced traced) {
        all.assertThat(row.get("EVENT_ID")).as("id of " + what).matches("[0-9a-f-]{36}");
        all.assertThat(row.get("ACTOR_ID")).as("actor of " + what).isNotEqualTo("null");
        all.assertThat(row.get("CLIENT_ID")).as("client of " + what).isNotEqualTo("null");
        all.assertThat(row.get("SESSION_ID")).as("session of " + what).isNotEqualTo("null");
        all.assertThat(row.get("IP")).as("address of " + what).isEqualTo("127.0.0.1");
        all.assertThat(row.get("USER_AGENT")).as("user agent of " + what).isEqualTo(Traced.AGENT);
        all.assertThat(row.get("CORRELATION_ID")).as("correlation of " + what).isEqualTo(traced.id());
        if (!subject.isEmpty()) {
            all.assertThat(row.get("USER_ID")).as("subject of " + what).isEqualTo(subject);
            all.assertThat(row.get("TENANT")).as("tenant of " + what).isEqualTo(place.organization());
        }
    }

    private static String inShort(Map<String, String> row) {
        return String.join(
                " ",
                Arrays.asList(
                        row.get("EVENT_TYPE"), row.get("OUTCOME"), text(row.get("METHOD")), text(row.get("REASON"))));
    }

    private static String text(String stored) {
        return stored.equals("null") ? "" : stored;
    }
}
