package io.sallyport.verify;

import java.time.Instant;
import java.util.Optional;

/**
 * A counted attempt, which may now be compared.
 *
 * @param number its number among the attempts in a row, from 1
 * @param epoch the sequence that it belongs to
 * @param locksUntil end of the lock that begins if it fails; absent if it may fail without one
 * @param at when it was counted, by the clock of the database
 */
record Ticket(int number, long epoch, Optional<Instant> locksUntil, Instant at) {

    static Ticket of(ThrottleState counted, Instant at) {
        return new Ticket(counted.failures(), counted.epoch(), counted.lockedUntil(), at);
    }

    /** The count as this attempt left it. */
    ThrottleState counted() {
        return new ThrottleState(number, locksUntil, epoch);
    }

    /** The lock that was set with it, of which nobody knows yet; absent if none was. */
    Optional<UntoldLock> untold(String realmId, String userId) {
        return locksUntil.map(until -> new UntoldLock(realmId, userId, until, number));
    }
}
