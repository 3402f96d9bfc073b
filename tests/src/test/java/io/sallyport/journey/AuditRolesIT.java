package io.sallyport.journey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A server that connects with a role that the script for PostgreSQL left no more than it needs. */
@Journey
final class AuditRolesIT {

    private static final String ROLE = "kc_app";

    /** Says what PostgreSQL says when a table can't grow. */
    private static final String FULL_DISK =
            "CREATE OR REPLACE FUNCTION full_disk() RETURNS trigger LANGUAGE plpgsql AS "
                    + "$$ BEGIN RAISE EXCEPTION 'could not extend file' USING ERRCODE = 'disk_full'; END $$";

    private final Database superuser;
    private final Database app;
    private final KeycloakServer keycloak;
    private final MfaRealm realm;
    private final Member member;

    @TempDir
    private Path desk;

    AuditRolesIT(PostgresServer postgres) throws Exception {
        String name = "roles";
        Database cluster = postgres.keycloak().database();
        cluster.update("DROP DATABASE IF EXISTS " + name);
        cluster.update("DROP ROLE IF EXISTS " + ROLE);
        cluster.update("CREATE ROLE " + ROLE + " LOGIN PASSWORD '" + ROLE + "'");
        cluster.update("CREATE DATABASE " + name + " OWNER " + ROLE);
        String url;
        try (Connection connection = cluster.open()) {
            url = connection.getMetaData().getURL().replaceFirst("/postgres$", "/" + name);
        }
        this.superuser = new Database(url, "postgres", "postgres");
        this.app = new Database(url, ROLE, ROLE);
        this.keycloak = SharedServer.start(
                SharedServer.home("journey-roles"), new ServerDatabase("postgres", url, ROLE, ROLE), List.of());
        script();
        this.realm = MfaRealm.strict(keycloak);
        SettingsApi.of(realm).change(Map.of("mfa.events.log", true)).expect(200);
        this.member = realm.enrolled();
        realm.signIn(new Browser(), member);
        new Auditor(realm, Path.of(".")).awaitSealed();
    }

    @AfterAll
    void close() {
        keycloak.close();
    }

    @Test
    @DisplayName("AUD-10: with the rights that the script leaves it the server records, seals and exports")
    void theServerWorks() throws Exception {
        Auditor auditor = new Auditor(realm, desk);

        List<String> trail = auditor.sealedTrail();

        assertThat(trail).anyMatch(line -> line.contains("auth.mfa_verified") && line.contains(member.id()));
        Auditor.Opinion opinion = auditor.opinion(trail);
        assertThat(opinion).isEqualTo(new Auditor.Opinion(0, opinion.words()));
    }

    @ParameterizedTest
    @DisplayName("AUD-10: the role of the server can't change, remove or empty the trail, nor take back its rights")
    @ValueSource(
            strings = {
                "UPDATE MFA_AUDIT SET OUTCOME = 'SUCCESS'",
                "UPDATE MFA_AUDIT SET USER_ID = NULL",
                "UPDATE MFA_AUDIT SET TIMESTAMP = 0",
                "UPDATE MFA_AUDIT SET LEAF_POSITION = NULL",
                "UPDATE MFA_AUDIT SET LEAF_HASH = 'x' WHERE LEAF_POSITION = 0",
                "DELETE FROM MFA_AUDIT",
                "DELETE FROM MFA_AUDIT_CHECKPOINT",
                "UPDATE MFA_AUDIT_CHECKPOINT SET JWS = 'x'",
                "TRUNCATE MFA_AUDIT",
                "DROP TABLE MFA_AUDIT",
                "DROP SCHEMA public CASCADE",
                "ALTER SCHEMA public OWNER TO kc_app",
                "ALTER TABLE MFA_AUDIT DISABLE TRIGGER ALL",
                "ALTER TABLE MFA_AUDIT OWNER TO kc_app",
                "DROP TRIGGER mfa_audit_sealed_once ON MFA_AUDIT",
                "DROP FUNCTION mfa_audit_sealed_once CASCADE",
                "CREATE OR REPLACE FUNCTION mfa_audit_sealed_once() RETURNS trigger LANGUAGE plpgsql AS"
                        + " 'BEGIN RETURN NEW; END'",
                "SET ROLE mfa_audit_owner"
            })
    void denied(String sql) {
        List<?> before = superuser.rows("SELECT * FROM MFA_AUDIT WHERE LEAF_POSITION = 0 ORDER BY EVENT_ID");
        app.update("GRANT ALL ON MFA_AUDIT TO " + ROLE); // no error, only a warning that nothing was granted

        assertThatThrownBy(() -> app.update(sql))
                .rootCause()
                .isInstanceOfSatisfying(
                        SQLException.class,
                        denied -> assertThat(denied.getSQLState()).isEqualTo("42501"));

        assertThat(superuser.rows("SELECT * FROM MFA_AUDIT WHERE LEAF_POSITION = 0 ORDER BY EVENT_ID"))
                .isEqualTo(before)
                .isNotEmpty();
    }

    @ParameterizedTest(name = "{0}")
    @DisplayName("AUD-02: where no row can be written nobody gets in, and it heals by itself")
    @CsvSource({
        "a read-only trail, REVOKE INSERT ON MFA_AUDIT FROM kc_app, GRANT INSERT ON MFA_AUDIT TO kc_app",
        "a full trail, CREATE TRIGGER full_disk BEFORE INSERT ON MFA_AUDIT EXECUTE FUNCTION full_disk(),"
                + " DROP TRIGGER full_disk ON MFA_AUDIT",
        "a full outbox, CREATE TRIGGER full_disk BEFORE INSERT ON MFA_OUTBOX EXECUTE FUNCTION full_disk(),"
                + " DROP TRIGGER full_disk ON MFA_OUTBOX"
    })
    void noRow(String why, String breaking, String mending) throws Exception {
        superuser.update(FULL_DISK);
        superuser.update(breaking);
        TokenReply refused;
        TokenReply wrong;
        Reply read;
        try {
            refused = realm.backend()
                    .password(member.username(), Member.PASSWORD, member.phone().nextCode());
            wrong = realm.backend()
                    .password(member.username(), Member.PASSWORD, member.phone().wrongCode());
            read = realm.admin().tryGet(realm.name() + "/mfa/audit");
        } finally {
            superuser.update(mending);
        }

        assertThat(refused.granted()).isFalse();
        assertThat(refused.status()).as(refused.describe()).isEqualTo(503);
        assertThat(refused.error()).isEqualTo("mfa_unavailable");
        assertThat(wrong.granted()).isFalse();
        assertThat(read.status()).as("who can't be recorded reads nothing").isEqualTo(503);
        assertThat(read.body()).contains("MFA_UNAVAILABLE").doesNotContain("event_id", "SQL");
        assertThat(realm.backend()
                        .password(
                                member.username(),
                                Member.PASSWORD,
                                member.phone().nextCode())
                        .granted())
                .isTrue();
    }

    private void script() throws Exception {
        Path file = Installation.find().root().resolve("docs/audit-postgresql.sql");
        String sql =
                Files.readString(file).lines().collect(Collectors.joining("\n")).replace(":\"app\"", ROLE);
        try (Connection connection = superuser.open();
                var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
