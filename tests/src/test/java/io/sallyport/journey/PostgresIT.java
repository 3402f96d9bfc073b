package io.sallyport.journey;

import static io.sallyport.journey.Claims.assertMfa;
import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** The same promises on the database of production: its rows are locked in its own way. */
@Journey
final class PostgresIT {

    private final MfaRealm realm;
    private final Database database;

    PostgresIT(PostgresServer server) {
        this.realm = MfaRealm.strict(server.keycloak());
        this.database = server.keycloak().database();
    }

    @Test
    @DisplayName("Sign-in with TOTP, and enrollment forced by the policy")
    void signInAndEnrollment() {
        SignIn signIn = realm.web().signIn();
        EnrollTotpPage enroll =
                realm.password(new Browser(), signIn, realm.newcomer()).as(EnrollTotpPage.class);
        RecoveryCodesPage codes =
                enroll.confirm(Phone.with(enroll.secret()).nextCode(), "").as(RecoveryCodesPage.class);

        assertMfa(signIn.redeem(codes.confirm()).tokens().claims());
        assertMfa(realm.signIn(new Browser(), realm.enrolled()).claims());
    }

    @Test
    @DisplayName("LOCK: of 60 wrong codes at once, five are compared")
    void atMostFiveAreCompared() throws Exception {
        Member member = realm.enrolled();

        List<Boolean> results =
                Doors.atOnce(Doors.of(realm, member, 60), member.phone().wrongCode());

        assertThat(results).hasSize(60).doesNotContain(true);
        assertThat(realm.audit().of(member.id(), "auth.mfa_failed"))
                .filteredOn(row -> !row.reason().equals("locked"))
                .hasSize(5);
        assertThat(realm.audit().of(member.id(), "auth.mfa_locked")).hasSize(1);
    }

    @Test
    @DisplayName(
            "LIFE-01: a factor that is removed while it is used waits for the success; nobody ends as the victim of a deadlock")
    void aRemovalWaitsForASuccess() throws Exception {
        Member member = realm.enrolled();
        realm.signIn(new Browser(), member);
        String id = new HelpDesk(realm).factor(member);
        String path = realm.name() + "/users/" + member.id() + "/credentials/" + id;

        ExecutorService administrator = Executors.newSingleThreadExecutor();
        try (Connection success = database.open()) {
            success.setAutoCommit(false);
            change(success, "UPDATE MFA_ENROLLMENT SET LAST_STEP = LAST_STEP WHERE ENROLLMENT_ID = ?", id);
            Future<Reply> removal = administrator.submit(() -> realm.admin().delete(path));
            while (!removal.isDone()
                    && database.rows("SELECT 1 FROM PG_LOCKS WHERE NOT GRANTED").isEmpty()) {
                Thread.onSpinWait();
            }
            change(success, "UPDATE CREDENTIAL SET PRIORITY = PRIORITY WHERE ID = ?", id);
            success.commit();

            assertThat(removal.get().status()).isEqualTo(204);
        } finally {
            administrator.shutdown();
        }
        assertThat(realm.credentials(member)).doesNotContain("otp");
    }

    private static void change(Connection connection, String sql, String id) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setString(1, id);
            assertThat(statement.executeUpdate()).isOne();
        }
    }

    @Test
    @DisplayName("TOTP-04: of 50 sessions that send one right code at once, one succeeds")
    void oneOfManySucceeds() throws Exception {
        Member member = realm.enrolled();

        List<Boolean> results =
                Doors.atOnce(Doors.of(realm, member, 50), member.phone().newestCode());

        assertThat(results).hasSize(50).containsOnlyOnce(true);
        assertThat(realm.audit().of(member.id(), "auth.mfa_verified")).hasSize(1);
    }
}
