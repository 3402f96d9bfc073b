package io.sallyport.verify;

import io.sallyport.event.Detail;
import io.sallyport.event.MfaEvent;
import io.sallyport.event.MfaEventType;
import io.sallyport.event.Outcome;
import io.sallyport.event.Trail;
import io.sallyport.factor.Approvals;
import io.sallyport.factor.Match;
import io.sallyport.factor.Purpose;
import io.sallyport.factor.SecondFactor;
import io.sallyport.factor.SecondFactors;
import io.sallyport.factor.Spending;
import io.sallyport.factor.recovery.RecoveryCodes;
import io.sallyport.policy.Method;
import io.sallyport.provider.RealmSettings;
import io.sallyport.provider.RecoverySession;
import io.sallyport.provider.Setting;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;

/**
 * The one place where a code is verified, whatever page, grant or call it came by: count the attempt, compare, spend,
 * store the evidence, record the event, in this order.
 *
 * <p>Callers verify before they ask the policy or the evidence: counting and recording a failure need a connection of
 * their own, and a request that held one already while waiting for it could starve others.
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
        return verify(own -> Reservation.look(own, attempt), (own, locked) -> attempt);
    }

    /** The same for an attempt that is known only by what its own transaction finds. */
    public Verification verify(UserModel user, Finding finding) {
        return verify(own -> Reservation.look(own, user), finding);
    }

    private Verification verify(Function<KeycloakSession, Optional<ThrottleRows.Seen>> look, Finding finding) {
        return concluded(OwnTransaction.call(session, own -> {
            Optional<ThrottleRows.Seen> seen = look.apply(own);
            Attempt attempt =
                    finding.attempt(own, seen.flatMap(ThrottleRows.Seen::lock).isPresent());
            SecondFactor factor = factor(own, attempt.method());
            Optional<Verification.Why> uncomparable =
                    uncomparable(attempt, factor, factor.wellFormed(attempt.answer()));
            return begun(own, attempt, seen, uncomparable, new FactorTrial(session, realm, factor, attempt));
        }));
    }

    /** The same chain for whatever else can be tried, such as what waits for its first code. */
    Verification verify(Attempt attempt, Optional<Verification.Why> uncomparable, Trial trial) {
        return concluded(OwnTransaction.call(
                session, own -> begun(own, attempt, Reservation.look(own, attempt.user()), uncomparable, trial)));
    }

    private static Begun begun(
            KeycloakSession own,
            Attempt attempt,
            Optional<ThrottleRows.Seen> seen,
            Optional<Verification.Why> uncomparable,
            Trial trial) {
        return new Begun(
                attempt,
                trial,
                uncomparable,
                Reservation.of(own, attempt.user(), seen, uncomparable.isEmpty(), trial),
                seen.flatMap(ThrottleRows.Seen::prior));
    }

    private Verification concluded(Begun begun) {
        Prior.leave(begun.prior(), session, realm, begun.attempt().user().getId());
        FailedAttempt failed = new FailedAttempt(session, begun.attempt());
        Reservation reserved = begun.reserved();
        if (reserved.lockedUntil().isPresent()) {
            return failed.locked(reserved.lockedUntil().get());
        }
        if (reserved.ticket().isEmpty()) {
            return failed.uncounted(reserved.nothing().or(begun::uncomparable).orElse(Verification.Why.MALFORMED));
        }
        return compared(begun.attempt(), begun.trial(), reserved.ticket().get(), failed);
    }

    /** An attempt after it was counted, or not. */
    private record Begun(
            Attempt attempt,
            Trial trial,
            Optional<Verification.Why> uncomparable,
            Reservation reserved,
            Optional<Prior> prior) {}

    /** The factor of this request, if the realm has it. */
    private SecondFactor factor(KeycloakSession own, Method method) {
        return new SecondFactors(own)
                .verifiable(own.getContext().getRealm(), method)
                .flatMap(available -> factors.of(method))
                .orElseThrow(() -> new MfaUnavailable("method " + method + " is not available"));
    }

    private Verification compared(Attempt attempt, Trial trial, Ticket ticket, FailedAttempt failed) {
        Optional<Match> match;
        try {
            match = trial.compare().filter(found -> suffices(attempt, found));
        } catch (RuntimeException broken) {
            throw failed.broken(ticket, trial.suspends(), broken);
        }
        // what a failure to spend needs is at hand before the throttle is held, which others wait for
        return match.map(found -> OwnTransaction.ready(() -> spent(attempt, trial, ticket, failed, found)))
                .orElseGet(() -> failed.counted(ticket, trial.miss(), trial.suspends()));
    }

    private Verification spent(Attempt attempt, Trial trial, Ticket ticket, FailedAttempt failed, Match match) {
        Spending spending;
        try {
            Throttle.Held held =
                    new Throttle(session).takeBack(realm, attempt.user().getId(), ticket);
            spending = trial.spend(match);
            if (spending == Spending.SPENT) {
                if (held.endedLock()) {
                    LockDisplay.hide(session, realm, attempt.user().getId());
                }
                Verification passed = passed(attempt, match);
                // last: what breaks before is recorded beside this transaction, which must not hold the row then
                ticket.locksUntil()
                        .ifPresent(until -> new UntoldLocks(session)
                                .remove(realm.getId(), attempt.user().getId(), until));
                return passed;
            }
            held.restore();
        } catch (RuntimeException broken) {
            session.getTransactionManager().setRollbackOnly();
            throw failed.broken(ticket, trial.suspends(), broken);
        }
        return failed.counted(ticket, Verification.Why.of(spending), trial.suspends());
    }

    /** Why the answer can't be one, whatever is right; empty if it can. */
    static Optional<Verification.Why> uncomparable(Attempt attempt, SecondFactor factor, boolean wellFormed) {
        if (factor.delivers() && attempt.challengeId().isEmpty()) {
            return Optional.of(Verification.Why.NOTHING_SENT);
        }
        return wellFormed ? Optional.empty() : Optional.of(Verification.Why.MALFORMED);
    }

    private Verification passed(Attempt attempt, Match match) {
        EvidenceStore store = new EvidenceStore(session);
        Evidence evidence = new Evidence(match.enrollmentId(), attempt.method(), store.now(), amr(attempt, match));
        attempt.place()
                .flatMap(place -> place.binding(session, attempt.user()))
                .ifPresent(binding -> store.add(realm, attempt.user().getId(), binding, evidence, attempt.clientId()));
        Trail.record(
                session,
                realm,
                Ruling.on(session, realm, approved(attempt, attempt.event(MfaEventType.VERIFIED, Outcome.SUCCESS)))
                        .with(Detail.ENROLLMENT_ID, match.enrollmentId()));
        if (attempt.method().enrollable() && attempt.purpose() != Purpose.APPROVE) {
            attempt.place().map(RecoveryOffer::new).ifPresent(RecoveryOffer::proved);
        }
        if (attempt.method() == Method.RECOVERY_CODE) {
            recoveryUsed(attempt);
        }
        return new Verification.Verified(evidence);
    }

    /** What was approved stays on the record when the challenge is forgotten. */
    private MfaEvent approved(Attempt attempt, MfaEvent event) {
        return attempt.challengeId()
                .filter(id -> attempt.purpose() == Purpose.APPROVE)
                .flatMap(id -> new Approvals(session).known(id))
                .map(approval ->
                        event.with(Detail.ACTION, approval.actionType()).with(Detail.ACTION_HASH, approval.hash()))
                .orElse(event);
    }

    /** An answer to no question of ours: on the record, but neither compared nor counted. */
    public Verification notAsked(Attempt attempt) {
        return new FailedAttempt(session, attempt).uncounted(Verification.Why.NOT_ASKED);
    }

    private void recoveryUsed(Attempt attempt) {
        int left = new RecoveryCodes(session, new SecureRandom())
                .remaining(realm.getId(), attempt.user().getId());
        MfaEvent used = attempt.event(MfaEventType.RECOVERY_USED, Outcome.SUCCESS);
        Trail.record(session, realm, Ruling.on(session, realm, used.with(Detail.CODES_LEFT, String.valueOf(left))));
        Notices.tell(session, realm, attempt.user(), Notice.RECOVERY_CODE_USED, Method.RECOVERY_CODE);
        if (left == 0) {
            CredentialChange.codesGone(session, realm, attempt.user());
        }
    }

    /** RFC 8176 §2: what happened, and whether it was more than one factor. */
    private List<String> amr(Attempt attempt, Match match) {
        List<String> amr = new ArrayList<>(attempt.firstFactors(session));
        amr.addAll(match.amr());
        if (isMultiFactor(attempt, match)) {
            amr.add(Evidence.MFA);
        }
        return amr;
    }

    /** Nothing is approved by less than two factors, whatever the policy asks of a sign-in. */
    private boolean suffices(Attempt attempt, Match match) {
        return attempt.purpose() != Purpose.APPROVE || isMultiFactor(attempt, match);
    }

    private boolean isMultiFactor(Attempt attempt, Match match) {
        return switch (attempt.method()) {
            case TOTP, SMS_OTP -> true;
            // WebAuthn L2 §6.2.3: with user verification the key is two factors, without it is one
            case WEBAUTHN -> match.amr().contains("user") || attempt.followsFirstFactor(session);
            case RECOVERY_CODE ->
                RealmSettings.of(session, realm).get(Setting.RECOVERY_SESSION) == RecoverySession.FULL;
            case TEMPORARY_PASS, EMAIL_CODE -> false;
        };
    }
}
