package io.sallyport.journey;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Keycloak's console lets everybody in again while locks begin and end. */
@Journey
final class UnlockAllIT {

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

        meanwhile(new HeldCount(database, first), connection -> lock(second));

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

        HeldCount held = new HeldCount(database, member);
        meanwhile(
                held,
                connection -> held.change(
                        connection,
                        "UPDATE MFA_THROTTLE SET FAILURES = 0, LOCKED_UNTIL = NULL, EPOCH = EPOCH + 1 WHERE USER_ID = ?"));

        assertThat(unlocked(member)).isZero();
        assertThat(isLocked(member)).isFalse();
    }

    /** The call has seen who is locked, and waits for this one's count; then this happens, and it goes on. */
    private void meanwhile(HeldCount held, HeldCount.Work work) throws SQLException {
        held.meanwhile(() -> realm.admin().delete(realm.name() + "/attack-detection/brute-force/users"), work)
                .expect(204);
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
