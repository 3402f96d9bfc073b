package io.sallyport.audit.outbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.sallyport.audit.sealing.Erasure;
import io.sallyport.audit.store.AuditTable;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class LedgerTest {

    private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");
    private static final Lane LANE = new Lane("webhook", "r");
    private static final Duration LEASE = Duration.ofMinutes(1);

    private AuditTable table;
    private Connection connection;

    @BeforeEach
    void connect() throws Exception {
        table = new AuditTable();
        connection = table.connect();
        connection.setAutoCommit(false);
    }

    @AfterEach
    void close() throws Exception {
        connection.rollback();
        connection.close();
        table.close();
    }

    @Test
    void aLaneIsDueWhereSomethingWaits() throws Exception {
        write("webhook", "r", "ann", "1");
        write("webhook", "r", "bob", "2");
        write("log", "s", "ann", "3");

        assertThat(at(NOON).lanes()).containsExactlyInAnyOrder(LANE, new Lane("log", "s"));
    }

    @Test
    void aLaneWithNothingDueYetIsNoneAndHidesNoneBehindIt() throws Exception {
        write("log", "r", "ann", "1");
        write("log", "s", "ann", "2");
        write("webhook", "r", "ann", "3");
        Claimed failing =
                at(NOON).claim(new Lane("log", "s"), Set.of(), 1, LEASE).get(0);
        at(NOON).later(failing, Duration.ofSeconds(2), "HTTP status 500");

        assertThat(at(NOON).lanes()).containsExactly(new Lane("log", "r"), LANE);
        assertThat(at(NOON.plusSeconds(3)).lanes()).containsExactly(new Lane("log", "r"), new Lane("log", "s"), LANE);
    }

    @Test
    void forWhoRestsNothingIsClaimed() throws Exception {
        write("webhook", "r", "ann", "1");
        write("webhook", "r", "ann", "2", "gone");
        write("webhook", "r", "ann", "3", "ciso");

        assertThat(at(NOON).claim(LANE, Set.of("gone"), 10, LEASE))
                .extracting(Claimed::eventId)
                .containsExactly("1", "3");
    }

    @Test
    void ofEachUserTheFirstIsClaimedAndTheNextOnceItArrived() throws Exception {
        write("webhook", "r", "ann", "1");
        write("webhook", "r", "ann", "2");
        write("webhook", "r", "bob", "3");
        write("log", "r", "bob", "0");

        List<Claimed> claimed = claim(NOON);

        assertThat(claimed).extracting(Claimed::eventId).containsExactly("1", "3");
        assertThat(claim(NOON)).isEmpty();
        at(NOON).done(List.of(claimed.get(0)));
        assertThat(claim(NOON)).extracting(Claimed::eventId).containsExactly("2");
    }

    @Test
    void whatIsAboutNobodyWaitsForNobody() throws Exception {
        write("webhook", "r", null, "1");
        write("webhook", "r", null, "2");

        assertThat(claim(NOON)).hasSize(2);
    }

    @Test
    void aFailureIsDueLaterAndHoldsBackWhatComesAfterIt() throws Exception {
        write("webhook", "r", "ann", "1");
        write("webhook", "r", "ann", "2");

        at(NOON).later(claim(NOON).get(0), Duration.ofSeconds(2), "HTTP status 500");

        assertThat(claim(NOON.plusSeconds(1))).isEmpty();
        assertThat(claim(NOON.plusSeconds(2)))
                .singleElement()
                .satisfies(row -> assertThat(row.eventId()).isEqualTo("1"))
                .satisfies(row -> assertThat(row.attempts()).isEqualTo(1));
    }

    @Test
    void aDeadLetterHoldsBackNothing() throws Exception {
        write("webhook", "r", "ann", "1");
        write("webhook", "r", "ann", "2");

        at(NOON).dead(claim(NOON).get(0), "HTTP status 410");

        assertThat(claim(NOON)).extracting(Claimed::eventId).containsExactly("2");
        assertThat(column("STATE")).containsExactly("D", "W");
    }

    @Test
    void whatWasNotTriedIsDueAtOnceAndIsNoFailure() throws Exception {
        write("webhook", "r", "ann", "1");

        at(NOON).untried(claim(NOON).get(0));

        assertThat(claim(NOON)).extracting(Claimed::attempts).containsExactly(0);
    }

    @Test
    void afterTheLeaseAnotherMayTryAndTheFirstChangesNothing() throws Exception {
        write("webhook", "r", "ann", "1");
        Claimed slow = claim(NOON).get(0);
        Instant later = NOON.plus(LEASE);
        Claimed quick = claim(later).get(0);

        at(later).dead(slow, "too late");
        at(later).later(slow, Duration.ofHours(1), "too late");
        assertThat(column("STATE")).containsExactly("W");

        at(later).done(List.of(quick));
        assertThat(column("STATE")).isEmpty();
    }

    @Test
    void whatArrivedHasArrivedWhoeverHasClaimedItSince() throws Exception {
        write("webhook", "r", "ann", "1");
        Claimed slow = claim(NOON).get(0);
        claim(NOON.plus(LEASE));

        at(NOON.plus(LEASE)).done(List.of(slow));

        assertThat(column("STATE")).isEmpty();
    }

    @Test
    void whatAnotherNodeIsAtIsPassedOverAndSoIsWhatComesAfterIt() throws Exception {
        write("webhook", "r", "ann", "1");
        write("webhook", "r", "ann", "2");
        write("webhook", "r", "bob", "3");
        connection.commit();
        try (Connection other = table.connect();
                Statement lock = other.createStatement()) {
            other.setAutoCommit(false);
            lock.executeQuery("SELECT ID FROM MFA_OUTBOX WHERE EVENT_ID = '1' FOR UPDATE");

            assertThat(claim(NOON)).extracting(Claimed::eventId).containsExactly("3");

            other.rollback();
        }
    }

    @Test
    void aBatchHasItsSize() throws Exception {
        write("webhook", "r", "ann", "1");
        write("webhook", "r", "bob", "2");

        assertThat(at(NOON).claim(LANE, Set.of(), 1, LEASE))
                .extracting(Claimed::eventId)
                .containsExactly("1");
    }

    @Test
    void aRealmThatIsGoneIsForgotten() throws Exception {
        write("webhook", "r", "ann", "1");
        write("log", "r", "ann", "2");
        write("log", "s", "ann", "3");

        new Removal(connection).forget("r");

        assertThat(column("EVENT_ID")).containsExactly("3");
    }

    @Test
    void whatWaitsBehindAFailureIsNotLookedAtAgainBeforeThatIsDue() throws Exception {
        write("webhook", "r", "ann", "1");
        write("webhook", "r", "ann", "2");
        write("webhook", "r", "bob", "3");
        at(NOON).done(List.of(claim(NOON).get(1)));
        at(NOON).later(claim(NOON.plus(LEASE)).get(0), Duration.ofMinutes(5), "HTTP status 500");
        Instant later = NOON.plus(LEASE).plusSeconds(1);
        assertThat(at(later).lanes()).containsExactly(LANE);

        assertThat(claim(later)).isEmpty();
        at(later).park(LANE);

        assertThat(at(later).lanes()).isEmpty();
        List<Claimed> due = claim(NOON.plus(Duration.ofMinutes(7)));
        assertThat(due).extracting(Claimed::eventId).containsExactly("1");
        at(NOON.plus(Duration.ofMinutes(7))).done(List.of(due.get(0)));
        assertThat(claim(NOON.plus(Duration.ofMinutes(7))))
                .extracting(Claimed::eventId)
                .containsExactly("2");
    }

    @Test
    void whatADeadLetterHeldBackIsDueAtOnce() throws Exception {
        write("webhook", "r", "ann", "1");
        write("webhook", "r", "ann", "2");
        at(NOON).later(claim(NOON).get(0), Duration.ofMinutes(1), "HTTP status 500");
        at(NOON).park(LANE);
        Instant later = NOON.plus(Duration.ofMinutes(1));
        Claimed again = claim(later).get(0);
        at(later.plusSeconds(1)).park(LANE);

        at(later.plusSeconds(2)).dead(again, "HTTP status 410");

        assertThat(claim(later.plusSeconds(2))).extracting(Claimed::eventId).containsExactly("2");
    }

    @Test
    void whatWaitsBehindAFailureIsDueWhenThatArrivesFromWhoHadClaimedItBefore() throws Exception {
        write("webhook", "r", "ann", "1");
        write("webhook", "r", "ann", "2");
        Claimed slow = claim(NOON).get(0);
        Instant later = NOON.plus(LEASE);
        at(later).later(claim(later).get(0), Duration.ofHours(1), "HTTP status 503");
        at(later).park(LANE);
        assertThat(claim(later.plusSeconds(1))).isEmpty();

        at(later.plusSeconds(1)).done(List.of(slow));

        assertThat(claim(later.plusSeconds(1))).extracting(Claimed::eventId).containsExactly("2");
    }

    @Test
    void whoComesTooLateLetsNothingPassThatIsStillFirst() throws Exception {
        write("webhook", "r", "ann", "1");
        write("webhook", "r", "ann", "2");
        Claimed slow = claim(NOON).get(0);
        Instant later = NOON.plus(LEASE);
        at(later).later(claim(later).get(0), Duration.ofHours(1), "HTTP status 503");
        at(later).park(LANE);

        at(later.plusSeconds(1)).dead(slow, "HTTP status 410");

        assertThat(claim(later.plusSeconds(1))).isEmpty();
        assertThat(column("STATE")).containsExactly("W", "W");
        assertThat(at(later.plusSeconds(1)).lanes())
                .as("nothing is read meanwhile")
                .isEmpty();
    }

    @Test
    void whatWaitsBehindAFailureOfSomebodyWhoIsErasedIsDue() throws Exception {
        write("webhook", "r", "ann", "1");
        write("webhook", "r", "ann", "2");
        write("webhook", "r", "ann", "3", "ciso");
        write("webhook", "r", "bob", "4");
        write("webhook", "r", "bob", "5");
        for (Claimed row : claim(NOON)) {
            at(NOON).later(row, Duration.ofHours(1), "HTTP status 503");
        }
        at(NOON).park(LANE);
        Instant later = NOON.plusSeconds(1);
        assertThat(at(later).lanes()).isEmpty();

        new Erasure(connection, "r").of("ann");

        assertThat(at(later).lanes()).containsExactly(LANE);
        assertThat(claim(later)).extracting(Claimed::eventId).containsExactly("2");
    }

    @Test
    void whatIsBeingDeliveredIsNotDeliveredTwiceBecauseSomebodyIsErased() throws Exception {
        write("webhook", "r", "ann", "1");
        write("webhook", "r", "ann", "2");
        claim(NOON);

        new Erasure(connection, "r").of("ann");

        assertThat(claim(NOON)).extracting(Claimed::eventId).containsExactly("2");
    }

    @Test
    void eachAddresseeHasAnOrderOfItsOwn() throws Exception {
        write("webhook", "r", "ann", "1", "a@example.org");
        write("webhook", "r", "ann", "1", "b@example.org");
        write("webhook", "r", "ann", "2", "a@example.org");

        assertThat(claim(NOON))
                .extracting(Claimed::eventId, Claimed::addressee)
                .containsExactly(tuple("1", "a@example.org"), tuple("1", "b@example.org"));
    }

    @Test
    void aDeadLetterIsKeptForItsTime() throws Exception {
        write("webhook", "r", "ann", "1");
        write("webhook", "r", "bob", "2");
        write("webhook", "s", "bob", "3");
        at(NOON).dead(claim(NOON).get(0), "HTTP status 410");
        Removal removal = new Removal(connection);

        assertThat(removal.cemeteries()).containsExactly("r");
        assertThat(removal.expire("r", NOON)).isZero();
        assertThat(removal.expire("r", NOON.plusMillis(1))).isEqualTo(1);
        assertThat(column("EVENT_ID")).containsExactly("2", "3");
    }

    private Ledger at(Instant now) {
        return new Ledger(connection, now);
    }

    private List<Claimed> claim(Instant now) throws Exception {
        return at(now).claim(LANE, Set.of(), 10, LEASE);
    }

    private void write(String sink, String realm, String user, String event) throws Exception {
        write(sink, realm, user, event, "");
    }

    private void write(String sink, String realm, String user, String event, String addressee) throws Exception {
        try (var insert = connection.prepareStatement(
                "INSERT INTO MFA_OUTBOX (SINK, REALM_ID, USER_ID, EVENT_ID, ADDRESSEE, ADDRESSEE_HASH, STATE,"
                        + " NEXT_AT, FENCE, ATTEMPTS) VALUES (?, ?, ?, ?, ?, ?, 'W', 0, 0, 0)")) {
            insert.setString(1, sink);
            insert.setString(2, realm);
            insert.setString(3, user);
            insert.setString(4, event);
            insert.setString(5, addressee);
            insert.setString(6, addressee);
            insert.executeUpdate();
        }
    }

    private List<String> column(String name) throws Exception {
        List<String> values = new ArrayList<>();
        try (Statement select = connection.createStatement();
                ResultSet rows = select.executeQuery("SELECT " + name + " FROM MFA_OUTBOX ORDER BY ID")) {
            while (rows.next()) {
                values.add(rows.getString(1));
            }
        }
        return values;
    }
}
