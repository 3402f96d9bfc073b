package io.sallyport.verify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import io.sallyport.provider.SettingRow;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;

/** What one request has seen of the count never decides once another one has moved it. */
final class ThrottleTest {

    private static final String ANN = "ann";
    private static final Instant FAR = Instant.parse("2999-01-01T00:00:00Z");

    private static VerifyTables tables;

    private final RealmModel realm = mock(RealmModel.class);

    @BeforeAll
    static void open() throws Exception {
        tables = VerifyTables.and(ThrottleRow.class, SettingRow.class);
    }

    @AfterAll
    static void close() {
        tables.close();
    }

    @BeforeEach
    void aFreshRealm() {
        when(realm.getId()).thenReturn(UUID.randomUUID().toString());
        request(session -> new Throttle(session).queue(realm, ANN));
    }

    @Test
    void attemptsAreCountedOneByOne() {
        assertThat(attempt().number()).isEqualTo(1);
        assertThat(attempt().number()).isEqualTo(2);
        assertThat(stored().failures()).isEqualTo(2);
    }

    @Test
    void anAttemptThatSawLessThanThereIsGetsTheNextNumberAllTheSame() {
        request(session -> {
            Optional<ThrottleRows.Seen> seen = new ThrottleRows(session).look(realm, ANN);
            attempt();

            assertThat(new Throttle(session).reserve(realm, ANN, seen))
                    .map(Ticket::number)
                    .contains(2);
        });
        assertThat(stored().failures()).isEqualTo(2);
    }

    @Test
    void aLockThatBeganAfterTheLookWins() {
        request(session -> {
            Optional<ThrottleRows.Seen> seen = new ThrottleRows(session).look(realm, ANN);
            locked();

            assertThat(new Throttle(session).reserve(realm, ANN, seen)).isEmpty();
        });
        assertThat(stored().failures()).isEqualTo(5);
    }

    @Test
    void aLockWithTheSameCountIsNotTakenForTheOneThatWasSeen() {
        write(new ThrottleState(5, Optional.of(Instant.EPOCH), 0));
        request(session -> {
            Optional<ThrottleRows.Seen> seen = new ThrottleRows(session).look(realm, ANN);
            write(new ThrottleState(5, Optional.of(FAR), 0));

            assertThat(new Throttle(session).reserve(realm, ANN, seen)).isEmpty();
        });
    }

    @Test
    void aCountOfAnotherSequenceIsNotTakenForTheOneThatWasSeen() {
        attempt();
        request(session -> {
            Optional<ThrottleRows.Seen> seen = new ThrottleRows(session).look(realm, ANN);
            request(administrator -> new Throttle(administrator).unlock(realm, ANN));
            attempt();

            Ticket ticket = new Throttle(session).reserve(realm, ANN, seen).orElseThrow();

            assertThat(ticket.number()).isEqualTo(2);
            assertThat(ticket.epoch()).isEqualTo(1);
        });
    }

    @Test
    void theFirstAttemptOfAllMakesTheRow() {
        request(session -> assertThat(new Throttle(session).reserve(realm, "bob", Optional.empty()))
                .map(Ticket::number)
                .contains(1));
    }

    @Test
    void aSuccessTakesBackItsOwnCountAndNoneAfterIt() {
        Ticket first = attempt();
        attempt();
        attempt();

        request(session -> new Throttle(session).takeBack(realm, ANN, first));

        assertThat(stored().failures()).isEqualTo(2);
    }

    @Test
    void whatIsNotSpentIsCountedAgain() {
        Ticket only = attempt();

        request(session -> new Throttle(session).takeBack(realm, ANN, only).restore());

        assertThat(stored()).isEqualTo(only.counted());
    }

    @Test
    void whatIsNotSpentIsCountedAgainAlsoBesideOthers() {
        Ticket first = attempt();
        attempt();
        ThrottleState before = stored();

        request(session -> new Throttle(session).takeBack(realm, ANN, first).restore());

        assertThat(stored()).isEqualTo(before);
    }

    @Test
    void theLockOfTheSuccessItselfEnds() {
        Ticket fifth = locked();

        request(session -> assertThat(
                        new Throttle(session).takeBack(realm, ANN, fifth).endedLock())
                .isTrue());

        assertThat(stored().lockedUntil()).isEmpty();
    }

    @Test
    void aLockOfALaterSequenceStays() {
        Ticket old = attempt();
        request(administrator -> new Throttle(administrator).unlock(realm, ANN));
        locked();

        request(session -> assertThat(
                        new Throttle(session).takeBack(realm, ANN, old).endedLock())
                .isFalse());

        assertThat(stored().lockedUntil()).isPresent();
        assertThat(stored().failures()).isEqualTo(5);
    }

    @Test
    void onlyALockIsLifted() {
        attempt();
        request(session -> assertThat(new Throttle(session).lift(realm, ANN)).isFalse());
        assertThat(stored().failures()).isEqualTo(1);

        locked();
        request(session -> assertThat(new Throttle(session).lift(realm, ANN)).isTrue());
        assertThat(stored().failures()).isZero();
    }

    private Ticket attempt() {
        return tables.call(em -> {
            KeycloakSession session = VerifyTables.session(em);
            return new Throttle(session)
                    .reserve(realm, ANN, new ThrottleRows(session).look(realm, ANN))
                    .orElseThrow();
        });
    }

    /** The attempt that locks. */
    private Ticket locked() {
        Ticket last = attempt();
        while (last.locksUntil().isEmpty()) {
            last = attempt();
        }
        return last;
    }

    private void write(ThrottleState state) {
        request(session -> new ThrottleRows(session).write(realm, ANN, state));
    }

    private ThrottleState stored() {
        return tables.call(em -> new ThrottleRows(VerifyTables.session(em)).look(realm, ANN))
                .orElseThrow()
                .state();
    }

    private static void request(Consumer<KeycloakSession> work) {
        tables.request(work);
    }
}
