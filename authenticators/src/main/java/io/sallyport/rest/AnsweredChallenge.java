package io.sallyport.rest;

import io.sallyport.event.Detail;
import io.sallyport.event.MfaEvent;
import io.sallyport.event.MfaEventType;
import io.sallyport.event.Outcome;
import io.sallyport.factor.Challenge;
import io.sallyport.factor.Challenges;
import io.sallyport.factor.Purpose;
import io.sallyport.factor.SecondFactors;
import io.sallyport.json.Problem;
import io.sallyport.policy.Method;
import io.sallyport.policy.action.Action;
import io.sallyport.verify.ActionApprovals;
import io.sallyport.verify.Attempt;
import io.sallyport.verify.CallRate;
import io.sallyport.verify.Denial;
import io.sallyport.verify.Finding;
import jakarta.ws.rs.WebApplicationException;
import java.util.List;
import java.util.Optional;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;

/** The challenge that a call answers, or the sign-in itself; what can't be answered is refused before anything is counted. */
final class AnsweredChallenge implements Finding {

    private final Caller caller;
    private final Optional<String> challengeId;
    private final Method method;
    private final String answer;
    private Purpose purpose = Purpose.SIGN_IN;
    private Optional<String> inVain = Optional.empty();

    AnsweredChallenge(Caller caller, Optional<String> challengeId, Method method, String answer) {
        this.caller = caller;
        this.challengeId = challengeId;
        this.method = method;
        this.answer = answer;
    }

    /** What it turned out to be for. */
    Purpose purpose() {
        return purpose;
    }

    /** What was given as an answer although there was nothing to compare it with is on the record, and not counted. */
    WebApplicationException recorded(WebApplicationException refused) {
        return inVain.map(reason -> Denial.at(
                                caller.place(),
                                CallRate.Kind.REFUSED_ANSWER,
                                caller.counted(),
                                MfaEvent.of(MfaEventType.FAILED, Outcome.FAILURE)
                                        .with(Detail.METHOD, method.name())
                                        .with(Detail.REASON, reason))
                        .record(caller.session())
                        .answer(caller.session(), () -> refused))
                .orElse(refused);
    }

    @Override
    public Attempt attempt(KeycloakSession own, boolean locked) {
        Optional<Challenges.Found> found = found(own);
        if (!locked) {
            refuse(own, found);
        }
        purpose = found.map(Challenges.Found::challenge).map(Challenge::purpose).orElse(Purpose.SIGN_IN);
        return new Attempt(
                caller.user(), Optional.of(caller.place()), purpose, method, Optional.empty(), challengeId, answer);
    }

    private Optional<Challenges.Found> found(KeycloakSession own) {
        return challengeId
                .flatMap(Fields::id)
                .flatMap(given -> new Challenges(own).find(given, caller.owner()))
                .filter(known -> known.challenge().purpose() != Purpose.ENROLL);
    }

    private void refuse(KeycloakSession own, Optional<Challenges.Found> found) {
        if (challengeId.isPresent() && found.isEmpty()) {
            throw inVain("no_such_challenge", Problem.MFA_CHALLENGE_NOT_FOUND);
        }
        if (found.filter(known -> !known.open()).isPresent()) {
            boolean used = found.filter(Challenges.Found::used).isPresent();
            throw inVain(used ? "replay" : "challenge_over", Problem.MFA_CHALLENGE_EXPIRED);
        }
        if (found.filter(known -> !known.challenge().methods().contains(method)).isPresent()) {
            throw inVain("not_asked", Problem.MFA_METHOD_UNAVAILABLE);
        }
        RealmModel realm = own.getContext().getRealm();
        UserModel user = own.users().getUserById(realm, caller.user().getId());
        if (new SecondFactors(own)
                .verifiable(realm, method)
                .filter(factor -> !factor.enrollments(realm, user).isEmpty())
                .isEmpty()) {
            throw new Refusals(caller).unusable(own, method);
        }
        if (found.filter(known -> known.challenge().purpose() == Purpose.APPROVE)
                .isPresent()) {
            action(own).ifPresent(new Refusals(caller)::ifSignedInTooLongAgo);
        }
    }

    private WebApplicationException inVain(String reason, Problem problem) {
        inVain = Optional.of(reason);
        return problem.exception(caller.session(), List.of());
    }

    /** What is to be approved. */
    private Optional<Action> action(KeycloakSession own) {
        ActionApprovals approvals = new ActionApprovals(own, own.getContext().getRealm());
        return challengeId
                .flatMap(Fields::id)
                .flatMap(given -> approvals.find(caller.place(), caller.user(), given))
                .flatMap(approval -> approvals.action(approval.actionType()));
    }
}
