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
     * @throws MfaUnavailable if it can't be compared now; then the attempt is not counted
     */
    void prepare(KeycloakSession own, RealmModel realm, UserModel user);

    /** Compares, without any effect. */
    Optional<Match> compare();

    /** Spends what matched. */
    Spending spend(Match match);
}
