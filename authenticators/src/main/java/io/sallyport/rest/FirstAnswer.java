package io.sallyport.rest;

import io.sallyport.enroll.EnrollmentRights;
import io.sallyport.enroll.Label;
import io.sallyport.factor.BegunEnrollment;
import io.sallyport.factor.Challenges;
import io.sallyport.factor.KnownKeys;
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
import io.sallyport.verify.Verification;
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
        BegunEnrollment begun = begun(enrollmentId, method);
        String wanted = begun.label().orElse("");
        Label labels = new Label(session, realm, user);
        boolean taken = labels.problemWith(method, wanted).isPresent()
                || keyId.filter(id -> new KnownKeys(session).isHeldBy(realm, user, id))
                        .isPresent();
        if (taken) {
            throw Problem.MFA_ALREADY_ACTIVE.exception(session, List.of());
        }
        Verification result = new Activation(session, realm)
                .activate(
                        new Attempt(
                                user,
                                Optional.of(caller.place()),
                                Purpose.ENROLL,
                                method,
                                Optional.of(enrollmentId),
                                challenge(begun),
                                answer),
                        enrollmentId,
                        labels.given(method, wanted.isBlank() ? name(begun) : wanted),
                        () -> rights.granted(method));
        if (result instanceof Verification.Verified) {
            if (method == Method.SMS_OTP) {
                new OwnNumbers(realm, user).keepOnly(enrollmentId);
            }
        } else if (result instanceof Verification.Rejected && !rights.granted(method)) {
            throw new Refusals(caller).mfaRequired(Optional.empty());
        }
        return result;
    }

    private BegunEnrollment begun(String id, Method method) {
        Optional<BegunEnrollment> found = BegunEnrollment.find(session, realm.getId(), user.getId(), id);
        boolean open = found.filter(begun -> begun.status() == Status.ENROLLED && !begun.isOver())
                .isPresent();
        if (!open) {
            new Refusals(caller).ifLocked();
        }
        BegunEnrollment begun = found.orElseThrow(() -> Problem.NOT_FOUND.exception(session, List.of()));
        if (begun.status() == Status.ACTIVE) {
            throw Problem.MFA_ALREADY_ACTIVE.exception(session, List.of());
        }
        if (!open) {
            throw Problem.MFA_CHALLENGE_EXPIRED.exception(session, List.of());
        }
        if (begun.method() != method) {
            throw Problem.INVALID_REQUEST.exception(session, List.of("$.method: is not that of the enrollment"));
        }
        return begun;
    }

    /** A key that was answered wrong has to be begun anew: its challenge takes one answer. */
    private Optional<String> challenge(BegunEnrollment begun) {
        boolean asks = new SecondFactors(session)
                .of(begun.method())
                .filter(SecondFactor::asks)
                .isPresent();
        Optional<String> challenge = new Challenges(session)
                .asked(
                        begun.id(),
                        new Challenges.Owner(
                                realm.getId(), user.getId(), caller.place().sessionId()));
        if (asks && challenge.isEmpty()) {
            new Refusals(caller).ifLocked();
            throw Problem.MFA_CHALLENGE_EXPIRED.exception(session, List.of());
        }
        return asks ? challenge : Optional.empty();
    }

    private String name(BegunEnrollment begun) {
        return PendingSms.find(session, realm, user, begun.id())
                .map(pending -> pending.number().masked())
                .orElse("");
    }
}
