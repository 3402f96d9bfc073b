package io.sallyport.audit.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sallyport.event.MfaEventType;
import io.sallyport.event.Outcome;
import jakarta.persistence.PersistenceException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class StoredAuditReaderTest {

    private static final Instant NOON = Instant.parse("2026-01-01T12:00:00.123Z");

    private final AuditTable table = new AuditTable();

    StoredAuditReaderTest() throws Exception {}

    @AfterEach
    void dropTable() {
        table.close();
    }

    @Test
    void aRowIsReadAsItWasWritten() {
        AuditRecord says = new AuditRecord(
                "6f1c6c0a-3b0e-4a37-9a52-0d5c7a3f1e11",
                MfaEventType.FAILED,
                NOON,
                "realm-1",
                Optional.of("org-1 org-2"),
                Optional.of("admin-1"),
                Optional.of("user-1"),
                Optional.of("shop"),
                Optional.of("session-1"),
                Optional.of("192.0.2.7"),
                Optional.of("Zoë 🔑"),
                Optional.of("totp"),
                Outcome.FAILURE,
                Optional.of("replayed"),
                Optional.of(3),
                Optional.of("rule-1"),
                Optional.of(7L),
                "request-1",
                Map.of("enrollment_id", "\"e\""));
        write(says);

        assertThat(read(Optional.empty(), Optional.empty(), 0, 500))
                .containsExactly(Map.ofEntries(
                        Map.entry("event_id", "6f1c6c0a-3b0e-4a37-9a52-0d5c7a3f1e11"),
                        Map.entry("event_code", 10099),
                        Map.entry("event_type", "auth.mfa_failed"),
                        Map.entry("realm_id", "realm-1"),
                        Map.entry("tenant", "org-1 org-2"),
                        Map.entry("actor", "admin-1"),
                        Map.entry("user_id", "user-1"),
                        Map.entry("client_id", "shop"),
                        Map.entry("session_id", "session-1"),
                        Map.entry("ip", "192.0.2.7"),
                        Map.entry("user_agent", "Zoë 🔑"),
                        Map.entry("method", "totp"),
                        Map.entry("outcome", "FAILURE"),
                        Map.entry("reason", "replayed"),
                        Map.entry("attempt", 3),
                        Map.entry("rule", "rule-1"),
                        Map.entry("policy_version", 7L),
                        Map.entry("correlation_id", "request-1"),
                        Map.entry("timestamp", "2026-01-01T12:00:00.123Z"),
                        Map.entry("details", Map.of("enrollment_id", "\"e\""))));
    }

    @Test
    void whatDoesNotApplyIsLeftOut() {
        write(about("user-1", MfaEventType.VERIFIED, NOON));

        assertThat(read(Optional.empty(), Optional.empty(), 0, 1))
                .singleElement()
                .satisfies(row -> assertThat(row)
                        .doesNotContainKeys("tenant", "ip", "reason", "attempt", "rule", "policy_version")
                        .containsEntry("details", Map.of()));
    }

    @Test
    void theNewestComesFirstAndPagesDoNotOverlap() {
        for (int second = 0; second < 5; second++) {
            write(about("user-" + second, MfaEventType.VERIFIED, NOON.plusSeconds(second)));
        }

        assertThat(users(read(Optional.empty(), Optional.empty(), 0, 2))).containsExactly("user-4", "user-3");
        assertThat(users(read(Optional.empty(), Optional.empty(), 2, 2))).containsExactly("user-2", "user-1");
    }

    @Test
    void rowsAreFoundByUserAndByType() {
        write(about("user-1", MfaEventType.VERIFIED, NOON));
        write(about("user-1", MfaEventType.LOCKED, NOON));
        write(about("user-2", MfaEventType.LOCKED, NOON));

        assertThat(read(Optional.of("user-1"), Optional.empty(), 0, 9)).hasSize(2);
        assertThat(read(Optional.empty(), Optional.of(MfaEventType.LOCKED), 0, 9))
                .hasSize(2);
        assertThat(read(Optional.of("user-1"), Optional.of(MfaEventType.LOCKED), 0, 9))
                .hasSize(1);
        assertThat(read(Optional.of("' or 1=1 --"), Optional.empty(), 0, 9)).isEmpty();
    }

    @Test
    void anotherRealmIsNotRead() {
        write(about("user-1", MfaEventType.VERIFIED, NOON));

        List<Map<String, Object>> rows =
                table.read(em -> new StoredAuditReader(em).read("realm-2", Optional.empty(), Optional.empty(), 0, 9));

        assertThat(rows).isEmpty();
    }

    @Test
    void theSameEventIsNotWrittenTwice() {
        AuditRecord once = about("user-1", MfaEventType.VERIFIED, NOON);
        write(once);

        assertThatThrownBy(() -> write(once)).isInstanceOf(PersistenceException.class);
    }

    @Test
    void theColumnIsCalledTimestamp() throws Exception {
        write(about("user-1", MfaEventType.VERIFIED, NOON));

        try (Connection connection = table.connect();
                Statement query = connection.createStatement();
                ResultSet row =
                        query.executeQuery("select event_id, user_id, method, outcome, ip, timestamp from mfa_audit")) {
            assertThat(row.next()).isTrue();
            assertThat(row.getLong("timestamp")).isEqualTo(NOON.toEpochMilli());
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 0, 501})
    void aPageHasOneToFiveHundredRows(int max) {
        assertThatThrownBy(() -> read(Optional.empty(), Optional.empty(), 0, max))
                .hasMessage("max = " + max + ", want 1 to 500");
    }

    @Test
    void aPageDoesNotStartBeforeTheFirstRow() {
        assertThatThrownBy(() -> read(Optional.empty(), Optional.empty(), -1, 1))
                .hasMessage("first = -1, want 0 or more");
    }

    private void write(AuditRecord says) {
        table.write(em -> {
            em.persist(new AuditRow(says));
            em.flush();
        });
    }

    private List<Map<String, Object>> read(Optional<String> user, Optional<MfaEventType> type, int first, int max) {
        return table.read(em -> new StoredAuditReader(em).read("realm-1", user, type, first, max));
    }

    private static List<Object> users(List<Map<String, Object>> rows) {
        return rows.stream().map(row -> row.get("user_id")).toList();
    }

    private static AuditRecord about(String user, MfaEventType type, Instant time) {
        return new AuditRecord(
                UUID.randomUUID().toString(),
                type,
                time,
                "realm-1",
                Optional.empty(),
                Optional.of(user),
                Optional.of(user),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Outcome.SUCCESS,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                "request-1",
                Map.of());
    }
}
