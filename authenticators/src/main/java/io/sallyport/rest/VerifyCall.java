package io.sallyport.rest;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.sallyport.factor.Challenge;
import io.sallyport.factor.Challenges;
import io.sallyport.factor.Purpose;
import io.sallyport.json.JsonFields;
import io.sallyport.json.Problem;
import io.sallyport.policy.Method;
import io.sallyport.verify.Attempt;
import io.sallyport.verify.CarriedApproval;
import io.sallyport.verify.Verification;
import io.sallyport.verify.Verifier;
import jakarta.ws.rs.WebApplicationException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.keycloak.models.KeycloakSession;

/** Proves: a challenge, or the sign-in itself. */
final class VerifyCall implements Call.Work {

    private static final Set<String> FIELDS =
            Set.of("method", "code", "credential", "enrollment_id", "challenge_id", "external_id");

    /** What can be proved although nothing was asked. */
    private static final Set<Method> UNASKED = Set.of(Method.TOTP, Method.RECOVERY_CODE);

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
        String answer = text(fields, method);
        if (method.isEmpty() && !fields.has("method")) {
            fields.problem("method", "is missing");
        }
        if (challengeId.isEmpty() && method.filter(UNASKED::contains).isEmpty()) {
            fields.problem("challenge_id", "is missing");
        }
        fields.refuseProblems();
        Optional<Challenge> challenge = challengeId.map(id -> challenge(id, method.get()));
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
        return result.match(
                verified -> {
                    Optional<String> approval = challengeId.filter(id -> purpose == Purpose.APPROVE);
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

    private Challenge challenge(String id, Method method) {
        Challenges.Found found = new Challenges(session)
                .find(
                        id,
                        new Challenges.Owner(
                                caller.realm().getId(),
                                caller.user().getId(),
                                caller.userSession().getId()))
                .filter(known -> known.challenge().purpose() != Purpose.ENROLL)
                .orElseThrow(() -> Problem.MFA_CHALLENGE_NOT_FOUND.exception(session, List.of()));
        if (!found.open()) {
            throw Problem.MFA_CHALLENGE_EXPIRED.exception(session, List.of());
        }
        if (!found.challenge().methods().contains(method)) {
            throw Problem.MFA_METHOD_UNAVAILABLE.exception(session, List.of());
        }
        return found.challenge();
    }

    private WebApplicationException rejected(Verification.Why why) {
        return switch (why) {
            case MALFORMED ->
                Problem.INVALID_REQUEST.exception(session, List.of("want an answer of the method's form"));
            case REPLAY -> Problem.MFA_CODE_ALREADY_USED.exception(session, List.of());
            case NOT_ASKED, NOTHING_SENT -> Problem.MFA_CHALLENGE_NOT_FOUND.exception(session, List.of());
            case WRONG_CODE, POSSIBLE_CLONE, SUSPENDED -> Problem.INVALID_OTP.exception(session, List.of());
            case BROKEN -> Problem.MFA_UNAVAILABLE.exception(session, List.of());
        };
    }
}
