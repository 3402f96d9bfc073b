package io.sallyport.rest;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.sallyport.factor.Challenge;
import io.sallyport.factor.Challenges;
import io.sallyport.factor.Purpose;
import io.sallyport.factor.SecondFactors;
import io.sallyport.json.JsonFields;
import io.sallyport.json.Problem;
import io.sallyport.policy.Method;
import io.sallyport.provider.RealmSettings;
import io.sallyport.provider.Setting;
import io.sallyport.verify.Attempt;
import io.sallyport.verify.CarriedApproval;
import io.sallyport.verify.OwnTransaction;
import io.sallyport.verify.Throttle;
import io.sallyport.verify.Verification;
import io.sallyport.verify.Verifier;
import jakarta.ws.rs.WebApplicationException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;

/** Proves: a challenge, or the sign-in itself. */
final class VerifyCall implements Call.Work {

    private static final Set<String> FIELDS =
            Set.of("method", "code", "credential", "enrollment_id", "challenge_id", "external_id");

    /** What can be proved although nothing was asked. */
    private static final Set<Method> UNASKED = Set.of(Method.TOTP, Method.RECOVERY_CODE, Method.TEMPORARY_PASS);

    private static final int MAX_CODE = 255;

    private final Caller caller;
    private final KeycloakSession session;

    VerifyCall(Caller caller) {
        this.caller = caller;
        this.session = caller.session();
    }

    @Override
    public Map<String, Object> answer(Map<String, Object> request) {
        JsonFields fields = JsonFields.of(request, FIELDS);
        Optional<Method> method = fields.text("method", "a method", Method::named);
        Optional<String> challengeId = fields.text("challenge_id", "the id of a challenge", Optional::of);
        Optional<String> enrollmentId = fields.text("enrollment_id", "the id of an enrollment", Fields::plain);
        fields.text("external_id", Fields.PLAIN, Fields::plain);
        if (fields.has("external_id") && caller.standing() instanceof Standing.Live) {
            fields.problem("external_id", "is taken with an mfa_token only");
        }
        String answer = text(fields, method);
        if (method.isEmpty() && !fields.has("method")) {
            fields.problem("method", "is missing");
        }
        if (fields.has("enrollment_id") && fields.has("challenge_id")) {
            fields.problem("challenge_id", "is not for an enrollment");
        }
        if (challengeId.or(() -> enrollmentId).isEmpty()
                && method.filter(UNASKED::contains).isEmpty()) {
            fields.problem("challenge_id", "is missing");
        }
        fields.refuseProblems();
        if (enrollmentId.isPresent()) {
            return answered(
                    new FirstAnswer(caller).to(enrollmentId.get(), method.get(), answer, keyId(fields)),
                    Optional.empty());
        }
        Optional<Challenge> challenge = challenge(challengeId, method.get());
        Purpose purpose = challenge.map(Challenge::purpose).orElse(Purpose.SIGN_IN);
        Verification result = new Verifier(session, caller.realm())
                .verify(new Attempt(
                        caller.user(),
                        Optional.of(caller.place()),
                        purpose,
                        method.get(),
                        Optional.empty(),
                        challengeId,
                        answer));
        return answered(result, challengeId.filter(id -> purpose == Purpose.APPROVE));
    }

    private Map<String, Object> answered(Verification result, Optional<String> approval) {
        return result.match(
                verified -> {
                    approval.ifPresent(id -> CarriedApproval.leaveIn(session, id));
                    return new SessionToken(caller).view(verified.evidence(), approval);
                },
                rejected -> {
                    throw rejected(rejected.why());
                },
                lockedOut -> {
                    throw new Refusals(caller).locked(lockedOut.until());
                });
    }

