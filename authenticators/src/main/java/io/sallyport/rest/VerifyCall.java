package io.sallyport.rest;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.sallyport.factor.Purpose;
import io.sallyport.json.JsonFields;
import io.sallyport.json.Problem;
import io.sallyport.policy.Method;
import io.sallyport.provider.RealmSettings;
import io.sallyport.provider.Setting;
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

    static final Set<String> FIELDS =
            Set.of("method", "code", "credential", "enrollment_id", "challenge_id", Once.EXTERNAL_ID);

    /** What can be proved although nothing was asked. */
    private static final Set<Method> UNASKED = Set.of(Method.TOTP, Method.RECOVERY_CODE, Method.TEMPORARY_PASS);

    private static final int MAX_CODE = 255;
    private static final String MFA_TOKEN = "mfa_token";

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
        Optional<String> externalId = fields.text(Once.EXTERNAL_ID, Fields.PLAIN, Fields::plain)
                .or(() -> caller.standing().externalId());
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
        return new Once(caller, "verify").answer(externalId, request, new Effect() {
            @Override
            public Map<String, Object> act(Memory memory) {
                return enrollmentId
                        .map(id -> answered(
                                memory,
                                new FirstAnswer(caller).to(id, method.get(), answer, keyId(fields)),
                                Optional.empty()))
                        .orElseGet(() -> proved(memory, challengeId, method.get(), answer));
            }

            @Override
            public Map<String, Object> again(String proof) {
                new Refusals(caller).ifLocked();
                if (proof.isEmpty()) {
                    // nobody keeps an mfa_token
                    throw Problem.IDEMPOTENCY_CONFLICT.exception(session, List.of());
                }
                return new SessionToken(caller).view(Proof.read(proof));
            }
        });
    }

    private Map<String, Object> proved(
            Effect.Memory memory, Optional<String> challengeId, Method method, String answer) {
        AnsweredChallenge answered = new AnsweredChallenge(caller, challengeId, method, answer);
        Verification result;
        try {
            result = new Verifier(session, caller.realm()).verify(caller.user(), answered);
        } catch (WebApplicationException refused) {
            throw answered.recorded(refused);
        }
        return answered(memory, result, challengeId.filter(id -> answered.purpose() == Purpose.APPROVE));
    }

    private Map<String, Object> answered(Effect.Memory memory, Verification result, Optional<String> approval) {
        return result.match(
                verified -> {
                    approval.ifPresent(id -> CarriedApproval.leaveIn(session, id));
                    String proof = Proof.of(verified.evidence(), approval).text();
                    boolean anew = caller.standing() instanceof Standing.Live
                            && !verified.evidence().leadsToEnrolling();
                    if (anew) {
                        // whatever the guard says now: a repetition asks it again
                        memory.keep(session, proof);
                    }
                    Map<String, Object> answer = new SessionToken(caller).view(verified.evidence(), approval);
                    if (!anew) {
                        memory.keep(session, answer.containsKey(MFA_TOKEN) ? "" : proof);
                    }
                    return answer;
                },
                rejected -> {
                    throw rejected(rejected.why());
                },
                lockedOut -> {
                    Refusals refusals = new Refusals(caller);
                    throw lockedOut.byThis()
                            ? refusals.lockedBy(lockedOut.until())
                            : refusals.locked(lockedOut.until());
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

    private WebApplicationException rejected(Verification.Why why) {
        Problem problem = problem(why);
        return why.isHis() ? problem.kept(session, List.of(), Map.of()) : problem.exception(session, List.of());
    }

    private Problem problem(Verification.Why why) {
        return switch (why) {
            case REPLAY ->
                RealmSettings.of(session, caller.realm()).get(Setting.ERRORS_UNIFORM)
                        ? Problem.INVALID_OTP
                        : Problem.MFA_CODE_ALREADY_USED;
            case WRONG_CODE, POSSIBLE_CLONE, SUSPENDED -> Problem.INVALID_OTP;
            case MALFORMED -> Problem.INVALID_REQUEST;
            case NOT_ASKED, NOTHING_SENT -> Problem.MFA_CHALLENGE_NOT_FOUND;
            case REPLACED -> Problem.MFA_CHALLENGE_EXPIRED;
            case BROKEN -> Problem.MFA_UNAVAILABLE;
        };
    }
}
