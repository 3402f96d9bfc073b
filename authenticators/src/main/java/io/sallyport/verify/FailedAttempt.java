package io.sallyport.verify;

import io.sallyport.event.Detail;
import io.sallyport.event.MfaEvent;
import io.sallyport.event.MfaEventType;
import io.sallyport.event.Outcome;
import io.sallyport.event.Trail;
import java.time.Instant;
import java.util.Optional;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;

/** An attempt that did not pass: on the record whatever becomes of the request, and told to those whom it concerns. */
final class FailedAttempt {

    private static final String NOWHERE = "-";

    private final KeycloakSession session;
    private final Attempt attempt;

    FailedAttempt(KeycloakSession session, Attempt attempt) {
        this.session = session;
        this.attempt = attempt;
    }

    /** It was compared, or could have been. */
    Verification counted(Ticket ticket, Verification.Why why, Optional<String> suspended) {
        String number = String.valueOf(ticket.number());
        OwnTransaction.call(session, own -> {
            RealmModel realm = own.getContext().getRealm();
            record(own, failure(why.wireName()).with(Detail.ATTEMPT, number));
            suspended.ifPresent(enrollment -> suspend(own, realm, enrollment));
            ticket.locksUntil()
                    // then the request may hold, until its end, what a lock ends: a round tells it, after that
                    .filter(until -> why != Verification.Why.BROKEN)
                    .filter(until -> new UntoldLocks(own)
                            .remove(realm.getId(), attempt.user().getId(), until))
                    .ifPresent(until -> {
                        lock(own, realm, until, number);
                        LateLock.end(own, realm, attempt.user().getId());
                    });
            return true;
        });
        return ticket.locksUntil()
                .<Verification>map(until -> new Verification.LockedOut(until, true))
                .orElseGet(() -> new Verification.Rejected(why));
    }

    /** It was counted, and then something of ours broke: the record must not break with it. */
    RuntimeException broken(Ticket ticket, Optional<String> suspended, RuntimeException cause) {
        try {
            counted(ticket, Verification.Why.BROKEN, suspended);
        } catch (RuntimeException unrecorded) {
            cause.addSuppressed(unrecorded);
        }
        return cause;
    }

    /** It was neither compared nor counted. */
    Verification uncounted(Verification.Why why) {
        OwnTransaction.call(session, denial(CallRate.Kind.REFUSED_ANSWER, why.wireName())::recordHere);
        return new Verification.Rejected(why);
    }

    /** The user was locked before; the display is mended, in case Keycloak's own count wrote over it. */
    Verification locked(Instant until) {
        OwnTransaction.call(session, own -> {
            new UntoldLocks(own) // first: whoever tells a lock holds the user's count, and that before all others
                    .overdue(own.getContext().getRealm().getId(), attempt.user().getId())
                    .forEach(lock -> LateLock.tell(own, own.getContext().getRealm(), attempt.user(), lock, true));
            denial(CallRate.Kind.REFUSED_LOCKED, "locked").recordHere(own);
            LockDisplay.show(own, own.getContext().getRealm(), attempt.user().getId(), until);
            return true;
        });
        return new Verification.LockedOut(until, false);
    }

    private void lock(KeycloakSession own, RealmModel realm, Instant until, String number) {
        record(
                own,
                attempt.event(MfaEventType.LOCKED, Outcome.FAILURE)
                        .with(Detail.REASON, "too_many_failures")
                        .with(Detail.ATTEMPT, number)
                        .with(Detail.LOCKED_UNTIL, String.valueOf(until.getEpochSecond())));
        if (new Throttle(own)
                .lockedUntil(realm, attempt.user().getId())
                .isPresent()) { // an earlier attempt may have succeeded since
            LockDisplay.show(own, realm, attempt.user().getId(), until);
        }
        Notices.tell(own, realm, attempt.user(), Notice.LOCKED);
    }

    private void suspend(KeycloakSession own, RealmModel realm, String enrollment) {
        record(
                own,
                attempt.event(MfaEventType.LOCKED, Outcome.FAILURE)
                        .with(Detail.REASON, Verification.Why.SUSPENDED.wireName())
                        .with(Detail.ENROLLMENT_ID, enrollment));
        Notices.tell(own, realm, attempt.user(), Notice.SUSPENDED, attempt.method());
        Notices.tellAdministrators(own, realm, attempt.user(), Notice.SUSPENDED_FACTOR_OF, attempt.method());
    }

    private MfaEvent failure(String reason) {
        return attempt.event(MfaEventType.FAILED, Outcome.FAILURE).with(Detail.REASON, reason);
    }

    /** What costs nobody an attempt could be given without end; what it says to whoever gives it is the same however often. */
    private Denial denial(CallRate.Kind kind, String reason) {
        return Denial.ruled(
                kind,
                new CallRate.By(
                        attempt.user().getId(),
                        attempt.clientId().orElse(NOWHERE),
                        attempt.sessionId().orElse(NOWHERE),
                        Optional.empty()),
                failure(reason));
    }

    private static void record(KeycloakSession own, MfaEvent event) {
        RealmModel realm = own.getContext().getRealm();
        Trail.recordHere(own, realm, Ruling.on(own, realm, event));
    }
}
