package io.sallyport.verify;

import io.sallyport.factor.Match;
import io.sallyport.factor.Spending;
import java.util.Optional;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;

/** What the verifier can try: it prepares, compares and spends, each at its moment in the chain. */
interface Trial {

    /**
     * Makes sure that what will be spent has its row; runs in the attempt's own transaction.
     *
     * @return why there is nothing to compare, if so; then the attempt is not counted, and nothing here was done
     * @throws MfaUnavailable if it can't be compared now; then the attempt is not counted
     */
    Optional<Verification.Why> prepare(KeycloakSession own, RealmModel realm, UserModel user);

    /** Compares, without any effect. */
    Optional<Match> compare();

    /** Why an answer that matched nothing did not. */
    default Verification.Why miss() {
        return Verification.Why.WRONG_CODE;
    }

    /** The enrollment that this attempt, if it fails, was one too many for; empty if it was not. */
    default Optional<String> suspends() {
        return Optional.empty();
    }

    /** Spends what matched. */
    Spending spend(Match match);
}
