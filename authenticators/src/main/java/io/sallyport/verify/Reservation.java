package io.sallyport.verify;

import java.time.Instant;
import java.util.Optional;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;

/**
 * What became of counting an attempt. Count first, compare second: what is not committed as an attempt is not compared.
 *
 * @param ticket absent if it was not counted
 * @param lockedUntil present if the user is locked
 * @param nothing why there was nothing to compare, which took back the count
 */
record Reservation(Optional<Ticket> ticket, Optional<Instant> lockedUntil, Optional<Verification.Why> nothing) {

    /** What the user's count is seen to be; whoever is locked does not queue for its row. */
    static Optional<ThrottleRows.Seen> look(KeycloakSession own, UserModel user) {
        return new ThrottleRows(own).look(own.getContext().getRealm(), user.getId());
    }

    /** The same, with what a success of this attempt will have to know. */
    static Optional<ThrottleRows.Seen> look(KeycloakSession own, Attempt attempt) {
        return attempt.place()
                .flatMap(Place::knownNonce)
                .map(nonce -> new ThrottleRows(own)
                        .look(own.getContext().getRealm(), attempt.user().getId(), nonce))
                .orElseGet(() -> look(own, attempt.user()));
    }

    /**
     * Counts it, in the attempt's own transaction.
     *
     * <p>The row of the throttle is locked before all others, here and by the success that follows: so two attempts of a
     * user never wait for each other.
     */
    static Reservation of(
            KeycloakSession own, UserModel user, Optional<ThrottleRows.Seen> seen, boolean comparable, Trial trial) {
        RealmModel realm = own.getContext().getRealm();
        Throttle throttle = new Throttle(own);
        Optional<Instant> lock = seen.flatMap(ThrottleRows.Seen::lock);
        if (lock.isPresent() || !comparable) {
            return new Reservation(Optional.empty(), lock, Optional.empty());
        }
        Optional<Ticket> ticket = throttle.reserve(realm, user.getId(), seen);
        ticket.flatMap(counted -> counted.untold(realm.getId(), user.getId())).ifPresent(new UntoldLocks(own)::add);
        // a user that only this request knows, as at a registration, has no rows to prepare
        Optional<Verification.Why> nothing = ticket.flatMap(
                        counted -> Optional.ofNullable(own.users().getUserById(realm, user.getId())))
                .flatMap(known -> trial.prepare(own, realm, known));
        if (nothing.isPresent()) {
            own.getTransactionManager().setRollbackOnly();
            return new Reservation(Optional.empty(), Optional.empty(), nothing);
        }
        return new Reservation(
                ticket, ticket.isPresent() ? Optional.empty() : throttle.lockedUntil(realm, user.getId()), nothing);
    }
}
