package io.sallyport.journey;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A realm that keeps its trail for a month, and loses what is older, unless somebody was at it. */
@Journey
final class AuditRetentionIT {

    private static final String REFUSED = "SELECT REASON FROM MFA_AUDIT WHERE REALM_ID = ? AND EVENT_CODE = 10122"
            + " AND OUTCOME = 'FAILURE' AND REASON = 'rows_not_as_signed'";

    @TempDir
    private Path desk;

    private final PostgresServer server;
    private final Database database;
    private MfaRealm realm;
    private String realmId;
    private Auditor auditor;

    AuditRetentionIT(PostgresServer server) {
        this.server = server;
        this.database = server.keycloak().database();
    }

    @BeforeEach
    void aRealmWithOldRows() {
        realm = MfaRealm.stock(server.keycloak());
        realmId = realm.admin().get(realm.name()).path("id").asText();
        insert();
        auditor = new Auditor(realm, desk);
        auditor.awaitSealed();
        realm.setUp(Map.of(), Rules.FOR_ALL).expect(200);
    }

    @Test
    @DisplayName(
            "Rows that are too old are removed on the record, and what is left verifies, with the file of checkpoints too")
    void oldRowsGo() throws Exception {
        assertThat(SettingsApi.of(realm)
                        .change(Map.of("mfa.audit.retention-days", "29"))
                        .status())
                .isEqualTo(400);

        keepForAMonth();

        assertTheyGo();
    }

    @Test
    @DisplayName(
            "AUD-05: an old row that was changed, with the hash beside it, is not removed in silence: nothing is, and that is on the record")
    void aRowThatWasHashedAgain() throws Exception {
        String before = reason();
        change("nobody was here");
        assertThat(auditor.opinion().answer()).as("the auditor finds it").isEqualTo(1);

        keepForAMonth();

        Auditor.await(
                "a refusal on the record",
                () -> !database.rows(REFUSED, realmId).isEmpty());
        assertThat(server.keycloak().log())
                .contains("Old rows of the audit trail of realm " + realmId + " are kept, all of them");
        assertThat(reason()).isEqualTo("nobody was here");
        assertThat(database.rows("SELECT 1 FROM MFA_AUDIT_CUT WHERE REALM_ID = ?", realmId))
                .isEmpty();
        assertThat(auditor.opinion().words())
                .as("still the same")
                .startsWith("row 0: ")
                .contains("what is signed");

        change(before);
        assertTheyGo();
    }

    private void assertTheyGo() throws Exception {
        Auditor.await("no old row any more", () -> old().isEmpty());
        auditor.awaitSealed();
        Path outside = Files.copy(server.checkpoints().resolve(realmId + ".ndjson"), desk.resolve("outside.ndjson"));
        List<String> trail = auditor.sealedTrail();
        assertThat(trail.get(0)).startsWith("{\"cut\":");
        assertThat(trail)
                .anyMatch(line -> line.contains("auth.mfa_audit_pruned") && line.contains("\"outcome\":\"SUCCESS\""));
        Auditor.Opinion opinion = auditor.opinion(trail, outside);
        assertThat(opinion).isEqualTo(new Auditor.Opinion(0, opinion.words()));
        assertThat(opinion.words()).contains("older ones removed");
    }

    private void keepForAMonth() {
        SettingsApi.of(realm).change(Map.of("mfa.audit.retention-days", "30")).expect(200);
    }

    /** As a superuser of the database does it who knows how rows are hashed. */
    private void change(String reason) {
        database.update("UPDATE MFA_AUDIT SET REASON = ? WHERE REALM_ID = ? AND LEAF_POSITION = 0", reason, realmId);
        database.update(
                "UPDATE MFA_AUDIT SET LEAF_HASH = ? WHERE REALM_ID = ? AND LEAF_POSITION = 0",
                auditor.hashOfRow(0),
                realmId);
    }

    private String reason() {
        return database.rows("SELECT REASON FROM MFA_AUDIT WHERE REALM_ID = ? AND LEAF_POSITION = 0", realmId)
                .get(0)
                .get("REASON");
    }

    private List<Map<String, String>> old() {
        return database.rows("SELECT 1 FROM MFA_AUDIT WHERE REALM_ID = ? AND REASON = 'long ago'", realmId);
    }

    /** Before all others, which are from now. */
    private void insert() {
        for (int row = 0; row < 3; row++) {
            database.update(
                    "INSERT INTO MFA_AUDIT (EVENT_ID, EVENT_CODE, EVENT_TYPE, REALM_ID, OUTCOME, REASON, CORRELATION_ID,"
                            + " DETAILS, TIMESTAMP) VALUES (?, 10099, 'auth.mfa_failed', ?, 'FAILURE', 'long ago', 'x', '{}',"
                            + " 1700000000000)",
                    UUID.randomUUID().toString(),
                    realmId);
        }
    }
}
