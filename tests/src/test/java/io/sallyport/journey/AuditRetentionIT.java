package io.sallyport.journey;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A realm that keeps its trail for a month, and loses what is older. */
@Journey
final class AuditRetentionIT {

    @TempDir
    private Path desk;

    @Test
    @DisplayName(
            "Rows that are too old are removed on the record, and what is left verifies, with the file of checkpoints too")
    void oldRowsGo(PostgresServer server) throws Exception {
        MfaRealm realm = MfaRealm.stock(server.keycloak());
        Database database = server.keycloak().database();
        String realmId = realm.admin().get(realm.name()).path("id").asText();
        insert(database, realmId);
        Auditor auditor = new Auditor(realm, desk);
        auditor.awaitSealed();
        realm.setUp(Map.of(), Rules.FOR_ALL).expect(200);
        assertThat(SettingsApi.of(realm)
                        .change(Map.of("mfa.audit.retention-days", "29"))
                        .status())
                .isEqualTo(400);

        SettingsApi.of(realm).change(Map.of("mfa.audit.retention-days", "30")).expect(200);

        while (!database.rows("SELECT 1 FROM MFA_AUDIT WHERE REALM_ID = ? AND REASON = 'long ago'", realmId)
                .isEmpty()) {
            LockSupport.parkNanos(50_000_000);
        }
        auditor.awaitSealed();
        Path outside = Files.copy(server.checkpoints().resolve(realmId + ".ndjson"), desk.resolve("outside.ndjson"));
        List<String> trail = auditor.sealedTrail();
        assertThat(trail.get(0)).startsWith("{\"cut\":");
        assertThat(trail).anyMatch(line -> line.contains("auth.mfa_audit_pruned"));
        Auditor.Opinion opinion = auditor.opinion(trail, outside);
        assertThat(opinion).isEqualTo(new Auditor.Opinion(0, opinion.words()));
        assertThat(opinion.words()).contains("older ones removed");
    }

    /** Before all others, which are from now. */
    private static void insert(Database database, String realmId) {
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
