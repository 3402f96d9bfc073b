package io.sallyport.verify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ThrottleStateTest {

    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
    private static final Lockout LOCKOUT = new Lockout(5, Duration.ofMinutes(15));
    private static final Instant END = NOW.plus(Duration.ofMinutes(15));

    @Test
    void aFreshUserMayTry() {
        assertThat(ThrottleState.fresh().locked(NOW)).isFalse();
        assertThat(ThrottleState.fresh().failures()).isZero();
    }

    @Test
    void theFifthAttemptLocksAndTheFourthDoesNot() {
        ThrottleState fourth = attempted(4);
        ThrottleState fifth = attempted(5);

        assertThat(fourth.locked(NOW)).isFalse();
        assertThat(fourth.lockedUntil()).isEmpty();
        assertThat(fifth.failures()).isEqualTo(5);
        assertThat(fifth.lockedUntil()).contains(END);
        assertThat(fifth.locked(NOW)).isTrue();
    }

    @Test
    void aLockEndsAtItsEnd() {
        ThrottleState locked = attempted(5);

        assertThat(locked.locked(END.minusMillis(1))).isTrue();
        assertThat(locked.locked(END)).isFalse();
        assertThat(locked.locked(END.plusMillis(1))).isFalse();
    }

    @Test
    void anAttemptDuringALockIsNotCounted() {
        ThrottleState locked = attempted(5);

        assertThatIllegalStateException()
                .isThrownBy(() -> locked.attempted(END.minusMillis(1), LOCKOUT))
                .withMessageContaining("locked until");
    }

    @Test
    void afterALockTheCountBeginsAtZero() {
        ThrottleState after = attempted(5).attempted(END, LOCKOUT);

        assertThat(after.failures()).isEqualTo(1);
        assertThat(after.lockedUntil()).isEmpty();
        assertThat(after.epoch()).isEqualTo(attempted(5).epoch() + 1);
    }

    @Test
    void aSuccessTakesBackItsOwnNumberAndThoseBefore() {
        ThrottleState state = attempted(4);

        assertThat(state.succeeded(ticket(4, state)).failures()).isZero();
        assertThat(state.succeeded(ticket(3, state)).failures()).isEqualTo(1);
        assertThat(state.succeeded(ticket(1, state)).failures()).isEqualTo(3);
    }

    @Test
    void aSuccessOfTheAttemptThatLockedUnlocks() {
        ThrottleState state = attempted(5);

        ThrottleState after = state.succeeded(ticket(5, state));

        assertThat(after.locked(NOW)).isFalse();
        assertThat(after.failures()).isZero();
    }

    @Test
    void anAdministratorEndsLockCountAndSequence() {
        ThrottleState state = attempted(5);

        ThrottleState after = state.unlocked();

        assertThat(after.locked(NOW)).isFalse();
        assertThat(after.failures()).isZero();
        assertThat(after.succeeded(ticket(3, state))).isEqualTo(after);
    }

    @Test
    void aSuccessOfAnEarlierSequenceChangesNothing() {
        ThrottleState first = attempted(3);
        Ticket late = ticket(2, first);
        ThrottleState state = first.succeeded(ticket(1, first));

        assertThat(state.succeeded(late)).isEqualTo(state);
    }

    @Test
    void aSuccessFromBeforeALockRanOutChangesNothingAfterwards() {
        ThrottleState locked = attempted(5);
        Ticket late = ticket(4, locked);
        ThrottleState next = locked.attempted(END, LOCKOUT);

        assertThat(next.succeeded(late)).isEqualTo(next);
    }

    @Test
    void aTicketSucceedsOnce() {
        ThrottleState state = attempted(4);
        Ticket ticket = ticket(2, state);
        ThrottleState once = state.succeeded(ticket);

        assertThat(once.succeeded(ticket)).isEqualTo(once);
    }

    @Test
    void aLowerThresholdCountsFromTheNextAttempt() {
        ThrottleState state = attempted(4).attempted(NOW, new Lockout(2, Duration.ofMinutes(1)));

        assertThat(state.lockedUntil()).contains(NOW.plusSeconds(60));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, -1, Integer.MIN_VALUE})
    void aThresholdIsAtLeastOne(int threshold) {
        assertThatIllegalArgumentException().isThrownBy(() -> new Lockout(threshold, Duration.ofMinutes(1)));
    }

    /** One attempt after the other, held against the simplest counter there is. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
    void oneAttemptAfterTheOtherIsCountedAsByHand(int threshold) {
        Lockout lockout = new Lockout(threshold, Duration.ofSeconds(60));
        Random random = new Random(threshold);
        ThrottleState state = ThrottleState.fresh();
        Instant now = NOW;
        int failures = 0;
        Instant lockEnd = Instant.MIN;
        for (int i = 0; i < 5_000; i++) {
            now = now.plusSeconds(random.nextInt(20));
            boolean locked = now.isBefore(lockEnd);
            assertThat(state.locked(now)).isEqualTo(locked);
            if (locked) {
                continue;
            }
            state = state.attempted(now, lockout);
            Ticket ticket = ticket(state.failures(), state);
            if (random.nextInt(threshold + 2) == 0) {
                state = state.succeeded(ticket);
                failures = 0;
            } else if (++failures == threshold) {
                failures = 0;
                lockEnd = now.plusSeconds(60);
            }
        }
    }

    /**
     * Attempts that overlap at will, on any number of nodes: whatever their order, of any stretch of attempts without
     * a success among them and without a pause as long as a lock, at most {@code threshold} got a ticket to be compared.
     */
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
    void noInterleavingComparesMoreThanTheThresholdWithoutASuccess(int threshold) {
        int fullStretches = 0;
        for (int seed = 0; seed < 400; seed++) {
            Overlap overlap = new Overlap(threshold, new Random(1_000L * threshold + seed));
            for (int i = 0; i < 300; i++) {
                overlap.step();

                assertThat(overlap.longestOpenStretch())
                        .as("threshold %d, seed %d, step %d", threshold, seed, i)
                        .isLessThanOrEqualTo(threshold);
            }
            fullStretches += overlap.full;
        }
        // the bound is reached, so the model does try
        assertThat(fullStretches).isGreaterThan(400);
    }

    private static final class Overlap {

        private static final Duration COOLDOWN = Duration.ofSeconds(60);

        private enum Fate {
            OPEN,
            FAILED,
            SUCCEEDED
        }

        private record Reservation(Instant at, Ticket ticket) {}

        private final Random random;
        private final int threshold;
        private final List<Reservation> reservations = new ArrayList<>();
        private final List<Fate> fates = new ArrayList<>();
        private ThrottleState state = ThrottleState.fresh();
        private Instant now = NOW;
        private int full;

        Overlap(int threshold, Random random) {
            this.threshold = threshold;
            this.random = random;
        }

        void step() {
            now = now.plusSeconds(random.nextInt(10) == 0 ? random.nextInt(90) : 1);
            if (random.nextInt(5) < 3) {
                reserve();
            } else {
                answer();
            }
        }

        private void reserve() {
            if (state.locked(now)) {
                return;
            }
            state = state.attempted(now, new Lockout(threshold, COOLDOWN));
            reservations.add(new Reservation(now, Ticket.of(state, now)));
            fates.add(Fate.OPEN);
            if (longestOpenStretch() == threshold) {
                full++;
            }
        }

        private void answer() {
            List<Integer> open = new ArrayList<>();
            for (int i = 0; i < fates.size(); i++) {
                if (fates.get(i) == Fate.OPEN) {
                    open.add(i);
                }
            }
            if (open.isEmpty()) {
                return;
            }
            int chosen = open.get(random.nextInt(open.size()));
            if (random.nextInt(4) == 0) {
                fates.set(chosen, Fate.SUCCEEDED);
                state = state.succeeded(reservations.get(chosen).ticket());
            } else {
                fates.set(chosen, Fate.FAILED);
            }
        }

        /** The attempts since the last success or the last pause of a lock's length, in the order of reservation. */
        int longestOpenStretch() {
            int length = 0;
            for (int i = reservations.size() - 1; i >= 0 && fates.get(i) != Fate.SUCCEEDED; i--) {
                length++;
                if (i > 0
                        && !reservations
                                .get(i - 1)
                                .at()
                                .plus(COOLDOWN)
                                .isAfter(reservations.get(i).at())) {
                    break;
                }
            }
            return length;
        }
    }

    private static ThrottleState attempted(int times) {
        ThrottleState state = ThrottleState.fresh();
        for (int i = 0; i < times; i++) {
            state = state.attempted(NOW, LOCKOUT);
        }
        return state;
    }

    private static Ticket ticket(int number, ThrottleState of) {
        return new Ticket(number, of.epoch(), Optional.empty(), NOW);
    }
}
