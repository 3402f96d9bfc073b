package io.sallyport.journey;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Keycloak's console lets everybody in again while locks begin and end. */
@Journey
final class UnlockAllIT {

    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final MfaRealm realm;
    private final Database database;

    UnlockAllIT(PostgresServer postgres) {
        this.realm = MfaRealm.strict(postgres.keycloak());
        this.database = postgres.keycloak().database();
    }

    @Test
    @DisplayName(
            "LOCK-12, AUD-02: who is locked meanwhile stays locked, for nobody is let in without a row of the trail")
    void whoIsLockedMeanwhile() throws Exception {
        List<Member> members = inOrder();
        Member first = members.get(0);
        Member second = members.get(1);
        lock(first);

        meanwhile(first, connection -> lock(second));

        assertThat(unlocked(first)).isEqualTo(1);
        assertThat(isLocked(first)).isFalse();
        assertThat(unlocked(second)).isZero();
        assertThat(isLocked(second)).isTrue();
    }

    @Test
    @DisplayName("AUD-02: whose lock another has ended meanwhile is not unlocked twice on the record")
    void whoIsUnlockedMeanwhile() throws Exception {
        Member member = realm.enrolled();
        lock(member);

        meanwhile(member, connection -> {
            change(connection, member);
            connection.commit();
        });

        assertThat(unlocked(member)).isZero();
        assertThat(isLocked(member)).isFalse();
    }

    private interface Work {
        void with(Connection connection) throws SQLException;
    }

    /** The call has seen who is locked, and waits for this one's count; then this happens, and it goes on. */
    private void meanwhile(Member held, Work work) throws Exception {
        try (Connection connection = database.open();
                PreparedStatement hold =
                        connection.prepareStatement("SELECT 1 FROM MFA_THROTTLE WHERE USER_ID = ? FOR UPDATE")) {
            connection.setAutoCommit(false);
            hold.setString(1, held.id());
            hold.executeQuery().close();
            CompletableFuture<Void> call = CompletableFuture.runAsync(() -> realm.admin()
                    .delete(realm.name() + "/attack-detection/brute-force/users")
                    .expect(204));
            awaitWaiting();

            work.with(connection);

            connection.rollback();
            call.join();
        }
    }

    private void awaitWaiting() {
        Instant end = Instant.now().plus(PATIENCE);
        while (database.rows("SELECT 1 FROM pg_stat_activity WHERE wait_event_type = 'Lock'"
                        + " AND lower(query) LIKE '%mfa_throttle%'")
                .isEmpty()) {
            assertThat(Instant.now()).as("it waits").isBefore(end);
        }
    }

    private static void change(Connection connection, Member member) throws SQLException {
        try (PreparedStatement update = connection.prepareStatement(
                "UPDATE MFA_THROTTLE SET FAILURES = 0, LOCKED_UNTIL = NULL, EPOCH = EPOCH + 1 WHERE USER_ID = ?")) {
            update.setString(1, member.id());
            update.executeUpdate();
        }
    }

    /** By their ids, which is how everybody goes through them. */
    private List<Member> inOrder() {
        return Stream.generate(realm::enrolled)
                .limit(2)
                .sorted(Comparator.comparing(Member::id))
                .toList();
    }

    private void lock(Member member) {
        for (int i = 0; i < 5; i++) {
            realm.backend()
                    .password(member.username(), Member.PASSWORD, member.phone().wrongCode());
        }
        assertThat(isLocked(member)).isTrue();
    }

    private boolean isLocked(Member member) {
        return !database.rows("SELECT 1 FROM MFA_THROTTLE WHERE USER_ID = ? AND LOCKED_UNTIL IS NOT NULL", member.id())
                .isEmpty();
    }

    private int unlocked(Member member) {
        return realm.audit().of(member.id(), "auth.mfa_unlocked").size();
    }
}
