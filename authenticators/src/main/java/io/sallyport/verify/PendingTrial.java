package io.sallyport.verify;

import io.sallyport.factor.Answer;
import io.sallyport.factor.Match;
import io.sallyport.factor.PendingFactor;
import io.sallyport.factor.SecondFactor;
import io.sallyport.factor.SecondFactors;
import io.sallyport.factor.Spending;
import io.sallyport.factor.recovery.RecoveryCodes;
import java.security.SecureRandom;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;

/** An enrollment that waits for its first valid answer, tried. */
final class PendingTrial implements Trial {

    private final KeycloakSession session;
    private final RealmModel realm;
    private final SecondFactor factor;
    private final Attempt attempt;
    private final String enrollmentId;
    private final String label;
    private final BooleanSupplier allowed;
    private final Claim claim;

    PendingTrial(
            KeycloakSession session,
            RealmModel realm,
            SecondFactor factor,
            Attempt attempt,
            String enrollmentId,
            String label,
            BooleanSupplier allowed) {
        this.session = session;
        this.realm = realm;
        this.factor = factor;
        this.attempt = attempt;
        this.enrollmentId = enrollmentId;
        this.label = label;
        this.allowed = allowed;
        this.claim = new Claim(attempt, factor);
    }

    /** The row was made when the enrollment began. */
    @Override
    public Optional<Verification.Why> prepare(KeycloakSession own, RealmModel ownRealm, UserModel user) {
        return claim.stake(own, ownRealm) ? Optional.empty() : Optional.of(Verification.Why.REPLACED);
    }

    @Override
    public Optional<Match> compare() {
        Answer answer = new Answer(Optional.of(enrollmentId), claim.challenge(), attempt.answer());
        return claim.isOpen() ? pending().flatMap(pending -> pending.compare(answer)) : Optional.empty();
    }

    @Override
    public Spending spend(Match match) {
        // the challenge last: a failure is recorded in another transaction, which must not wait for its row
        boolean first = !new SecondFactors(session).everHeld(realm, attempt.user());
        boolean active = allowed.getAsBoolean()
                && pending().filter(pending -> pending.activate(match, label)).isPresent();
        if (active && !claim.redeem(session, match)) {
            session.getTransactionManager().setRollbackOnly();
            return Spending.REPLAY;
        }
        if (active) {
            giveCodes(first);
        }
        return active ? Spending.SPENT : Spending.REPLAY;
    }

    /** Those that were made with a first enrollment; whatever else waits is of somebody who began another one, and dies. */
    private void giveCodes(boolean first) {
        boolean given = new RecoveryCodes(session, new SecureRandom())
                .activated(realm.getId(), attempt.user().getId(), enrollmentId, first);
        if (given) {
            CodesGiven.to(session, realm, attempt.user());
        }
    }

    private Optional<PendingFactor> pending() {
        return factor.pending(realm, attempt.user(), enrollmentId);
    }
}
