package io.sallyport.verify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import io.sallyport.factor.pass.PassRow;
import io.sallyport.factor.recovery.RecoveryCodeRow;
import io.sallyport.factor.recovery.RecoveryOfferRow;
import io.sallyport.policy.Method;
import io.sallyport.provider.DatabaseClock;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;

/** What a request has read is its own, about one user and one sign-in, and is gone when it has waited for others. */
final class RequestMemoryTest {

    private static final String ANN = "ann";
    private static final Evidence PROOF =
            new Evidence("e", Method.TOTP, Instant.ofEpochSecond(1_000), List.of("pwd", "otp", "mfa"));

    private static VerifyTables tables;

    private final String realmId = UUID.randomUUID().toString();
    private final SessionBinding here = new SessionBinding("root", "here " + realmId);
    private final SessionBinding elsewhere = new SessionBinding("root", "elsewhere " + realmId);
    private final RealmModel realm = mock(RealmModel.class);

    @BeforeAll
    static void open() throws Exception {
        tables = VerifyTables.and(
                ThrottleRow.class,
                EvidenceRow.class,
                RecoveryOfferRow.class,
                RecoveryCodeRow.class,
                PassRow.class,
                RealmTable.class);
    }

    @AfterAll
    static void close() {
        tables.close();
    }

    @BeforeEach
    void aFreshRealm() {
        when(realm.getId()).thenReturn(realmId);
        tables.run(em -> em.persist(new RealmTable(realmId)));
        request(session -> new Throttle(session).queue(realm, ANN));
    }

    @Test
    void whatWasProvedIsFoundByItsUserInItsSignInOnly() {
        prove(ANN, here);

        request(session -> {
            assertThat(find(session, ANN, here)).containsExactly(PROOF);
            assertThat(find(session, "bob", here)).isEmpty();
            assertThat(find(session, ANN, elsewhere)).isEmpty();
        });
    }

    @Test
    void whatIsProvedInARequestIsKnownInIt() {
        request(session -> {
            assertThat(find(session, ANN, here)).isEmpty();

            add(session, ANN, here);

            assertThat(find(session, ANN, here)).containsExactly(PROOF);
        });
    }

    @Test
    void aNonceOfThisRequestHasNoEvidenceUntilSomethingIsProvedUnderIt() {
        request(session -> {
            EvidenceStore.begins(session, here.nonce());
            assertThat(find(session, ANN, here)).isEmpty();

            add(session, ANN, here);

            assertThat(find(session, ANN, here)).containsExactly(PROOF);
        });
    }

    @Test
    void whatAnAttemptSawSparesItsOwnUserAndSignInTheQuestionAndNobodyElse() {
        prove("bob", here);
        prove(ANN, elsewhere);

        request(session -> {
            Prior.leave(look(session, here.nonce()), session, realm, ANN);
            add(session, ANN, here);

            assertThat(find(session, ANN, here)).containsExactly(PROOF);
            assertThat(find(session, "bob", here)).containsExactly(PROOF);
            assertThat(find(session, ANN, elsewhere)).containsExactly(PROOF);
        });
    }

    @Test
    void anAttemptThatSawAnEarlierProofAsksForBoth() {
        prove(ANN, here);

        request(session -> {
            Prior.leave(look(session, here.nonce()), session, realm, ANN);
            add(session, ANN, here);

            assertThat(find(session, ANN, here)).hasSize(2);
        });
    }

    @Test
    void whatAnEarlierAttemptSawIsForgottenWithTheNext() {
        request(session -> {
            Prior.leave(look(session, here.nonce()), session, realm, ANN);
            assertThat(Prior.of(session, realm, ANN)).isPresent();

            Prior.leave(Optional.empty(), session, realm, ANN);

            assertThat(Prior.of(session, realm, ANN)).isEmpty();
        });
    }

    @Test
    void evidenceThatWentWhileTheRowWasWaitedForIsGone() {
        prove(ANN, here);

        request(session -> {
            assertThat(find(session, ANN, here)).isNotEmpty();
            request(administrator -> new EvidenceStore(administrator).forgetUser(realmId, ANN));

            new Throttle(session).queue(realm, ANN);

            assertThat(find(session, ANN, here)).isEmpty();
        });
    }

    @Test
    void whatARequestForgetsItselfIsGone() {
        prove(ANN, here);

        request(session -> {
            assertThat(find(session, ANN, here)).isNotEmpty();

            new EvidenceStore(session).forget(realmId, ANN, Method.TOTP);

            assertThat(find(session, ANN, here)).isEmpty();
        });
    }

