package io.sallyport.verify;

import java.time.Instant;
import java.util.Optional;

/**
 * A counted attempt, which may now be compared.
 *
 * @param number its number among the attempts in a row, from 1
 * @param epoch the sequence that it belongs to
 * @param locksUntil end of the lock that begins if it fails; absent if it may fail without one
 */
record Ticket(int number, long epoch, Optional<Instant> locksUntil) {

    /** The lock that was set with it, of which nobody knows yet; absent if none was. */
    Optional<UntoldLock> untold(String realmId, String userId) {
        return locksUntil.map(until -> new UntoldLock(realmId, userId, until, number));
    }
}
