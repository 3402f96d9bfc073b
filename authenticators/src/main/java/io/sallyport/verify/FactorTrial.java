package io.sallyport.verify;

import io.sallyport.factor.Enrollment;
import io.sallyport.factor.Match;
import io.sallyport.factor.SecondFactor;
import io.sallyport.factor.SecondFactors;
import java.util.Optional;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;

/** An active factor of the user, tried. */
final class FactorTrial implements Trial {

    private final RealmModel realm;
    private final SecondFactor factor;
    private final Attempt attempt;

    FactorTrial(RealmModel realm, SecondFactor factor, Attempt attempt) {
        this.realm = realm;
        this.factor = factor;
        this.attempt = attempt;
    }

    @Override
    public void prepare(KeycloakSession own, RealmModel ownRealm, UserModel known) {
        SecondFactor ownFactor = new SecondFactors(own).of(factor.method()).orElseThrow();
        if (!ownFactor.ready(ownRealm, known)) {
            throw new MfaUnavailable("the secrets of method " + factor.method() + " can't be opened");
        }
        ownFactor.prepare(ownRealm, known);
    }

    @Override
    public Optional<Match> compare() {
        return chosen().flatMap(chosen -> factor.compare(realm, attempt.user(), chosen, attempt.answer()));
    }

    @Override
    public boolean spend(Match match) {
        return factor.spend(realm, attempt.user(), match);
    }

    /** A factor that is not the user's is a wrong answer like any other. */
    private Optional<Enrollment> chosen() {
        return factor.enrollments(realm, attempt.user()).stream()
                .filter(enrollment ->
                        attempt.enrollmentId().map(enrollment.id()::equals).orElse(true))
                .findFirst();
    }
}
