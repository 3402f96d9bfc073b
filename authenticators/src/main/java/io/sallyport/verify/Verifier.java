package io.sallyport.verify;

import io.sallyport.event.Detail;
import io.sallyport.event.MfaEvent;
import io.sallyport.event.MfaEventType;
import io.sallyport.event.Outcome;
import io.sallyport.event.Trail;
import io.sallyport.factor.Enrollment;
import io.sallyport.factor.Match;
import io.sallyport.factor.SecondFactor;
import io.sallyport.factor.SecondFactors;
import io.sallyport.policy.Method;
import io.sallyport.provider.KeycloakClock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;

/**
 * The one place where a code is verified, whatever page, grant or call it came by: count the attempt, compare, spend,
 * store the evidence, record the event, in this order.
 */
public final class Verifier {

    private final KeycloakSession session;
    private final RealmModel realm;
    private final SecondFactors factors;

    /** The verifier of a realm, in the session's transaction. */
    public Verifier(KeycloakSession session, RealmModel realm) {
        this.session = session;
        this.realm = realm;
        this.factors = new SecondFactors(session);
    }

    /**
     * Verifies an attempt with an active factor.
     *
     * @throws io.sallyport.event.AuditUnavailable if the audit row can't be written: then nothing was passed
     * @throws MfaUnavailable if the attempt can't be counted: then nothing was compared
     */
    public Verification verify(Attempt attempt) {
        SecondFactor factor = factors.of(attempt.method())
                .filter(known -> factors.available(realm).contains(known.method()))
                .filter(SecondFactor::ready)
                .orElseThrow(() -> new MfaUnavailable("method " + attempt.method() + " is not available"));
        List<Enrollment> enrollments = factor.enrollments(realm, attempt.user());
        return verify(attempt, factor.wellFormed(attempt.answer()), new Trial() {
            @Override
            public void prepare(KeycloakSession own, UserModel user) {
                new SecondFactors(own)
                        .of(attempt.method())
                        .ifPresent(prepared -> prepared.prepare(realm, user, enrollments));
            }

            @Override
            public Optional<Match> compare() {
                return chosen(enrollments, attempt.enrollmentId())
                        .flatMap(chosen -> factor.compare(realm, attempt.user(), chosen, attempt.answer()));
            }

            @Override
            public boolean spend(Match match) {
                return factor.spend(realm, attempt.user(), match);
            }
        });
    }

    /** The same chain for whatever can be tried: an active factor, or one that waits for its first code. */
    Verification verify(Attempt attempt, boolean wellFormed, Trial trial) {
        Throttle throttle = new Throttle(session);
        String userId = attempt.user().getId();
        if (!wellFormed) {
            Optional<Instant> lock = throttle.lockedUntil(realm, userId);
            return lock.isPresent() ? refused(attempt, lock.get()) : malformed(attempt);
        }
        // Count first, compare second: what is not committed as an attempt is not compared.
        Optional<Ticket> reserved = OwnTransaction.call(session, own -> {
            Optional<Ticket> ticket = new Throttle(own).reserve(realm, userId);
            if (ticket.isPresent()) {
                trial.prepare(own, attempt.user());
            }
            return ticket;
        });
        if (reserved.isEmpty()) {
            return refused(attempt, throttle.lockedUntil(realm, userId).orElseGet(KeycloakClock::now));
        }
        Ticket ticket = reserved.get();
        Optional<Match> match = trial.compare();
        if (match.isEmpty()) {
            return failed(attempt, ticket, Verification.Why.WRONG_CODE);
        }
        if (!trial.spend(match.get())) {
            return failed(attempt, ticket, Verification.Why.REPLAY);
        }
        throttle.succeeded(realm, userId, ticket);
        return passed(attempt, match.get());
    }

    private Verification passed(Attempt attempt, Match match) {
        EvidenceStore store = new EvidenceStore(session);
        Evidence evidence = new Evidence(match.enrollmentId(), attempt.method(), store.now(), amr(attempt));
        attempt.binding()
                .ifPresent(binding -> store.add(realm, attempt.user().getId(), binding, evidence, attempt.clientId()));
        Trail.record(
                session,
                realm,
                event(MfaEventType.VERIFIED, Outcome.SUCCESS, attempt)
                        .with(Detail.ENROLLMENT_ID, match.enrollmentId()));
        return new Verification.Verified(evidence);
    }

    private Verification failed(Attempt attempt, Ticket ticket, Verification.Why why) {
        Trail.record(
                session,
                realm,
                event(MfaEventType.FAILED, Outcome.FAILURE, attempt)
                        .with(Detail.REASON, why.wireName())
                        .with(Detail.ATTEMPT, String.valueOf(ticket.number())));
        if (ticket.locksUntil().isEmpty()) {
            return new Verification.Rejected(why);
        }
        Instant until = ticket.locksUntil().get();
        Trail.record(
                session,
                realm,
                event(MfaEventType.LOCKED, Outcome.FAILURE, attempt)
                        .with(Detail.REASON, "too_many_failures")
                        .with(Detail.ATTEMPT, String.valueOf(ticket.number()))
                        .with(Detail.LOCKED_UNTIL, String.valueOf(until.getEpochSecond())));
        return new Verification.LockedOut(until);
    }

    private Verification malformed(Attempt attempt) {
        Trail.record(
                session,
                realm,
                event(MfaEventType.FAILED, Outcome.FAILURE, attempt)
                        .with(Detail.REASON, Verification.Why.MALFORMED.wireName()));
        return new Verification.Rejected(Verification.Why.MALFORMED);
    }

    private Verification refused(Attempt attempt, Instant until) {
        Trail.record(
                session,
                realm,
                event(MfaEventType.FAILED, Outcome.FAILURE, attempt).with(Detail.REASON, "locked"));
        return new Verification.LockedOut(until);
    }

    private static MfaEvent event(MfaEventType type, Outcome outcome, Attempt attempt) {
        MfaEvent event = MfaEvent.of(type, outcome)
                .user(attempt.user().getId())
                .client(attempt.clientId())
                .with(Detail.METHOD, attempt.method().name());
        return attempt.binding()
                .map(binding -> event.session(binding.rootSessionId()))
                .orElse(event);
    }

    /** A factor that is not the user's is a wrong answer like any other. */
    private static Optional<Enrollment> chosen(List<Enrollment> enrollments, Optional<String> id) {
        return enrollments.stream()
                .filter(enrollment -> id.map(enrollment.id()::equals).orElse(true))
                .findFirst();
    }

    /** RFC 8176 §2: what happened, and that it was more than one factor. */
    private static List<String> amr(Attempt attempt) {
        List<String> amr = new ArrayList<>(attempt.firstFactors());
        amr.add(attempt.method() == Method.SMS_OTP ? "sms" : "otp");
        amr.add("mfa");
        return amr;
    }
}
