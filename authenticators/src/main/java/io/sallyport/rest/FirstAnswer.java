package io.sallyport.rest;

import io.sallyport.enroll.EnrollmentRights;
import io.sallyport.factor.BegunEnrollment;
import io.sallyport.factor.Challenges;
import io.sallyport.factor.KnownKeys;
import io.sallyport.factor.Label;
import io.sallyport.factor.OwnNumbers;
import io.sallyport.factor.PendingSms;
import io.sallyport.factor.Purpose;
import io.sallyport.factor.SecondFactor;
import io.sallyport.factor.SecondFactors;
import io.sallyport.factor.Status;
import io.sallyport.json.Problem;
import io.sallyport.policy.Method;
import io.sallyport.verify.Activation;
import io.sallyport.verify.Attempt;
import io.sallyport.verify.OwnTransaction;
import io.sallyport.verify.Throttle;
import io.sallyport.verify.Verification;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;

/** The first answer of an enrollment: a right one makes it a factor of the caller. */
final class FirstAnswer {

    private final Caller caller;
    private final KeycloakSession session;
    private final RealmModel realm;
    private final UserModel user;
    private final EnrollmentRights rights;

    FirstAnswer(Caller caller) {
        this.caller = caller;
        this.session = caller.session();
        this.realm = caller.realm();
        this.user = caller.user();
        this.rights = new EnrollmentRights(session, realm, caller.place(), user);
    }

    /**
     * What came of the answer.
     *
     * @param keyId credential id of the key that answers; empty for other methods
     */
    Verification to(String enrollmentId, Method method, String answer, Optional<String> keyId) {
        Ready ready = OwnTransaction.call(session, own -> ready(own, enrollmentId, keyId));
        BegunEnrollment begun = begun(ready, method);
        Verification result = new Activation(session, realm)
                .activate(
                        new Attempt(
                                user,
                                Optional.of(caller.place()),
                                Purpose.ENROLL,
                                method,
                                Optional.of(begun.id()),
                                ready.challenge(),
                                answer),
                        begun.id(),
                        ready.name(),
                        () -> rights.granted(method));
        if (result instanceof Verification.Verified) {
            if (method == Method.SMS_OTP) {
                new OwnNumbers(realm, user).keepOnly(begun.id());
            }
        } else if (result instanceof Verification.Rejected rejected && !rights.granted(method)) {
            Refusals refusals = new Refusals(caller);
            throw rejected.why().isHis() ? refusals.answeredInVain() : refusals.mfaRequired(Optional.empty());
        }
        return result;
    }

    /** A key that was answered wrong has to be begun anew: its challenge takes one answer. */
    private BegunEnrollment begun(Ready ready, Method method) {
        ready.lockedUntil().ifPresent(until -> {
            throw new Refusals(caller).locked(until);
        });
        BegunEnrollment begun = ready.begun().orElseThrow(() -> Problem.NOT_FOUND.exception(session, List.of()));
        if (begun.status() == Status.ACTIVE) {
            throw Problem.MFA_ALREADY_ACTIVE.exception(session, List.of());
        }
        if (begun.isOver()) {
            throw Problem.MFA_CHALLENGE_EXPIRED.exception(session, List.of());
        }
        if (begun.method() != method) {
            throw Problem.INVALID_REQUEST.exception(session, List.of("$.method: is not that of the enrollment"));
        }
        if (ready.taken()) {
            throw Problem.MFA_ALREADY_ACTIVE.exception(session, List.of());
        }
        boolean asks =
                new SecondFactors(session).of(method).filter(SecondFactor::asks).isPresent();
        if (asks && ready.challenge().isEmpty()) {
            throw Problem.MFA_CHALLENGE_EXPIRED.exception(session, List.of());
        }
        return begun;
    }

    /** Before any SQL of the request, which the attempt that follows must not make wait for a connection. */
    private Ready ready(KeycloakSession own, String id, Optional<String> keyId) {
        RealmModel ownRealm = own.getContext().getRealm();
        UserModel known = own.users().getUserById(ownRealm, user.getId());
        Optional<BegunEnrollment> begun = BegunEnrollment.find(own, ownRealm.getId(), user.getId(), id);
        Label labels = new Label(own, ownRealm, known);
        String wanted = begun.flatMap(BegunEnrollment::label).orElse("");
        boolean taken = keyId.filter(key -> new KnownKeys(own).isHeldBy(ownRealm, known, key))
                        .isPresent()
                || begun.flatMap(found -> labels.problemWith(found.method(), wanted))
                        .isPresent();
        String name = begun.map(found ->
                        labels.given(found.method(), wanted.isBlank() ? number(own, ownRealm, known, id) : wanted))
                .orElse("");
        return new Ready(
                begun,
                taken,
                name,
                new Challenges(own).asked(id, caller.owner()),
                new Throttle(own).lockedUntil(ownRealm, user.getId()));
    }

    private static String number(KeycloakSession own, RealmModel ownRealm, UserModel known, String id) {
        return PendingSms.find(own, ownRealm, known, id)
                .map(pending -> pending.number().masked())
                .orElse("");
    }

    /**
     * What is known before anything is counted.
     *
     * @param taken whether the user has a factor of this name, or this key, already
     * @param name what the factor will be called
     * @param challenge id of the open challenge of its first answer
     */
    private record Ready(
            Optional<BegunEnrollment> begun,
            boolean taken,
            String name,
            Optional<String> challenge,
            Optional<Instant> lockedUntil) {}
}
