package io.sallyport.journey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Five wrong codes, fifteen minutes. */
@Journey
final class LockoutIT {

    private final MfaRealm realm;
    private final Locks locks;

    LockoutIT(KeycloakServer server) {
        this.realm = MfaRealm.strict(server);
        this.locks = new Locks(server);
    }

    @Test
    @DisplayName("LOCK-01: locked for 15 minutes after five; refused just before the end, accepted just after it")
    void fiveWrongCodesLockForFifteenMinutes() {
        Member member = realm.enrolled();
        wrong(member, 5);

        assertRefused(right(member));
        Audit.Row lock = realm.audit().of(member.id(), "auth.mfa_locked").get(0);
        long from = Instant.parse(lock.text("timestamp")).getEpochSecond();
        assertThat(Long.parseLong(lock.detail("locked_until")) - from).isCloseTo(900L, within(2L));

        locks.leave(member, Duration.ofSeconds(15));
        assertRefused(right(member));
        locks.leave(member, Duration.ofSeconds(-1));
        assertThat(right(member).granted()).isTrue();
        assertThat(locks.failures(member)).isZero();
    }

    @Test
    @DisplayName("LOCK-01: after four wrong codes the right one is accepted, and the count is 0")
    void fourWrongCodesAreForgiven() {
        Member member = realm.enrolled();
        wrong(member, 4);
        assertThat(locks.failures(member)).isEqualTo(4);

        assertThat(right(member).granted()).isTrue();

        assertThat(locks.failures(member)).isZero();
    }

    @Test
    @DisplayName("LOCK: a lock that ran out starts again from 0")
    void afterTheLockTheCountStartsAgain() {
        Member member = realm.enrolled();
        wrong(member, 5);
        locks.leave(member, Duration.ofSeconds(-1));

        wrong(member, 4);

        assertThat(right(member).granted()).isTrue();
    }

    @Test
    @DisplayName("LOCK-02: guesses are counted over browsers, applications and grants together")
    void guessesAreCountedOverAllPaths() {
        Member member = realm.enrolled();
        wrong(member, 1);
        for (OidcClient client : List.of(realm.web(), realm.shop(), realm.web())) {
            realm.password(new Browser(), client.signIn(), member)
                    .as(ChallengePage.class)
                    .answer(member.phone().wrongCode())
                    .as(ChallengePage.class);
        }
        ChallengePage early = challenge(member);

        Page fifth = challenge(member).answer(member.phone().wrongCode());

        assertThat(fifth).isInstanceOf(LockedPage.class);
        assertThat(early.answer(member.phone().nextCode())).isInstanceOf(LockedPage.class);
        assertRefused(right(member));
    }

    @Test
    @DisplayName("LOCK-08: a locked user's right and wrong codes get one answer")
    void rightAndWrongLookAlikeWhileLocked() {
        Member member = realm.enrolled();
        wrong(member, 5);

        Reply right = right(member).reply();
        Reply wrong = direct(member, member.phone().wrongCode()).reply();

        assertThat(wrong.status()).isEqualTo(right.status());
        assertThat(wrong.body()).isEqualTo(right.body());
        assertThat(wrong.headers().map().keySet())
                .isEqualTo(right.headers().map().keySet());
    }

    @Test
    @DisplayName("LOCK: attempts during a lock are neither counted nor do they extend it")
    void attemptsDuringALockChangeNothing(KeycloakServer server) {
        Member member = realm.enrolled();
        wrong(member, 5);
        List<Map<String, String>> before = throttle(server, member);

        wrong(member, 5);

        assertThat(throttle(server, member)).isEqualTo(before);
        assertThat(realm.audit().of(member.id(), "auth.mfa_locked")).hasSize(1);
    }

    @Test
    @DisplayName("LOCK-18: another user's success leaves the count alone")
    void anotherUsersSuccessChangesNothing() {
        Member victim = realm.enrolled();
        Member attacker = realm.enrolled();
        wrong(victim, 4);

        assertThat(right(attacker).granted()).isTrue();

        wrong(victim, 1);
        assertRefused(right(victim));
    }

    @Test
    @DisplayName("LOCK-09: user name in any case and e-mail address are one user")
    void theCountBelongsToTheUser() {
        Member member = realm.enrolled();
        wrong(member, 3);
        for (int i = 0; i < 2; i++) {
            String email = member.username().toUpperCase(Locale.ROOT) + "@EXAMPLE.org";
            realm.backend().password(email, Member.PASSWORD, member.phone().wrongCode());
        }

        assertRefused(right(member));
    }

    @Test
    @DisplayName("LOCK-15: a change counts from the next attempt; a lock that runs keeps its end")
    void aChangeCountsAtOnce(KeycloakServer server) {
        MfaRealm own = MfaRealm.strict(server);
        Member locked = own.enrolled();
        Member trying = own.enrolled();
        wrong(own, locked, 5);
        wrong(own, trying, 2);
        List<Map<String, String>> lock = throttle(server, locked);

        SettingsApi.of(own)
                .change(Map.of("mfa.lockout.threshold", 3, "mfa.lockout.cooldown", 30))
                .expect(200);
        wrong(own, trying, 1);

        assertThat(throttle(server, locked)).isEqualTo(lock);
        assertRefused(own.backend()
                .password(trying.username(), Member.PASSWORD, trying.phone().nextCode()));
        Audit.Row shorter = own.audit().of(trying.id(), "auth.mfa_locked").get(0);
        long from = Instant.parse(shorter.text("timestamp")).getEpochSecond();
        assertThat(Long.parseLong(shorter.detail("locked_until")) - from).isCloseTo(30L, within(2L));
    }

    @Test
    @DisplayName("LOCK: a password alone does not reset the count")
    void aPasswordDoesNotReset() {
        Member member = realm.enrolled();
        wrong(member, 4);

        challenge(member);

        assertThat(locks.failures(member)).isEqualTo(4);
    }

    private ChallengePage challenge(Member member) {
        return realm.password(new Browser(), realm.web().signIn(), member).as(ChallengePage.class);
    }

    private void wrong(Member member, int times) {
        wrong(realm, member, times);
    }

    private static void wrong(MfaRealm where, Member member, int times) {
        for (int i = 0; i < times; i++) {
            assertRefused(where.backend()
                    .password(member.username(), Member.PASSWORD, member.phone().wrongCode()));
        }
    }

    private TokenReply right(Member member) {
        return direct(member, member.phone().nextCode());
    }

    private TokenReply direct(Member member, String code) {
        return realm.backend().password(member.username(), Member.PASSWORD, code);
    }

    private static void assertRefused(TokenReply reply) {
        assertThat(reply.status()).as(reply.describe()).isIn(400, 401);
        assertThat(reply.error()).isEqualTo("invalid_grant");
    }

    private static List<Map<String, String>> throttle(KeycloakServer server, Member member) {
        return server.database().rows("SELECT * FROM MFA_THROTTLE WHERE USER_ID = ?", member.id());
    }
}