    @Test
    void aLockThatBeganWhileTheRowWasWaitedForIsSeen() {
        request(session -> {
            assertThat(Footing.of(session, realm, ANN).lockedUntil()).isEmpty();
            assertThat(find(session, ANN, here)).isEmpty();
            assertThat(Footing.lock(session, realm, ANN)).isEmpty();
            lock();

            new Throttle(session).queue(realm, ANN);

            assertThat(Footing.of(session, realm, ANN).lockedUntil()).isPresent();
            assertThat(Footing.lock(session, realm, ANN)).isPresent();
        });
    }

    @Test
    void theNextRequestSeesTheLock() {
        request(session ->
                assertThat(Footing.of(session, realm, ANN).lockedUntil()).isEmpty());
        lock();

        request(session -> {
            find(session, ANN, here);
            assertThat(Footing.lock(session, realm, ANN)).isPresent();
            assertThat(Footing.of(session, realm, ANN).lockedUntil()).isPresent();
            assertThat(Footing.of(session, realm, "bob").lockedUntil()).isEmpty();
            assertThat(Footing.lock(session, realm, "bob")).isEmpty();
        });
    }

    @Test
    void whatIsKnownInOneRealmSaysNothingOfAnother() {
        RealmModel other = mock(RealmModel.class);
        String otherId = UUID.randomUUID().toString();
        when(other.getId()).thenReturn(otherId);
        tables.run(em -> em.persist(new RealmTable(otherId)));
        prove(ANN, here);

        request(session -> {
            assertThat(find(session, ANN, here)).isNotEmpty();
            assertThat(Footing.of(session, other, ANN).lockedUntil()).isEmpty();
            request(administrator -> write(administrator, other));

            assertThat(new EvidenceStore(session).find(other, ANN, here)).isEmpty();
            assertThat(Footing.lock(session, other, ANN)).isPresent();
            assertThat(Footing.lock(session, realm, ANN)).isEmpty();
        });
    }

    @Test
    void whatAnAttemptSawInOneRealmSparesNoQuestionInAnother() {
        RealmModel other = mock(RealmModel.class);
        when(other.getId()).thenReturn(UUID.randomUUID().toString());

        request(session -> {
            Prior.leave(look(session, here.nonce()), session, realm, ANN);

            assertThat(Prior.of(session, other, ANN)).isEmpty();
        });
    }

    @Test
    void theClockOfARequestNeverGoesBack() {
        request(session -> {
            Instant known = DatabaseClock.now(session);

            assertThat(DatabaseClock.read(session, known.minusSeconds(5))).isEqualTo(known);
            assertThat(DatabaseClock.now(session)).isEqualTo(known);
            assertThat(DatabaseClock.read(session, known.plusSeconds(5))).isEqualTo(known.plusSeconds(5));
        });
    }

    /** One that is not enrolled and that nobody has told this class of would never be asked for. */
    @Test
    void allLastResortsAreLookedFor() {
        assertThat(Arrays.stream(Method.values()).filter(method -> !method.enrollable()))
                .containsExactlyInAnyOrder(Method.RECOVERY_CODE, Method.TEMPORARY_PASS, Method.EMAIL_CODE);
    }

    private Optional<Prior> look(KeycloakSession session, String nonce) {
        return new ThrottleRows(session).look(realm, ANN, nonce).flatMap(ThrottleRows.Seen::prior);
    }

    private void lock() {
        request(other -> write(other, realm));
    }

    private static void write(KeycloakSession session, RealmModel realm) {
        ThrottleRows rows = new ThrottleRows(session);
        rows.locked(realm, ANN);
        rows.write(realm, ANN, new ThrottleState(5, Optional.of(Instant.parse("2999-01-01T00:00:00Z")), 0));
    }

    private void prove(String userId, SessionBinding binding) {
        request(session -> add(session, userId, binding));
    }

    private void add(KeycloakSession session, String userId, SessionBinding binding) {
        new EvidenceStore(session).add(realm, userId, binding, PROOF, Optional.empty());
    }

    private List<Evidence> find(KeycloakSession session, String userId, SessionBinding binding) {
        return new EvidenceStore(session).find(realm, userId, binding);
    }

    private static void request(Consumer<KeycloakSession> work) {
        tables.request(work);
    }
}
