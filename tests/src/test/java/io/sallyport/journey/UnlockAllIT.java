package io.sallyport.journey;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Keycloak's console lets everybody in again while locks begin and end. */
@Journey
final class UnlockAllIT {

    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final MfaRealm realm;
    private final Database database;
    private final Mailbox mailbox = Mailbox.open();

    UnlockAllIT(PostgresServer postgres) {
        this.realm = MfaRealm.strict(postgres.keycloak()).mailsTo(mailbox);
        this.database = postgres.keycloak().database();
    }

    @AfterAll
    void close() {
        mailbox.close();
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

    @Test
    @DisplayName(
            "AUD-02: where no row can be written, Keycloak's console is told that it unlocked nobody; later it does")
    void noRow() throws Exception {
        realm.change(Map.of("bruteForceProtected", true, "failureFactor", 100, "quickLoginCheckMilliSeconds", 0));
        Member member = realm.enrolled();
        lock(member);
        awaitDisplay(member);

        List<Reply> replies = new ArrayList<>();
        ReadOnlyTrail.of(realm).during(() -> {
            replies.add(realm.admin().delete(users() + "/" + member.id()));
            replies.add(realm.admin().delete(users()));
        });

        assertThat(replies).extracting(Reply::status).containsExactly(503, 503);
        assertThat(replies.get(0).body())
                .contains("mfa_unavailable")
                .doesNotContain("Exception", "SQL", "no audit row");
        assertThat(isLocked(member)).isTrue();
        assertThat(isShown(member)).isTrue();
        assertThat(unlocked(member)).isZero();
        Instant healed = Instant.now();
        realm.admin().delete(users() + "/" + member.id()).expect(204);
        assertThat(isLocked(member)).isFalse();
        assertThat(unlocked(member)).isEqualTo(1);
        assertThat(Mailbox.received(mailbox.next(member.username() + "@example.org", "Your account was unlocked")))
                .as("nobody is told of what was not done")
                .isAfter(healed);
    }

    @Test
    @DisplayName("AUD-02: where no row can be written, an update of a realm that drops settings is refused as a whole")
    void noRowOfAnUpdate() {
        ObjectNode whole = (ObjectNode) realm.admin().get(realm.name());
        whole.putPOJO("attributes", Map.of());
        whole.put("displayName", "changed");

        List<Reply> replies = new ArrayList<>();
        ReadOnlyTrail.of(realm).during(() -> replies.add(realm.admin().send("PUT", realm.name(), Json.write(whole))));

        assertThat(replies).extracting(Reply::status).containsExactly(503);
        assertThat(displayName()).isNotEqualTo("changed");
        assertThat(SettingsApi.of(realm).attribute("mfa.enabled")).contains("true");
        realm.admin().put(realm.name(), whole);
        assertThat(displayName()).isEqualTo("changed");
        assertThat(SettingsApi.of(realm).attribute("mfa.enabled")).contains("true");
    }

    private String displayName() {
        return realm.admin().get(realm.name()).path("displayName").asText();
    }

    private String users() {
        return realm.name() + "/attack-detection/brute-force/users";
    }

    private boolean isShown(Member member) {
        return realm.admin().get(users() + "/" + member.id()).path("disabled").asBoolean();
    }

    /** Keycloak counts by another thread, which may make its row over ours; what the lock refuses then shows it again. */
    private void awaitDisplay(Member member) {
        Instant end = Instant.now().plus(PATIENCE);
        while (!isShown(member)) {
            assertThat(Instant.now()).as("the lock is shown").isBefore(end);
            wrong(member);
        }
    }

    /** The call has seen who is locked, and waits for this one's count; then this happens, and it goes on. */
    private void meanwhile(HeldCount held, HeldCount.Work work) throws SQLException {
        held.meanwhile(() -> realm.admin().delete(users()), work).expect(204);
    }

    /** By their ids, which is how everybody goes through them. */
    private List<Member> inOrder() {
        return Stream.generate(realm::enrolled)
                .limit(2)
                .sorted(Comparator.comparing(Member::id))
                .toList();
    }

    /** Where Keycloak counts too, it refuses without a look at the code who comes before it has counted the one before. */
    private void lock(Member member) {
        for (int i = 0; i < 50 && !isLocked(member); i++) {
            wrong(member);
        }
        assertThat(isLocked(member)).isTrue();
    }

    private void wrong(Member member) {
        realm.backend()
                .password(member.username(), Member.PASSWORD, member.phone().wrongCode());
    }

    private boolean isLocked(Member member) {
        return !database.rows("SELECT 1 FROM MFA_THROTTLE WHERE USER_ID = ? AND LOCKED_UNTIL IS NOT NULL", member.id())
                .isEmpty();
    }

    private int unlocked(Member member) {
        return realm.audit().of(member.id(), "auth.mfa_unlocked").size();
    }
}
