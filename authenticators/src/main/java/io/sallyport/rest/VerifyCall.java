package io.sallyport.rest;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.sallyport.factor.Challenge;
import io.sallyport.factor.Challenges;
import io.sallyport.factor.Purpose;
import io.sallyport.factor.SecondFactors;
import io.sallyport.json.JsonFields;
import io.sallyport.json.Problem;
import io.sallyport.policy.Method;
import io.sallyport.policy.action.Action;
import io.sallyport.provider.RealmSettings;
import io.sallyport.provider.Setting;
import io.sallyport.verify.ActionApprovals;
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
            public Outcome act() {
                return enrollmentId
                        .map(id -> answered(
                                new FirstAnswer(caller).to(id, method.get(), answer, keyId(fields)), Optional.empty()))
                        .orElseGet(() -> proved(challengeId, method.get(), answer));
            }

            @Override
            public Map<String, Object> again(String proof) {
                if (proof.isEmpty()) {
                    // nobody keeps an mfa_token
                    throw Problem.IDEMPOTENCY_CONFLICT.exception(session, List.of());
                }
                return new SessionToken(caller).view(Proof.read(proof));
            }
        });
    }

    private Effect.Outcome proved(Optional<String> challengeId, Method method, String answer) {
        Optional<Challenge> challenge = challenge(challengeId, method);
        Purpose purpose = challenge.map(Challenge::purpose).orElse(Purpose.SIGN_IN);
        Verification result = new Verifier(session, caller.realm())
                .verify(new Attempt(
                        caller.user(),
                        Optional.of(caller.place()),
                        purpose,
                        method,
                        Optional.empty(),
                        challengeId,
                        answer));
        return answered(result, challengeId.filter(id -> purpose == Purpose.APPROVE));
    }

    private Effect.Outcome answered(Verification result, Optional<String> approval) {
        return result.match(
                verified -> {
                    approval.ifPresent(id -> CarriedApproval.leaveIn(session, id));
                    Map<String, Object> answer = new SessionToken(caller).view(verified.evidence(), approval);
                    return new Effect.Had(
                            answer,
                            answer.containsKey(MFA_TOKEN)
                                    ? ""
                                    : Proof.of(verified.evidence(), approval).text());
                },
                rejected -> rejected(rejected.why()),
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
        known.action().ifPresent(new Refusals(caller)::ifSignedInTooLongAgo);
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
        ActionApprovals approvals = new ActionApprovals(own, realm);
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
                id.flatMap(Fields::id)
                        .flatMap(given -> approvals.find(caller.place(), caller.user(), given))
                        .flatMap(approval -> approvals.action(approval.actionType())),
                usable,
                new Throttle(own).lockedUntil(realm, caller.user().getId()).isPresent());
    }

    /**
     * What is known before anything is counted.
     *
     * @param action what is to be approved; absent if nothing is
     * @param usable whether the user has a factor of the method
     */
    private record Known(Optional<Challenges.Found> found, Optional<Action> action, boolean usable, boolean locked) {}

    private Effect.Outcome rejected(Verification.Why why) {
        return switch (why) {
            case REPLAY ->
                new Effect.Counted(
                        RealmSettings.of(session, caller.realm()).get(Setting.ERRORS_UNIFORM)
                                ? Problem.INVALID_OTP
                                : Problem.MFA_CODE_ALREADY_USED);
            case WRONG_CODE, POSSIBLE_CLONE, SUSPENDED -> new Effect.Counted(Problem.INVALID_OTP);
            case MALFORMED -> throw kept(Problem.INVALID_REQUEST);
            case NOT_ASKED, NOTHING_SENT -> throw kept(Problem.MFA_CHALLENGE_NOT_FOUND);
            case REPLACED -> throw kept(Problem.MFA_CHALLENGE_EXPIRED);
            case BROKEN -> throw kept(Problem.MFA_UNAVAILABLE);
        };
    }

    private WebApplicationException kept(Problem problem) {
        return problem.kept(session, List.of(), Map.of());
    }
}
