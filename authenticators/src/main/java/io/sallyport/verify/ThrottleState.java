package io.sallyport.verify;

import java.time.Instant;
import java.util.Optional;

/**
 * The count of a user's attempts in a row, pure.
 *
 * <p>An attempt is counted before it is compared, as if it had failed. A success takes back its own number and those
 * before it, never those after it: attempts that were counted while it was being compared stay counted, so that at most
 * {@code threshold} attempts in a row are ever compared without a success among them.
 *
 * @param failures attempts in a row that did not succeed, or not yet
 * @param lockedUntil end of the lock; absent if there is none
 * @param epoch counts the sequences of attempts: a number of another sequence means nothing in this one
 */
record ThrottleState(int failures, Optional<Instant> lockedUntil, long epoch) {

    static ThrottleState fresh() {
        return new ThrottleState(0, Optional.empty(), 0);
    }

    /** Whether attempts are refused now. */
    boolean locked(Instant now) {
        return lockedUntil.filter(now::isBefore).isPresent();
    }

    /** The state with one more attempt. Requires that it is not locked. */
    ThrottleState attempted(Instant now, Lockout lockout) {
        if (locked(now)) {
            throw new IllegalStateException("locked until " + lockedUntil);
        }
        boolean over = lockedUntil.isPresent(); // a lock that ran out leaves a count of 0
        int number = (over ? 0 : failures) + 1;
        Optional<Instant> lock =
                number >= lockout.threshold() ? Optional.of(now.plus(lockout.cooldown())) : Optional.empty();
        return new ThrottleState(number, lock, over ? epoch + 1 : epoch);
    }

    /** The state after the attempt of this ticket succeeded. */
    ThrottleState succeeded(Ticket ticket) {
        return ticket.epoch() == epoch
                ? new ThrottleState(Math.max(failures - ticket.number(), 0), Optional.empty(), epoch + 1)
                : this;
    }

    /** The state after an administrator lifted the lock: what was counted before means nothing any more. */
    ThrottleState unlocked() {
        return new ThrottleState(0, Optional.empty(), epoch + 1);
    }
}
