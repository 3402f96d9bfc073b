package io.sallyport.journey;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** The count commits before the row of the lock can be written, and something of ours breaks in between. */
@Journey
final class UntoldLockIT {

    private static final Duration PATIENCE = Duration.ofMinutes(5);
    private static final String PENDING =
            "SELECT STATUS FROM MFA_CHALLENGE WHERE USER_ID = ? AND STATUS IN ('PENDING', 'APPROVED')";

    private final MfaRealm realm;
    private final Database database;
    private final Mailbox mailbox = Mailbox.open();

    UntoldLockIT(PostgresServer postgres) {
        this.realm = MfaRealm.strict(postgres.keycloak()).mailsTo(mailbox);
        this.database = postgres.keycloak().database();
    }

    @AfterAll
    void close() {
        mailbox.close();
    }

    @Test
    @DisplayName("AUD-02, LOCK-12: a lock whose row could not be written is told once it can be, and ends what it ends")
    void toldLater() throws Exception {
        Member member = realm.enrolled();
        Tokens prove = realm.backend()
                .password(member.username(), Member.PASSWORD, member.phone().nextCode())
                .tokens();
        assertThat(prove.access()).isNotBlank();
        guess(member, 4);

        ReadOnlyTrail.of(realm).during(() -> {
            guess(member, 1);
            assertThat(isLocked(member)).isTrue();
            guess(member, 1);
        });
        assertThat(locks(member)).isEmpty();
        leavePending(member);

        awaitTold(realm, member);

        assertThat(locks(member)).hasSize(1);
        assertThat(locks(member).get(0).reason()).isEqualTo("too_many_failures");
        assertThat(mailbox.next(member.username() + "@example.org", "Your account is locked"))
                .contains("UTC");
        assertThat(database.rows(PENDING, member.id())).isEmpty();
        assertThat(untold(member)).isEmpty();
        guess(member, 1);
        assertThat(locks(member)).hasSize(1);
    }

    @Test
    @DisplayName(
            "LOCK-01: a lock that is told at once leaves nothing to be told, nor does a fifth attempt that is right")
    void toldAtOnce() {
        Member wrong = realm.enrolled();
        guess(wrong, 5);
        Member right = realm.enrolled();
        guess(right, 4);
        TokenReply fifth = realm.backend()
                .password(right.username(), Member.PASSWORD, right.phone().nextCode());

        assertThat(locks(wrong)).hasSize(1);
        assertThat(untold(wrong)).isEmpty();
        assertThat(fifth.granted()).as(fifth.describe()).isTrue();
        assertThat(locks(right)).isEmpty();
        assertThat(untold(right)).isEmpty();
    }

    @Test
    @DisplayName(
            "LOCK-12, AUD-02: a lock that was not told is told before it is lifted, and does not come back after it")
    void toldBeforeItIsLifted() throws Exception {
        MfaRealm guarded = guarded();
        Member member = guarded.enrolled();
        guess(guarded, member, 4);
        ReadOnlyTrail.of(guarded).during(() -> guess(guarded, member, 1));
        assertThat(untold(member)).hasSize(1);
        HelpDesk desk = new HelpDesk(guarded);

        desk.call("POST", "users/" + member.id() + "/unlock", HelpDesk.WHY, desk.token("mfa.reset_mfa", "manage-users"))
                .expect(200);

        assertThat(untold(member)).as("left to be told later").isEmpty();
        assertThat(database.rows(
                        "SELECT EVENT_CODE FROM MFA_AUDIT WHERE USER_ID = ? AND EVENT_CODE IN (10083, 10101)"
                                + " ORDER BY TIMESTAMP",
                        member.id()))
                .extracting(row -> row.values().iterator().next())
                .containsExactly("10083", "10101");
        assertFree(guarded, member);
    }

    @Test
    @DisplayName("LOCK-12: a lock that somebody has ended already is told as a row, and locks, ends and mails nothing")
    void toldAfterItsEnd() throws Exception {
        MfaRealm guarded = guarded();
        Member member = guarded.enrolled();
        Tokens before = guarded.backend()
                .password(member.username(), Member.PASSWORD, member.phone().nextCode())
                .tokens();
        assertThat(before.access()).isNotBlank();
        guess(guarded, member, 4);
        ReadOnlyTrail.of(guarded).during(() -> guess(guarded, member, 1));
        database.update(
                "UPDATE MFA_THROTTLE SET FAILURES = 0, LOCKED_UNTIL = NULL, EPOCH = EPOCH + 1 WHERE USER_ID = ?",
                member.id()); // as a node of a version does it that knows of no untold locks
        leavePending(member);
        int pending = database.rows(PENDING, member.id()).size();

        awaitTold(guarded, member);

        assertThat(database.rows(PENDING, member.id())).hasSize(pending);
        assertFree(guarded, member);
    }

    private MfaRealm guarded() {
        MfaRealm guarded = MfaRealm.strict(realm.server());
        guarded.change(Map.of("bruteForceProtected", true, "failureFactor", 100, "quickLoginCheckMilliSeconds", 0));
        return guarded;
    }

    private static void assertFree(MfaRealm guarded, Member member) {
        String display = guarded.name() + "/attack-detection/brute-force/users/" + member.id();
        JsonNode shown = guarded.admin().get(display);
        assertThat(shown.path("disabled").asBoolean()).as("%s", shown).isFalse();
        TokenReply reply = guarded.backend()
                .password(member.username(), Member.PASSWORD, member.phone().nextCode());
        assertThat(reply.granted()).as(reply.describe()).isTrue();
    }

    private void guess(Member member, int times) {
        guess(realm, member, times);
    }

    private static void guess(MfaRealm realm, Member member, int times) {
        for (int i = 0; i < times; i++) {
            realm.backend()
                    .password(member.username(), Member.PASSWORD, member.phone().wrongCode());
        }
    }

    /** As if one had been open since before the lock. */
    private void leavePending(Member member) {
        database.update("UPDATE MFA_CHALLENGE SET STATUS = 'PENDING' WHERE USER_ID = ?", member.id());
    }

    private static void awaitTold(MfaRealm realm, Member member) {
        Instant end = Instant.now().plus(PATIENCE);
        while (realm.audit().of(member.id(), "auth.mfa_locked").isEmpty()) {
            assertThat(Instant.now()).as("nobody is told of the lock").isBefore(end);
        }
    }

    private boolean isLocked(Member member) {
        return !database.rows("SELECT 1 FROM MFA_THROTTLE WHERE USER_ID = ? AND LOCKED_UNTIL IS NOT NULL", member.id())
                .isEmpty();
    }

    private List<Map<String, String>> untold(Member member) {
        return database.rows("SELECT USER_ID FROM MFA_UNTOLD_LOCK WHERE USER_ID = ?", member.id());
    }

    private List<Audit.Row> locks(Member member) {
        return realm.audit().of(member.id(), "auth.mfa_locked");
    }
}
