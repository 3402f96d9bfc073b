package io.sallyport.verify;

import io.sallyport.factor.Answer;
import io.sallyport.factor.Match;
import io.sallyport.factor.SecondFactor;
import io.sallyport.factor.SecondFactors;
import io.sallyport.factor.Spending;
import java.util.Optional;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;

/** An active factor of the user, tried. */
final class FactorTrial implements Trial {

    private final KeycloakSession session;
    private final RealmModel realm;
    private final SecondFactor factor;
    private final Attempt attempt;
    private final Claim claim;
    private final Endurance endurance;

    FactorTrial(KeycloakSession session, RealmModel realm, SecondFactor factor, Attempt attempt) {
        this.session = session;
        this.realm = realm;
        this.factor = factor;
        this.attempt = attempt;
        this.claim = new Claim(attempt, factor);
        this.endurance = new Endurance(attempt, factor);
    }

    @Override
    public Optional<Verification.Why> prepare(KeycloakSession own, RealmModel ownRealm, UserModel known) {
        SecondFactor ownFactor = new SecondFactors(own).of(factor.method()).orElseThrow();
        if (!ownFactor.ready(ownRealm, known)) {
            throw new MfaUnavailable("the secrets of method " + factor.method() + " can't be opened");
        }
        // the rows in the order of a success, or the two could wait for each other
        if (!endurance.goesOn(own, ownRealm, known)) {
            ownFactor.prepare(ownRealm, known);
            endurance.count(own, ownRealm, known);
        }
        return claim.stake(own, ownRealm) ? Optional.empty() : Optional.of(Verification.Why.REPLACED);
    }

    @Override
    public Optional<Match> compare() {
        return claim.isOpen() && !endurance.isSpent()
                ? factor.compare(
                        realm, attempt.user(), new Answer(attempt.enrollmentId(), claim.challenge(), attempt.answer()))
                : Optional.empty();
    }

    @Override
    public Spending spend(Match match) {
        // the challenge last: a failure is recorded in another transaction, which must not wait for its row
        Spending spent = factor.spend(realm, attempt.user(), match);
        return spent == Spending.SPENT && !claim.redeem(session, match) ? Spending.REPLAY : spent;
    }

    @Override
    public Verification.Why miss() {
        return endurance.isSpent() ? Verification.Why.SUSPENDED : Verification.Why.WRONG_CODE;
    }

    @Override
    public Optional<String> suspends() {
        return endurance.suspended();
    }
}