    /** A code, or the credential as browsers write it (WebAuthn Level 3 §5.1, toJSON). */
    private static String text(JsonFields fields, Optional<Method> method) {
        boolean key = method.filter(known -> known == Method.WEBAUTHN).isPresent();
        String wanted = key ? "credential" : "code";
        String other = key ? "code" : "credential";
        if (fields.has(other)) {
            fields.problem(other, "is not for this method");
        }
        if (!key) {
            Optional<String> code = fields.text(wanted, "a text of 1 to " + MAX_CODE + " characters", Optional::of);
            if (!fields.has(wanted)) {
                fields.problem(wanted, "is missing");
            }
            return code.orElse("");
        }
        if (!(fields.raw(wanted) instanceof Map<?, ?> credential)) {
            fields.problem(wanted, fields.has(wanted) ? "want an object" : "is missing");
            return "";
        }
        return new ObjectMapper().valueToTree(credential).toString();
    }

    /** Of the credential that answers, if one does. */
    private static Optional<String> keyId(JsonFields fields) {
        return fields.raw("credential") instanceof Map<?, ?> credential
                ? Optional.ofNullable(credential.get("id")).map(String::valueOf)
                : Optional.empty();
    }

    /** Before any SQL of the request, in a transaction of its own; a locked user is told so by the verifier. */
    private Optional<Challenge> challenge(Optional<String> id, Method method) {
        Known known = OwnTransaction.call(session, own -> known(own, id, method));
        if (known.locked()) {
            return known.found().map(Challenges.Found::challenge);
        }
        if (id.isPresent() && known.found().isEmpty()) {
            throw Problem.MFA_CHALLENGE_NOT_FOUND.exception(session, List.of());
        }
        if (known.found().filter(found -> !found.open()).isPresent()) {
            throw Problem.MFA_CHALLENGE_EXPIRED.exception(session, List.of());
        }
        if (known.found()
                .filter(found -> !found.challenge().methods().contains(method))
                .isPresent()) {
            throw Problem.MFA_METHOD_UNAVAILABLE.exception(session, List.of());
        }
        if (!known.usable()) {
            throw new Refusals(caller).unusable(method);
        }
        return known.found().map(Challenges.Found::challenge);
    }

    private Known known(KeycloakSession own, Optional<String> id, Method method) {
        RealmModel realm = own.getContext().getRealm();
        SecondFactors factors = new SecondFactors(own);
        boolean usable = factors.verifiable(realm, method)
                .filter(factor -> !factor.enrollments(
                                realm,
                                own.users().getUserById(realm, caller.user().getId()))
                        .isEmpty())
                .isPresent();
        return new Known(
                id.flatMap(Fields::id)
                        .flatMap(given -> new Challenges(own)
                                .find(
                                        given,
                                        new Challenges.Owner(
                                                realm.getId(),
                                                caller.user().getId(),
                                                caller.place().sessionId())))
                        .filter(found -> found.challenge().purpose() != Purpose.ENROLL),
                usable,
                new Throttle(own).lockedUntil(realm, caller.user().getId()).isPresent());
    }

    /**
     * What is known before anything is counted.
     *
     * @param usable whether the user has a factor of the method
     */
    private record Known(Optional<Challenges.Found> found, boolean usable, boolean locked) {}

    private WebApplicationException rejected(Verification.Why why) {
        Problem problem = switch (why) {
            case MALFORMED -> Problem.INVALID_REQUEST;
            case REPLAY ->
                RealmSettings.of(session, caller.realm()).get(Setting.ERRORS_UNIFORM)
                        ? Problem.INVALID_OTP
                        : Problem.MFA_CODE_ALREADY_USED;
            case NOT_ASKED, NOTHING_SENT -> Problem.MFA_CHALLENGE_NOT_FOUND;
            case WRONG_CODE, POSSIBLE_CLONE, SUSPENDED -> Problem.INVALID_OTP;
            case BROKEN -> Problem.MFA_UNAVAILABLE;
        };
        // the flag of a key that may have been copied stays
        return problem.kept(session, List.of(), Map.of());
    }
}
