package io.sallyport.verify;

import io.sallyport.factor.Enrollment;
import io.sallyport.factor.SecondFactor;
import io.sallyport.factor.SecondFactors;
import io.sallyport.factor.Suspension;
import io.sallyport.provider.RealmSettings;
import io.sallyport.provider.Setting;
import java.util.Optional;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;

/**
 * How many failures in a row one enrollment stands. Only what can be guessed is counted: a signature can't, and nobody
 * shall be able to suspend somebody else's key.
 */
final class Endurance {

    private final Attempt attempt;
    private final SecondFactor factor;
    private Optional<String> aimedAt = Optional.empty();
    private Suspension.Counted counted = Suspension.Counted.ON;

    Endurance(Attempt attempt, SecondFactor factor) {
        this.attempt = attempt;
        this.factor = factor;
    }

    /** Counts the attempt, in its own transaction, unless the enrollment is suspended already. */
    void count(KeycloakSession own, RealmModel realm, UserModel user) {
        aim(own, realm, user);
        aimedAt.ifPresent(id -> counted = new Suspension(own).attempted(id, cap(own, realm)));
    }

    /** Counts it if that is all there is to do: the enrollment has its row, and goes on. */
    boolean goesOn(KeycloakSession own, RealmModel realm, UserModel user) {
        aim(own, realm, user);
        return aimedAt.filter(id -> new Suspension(own).goesOn(id, cap(own, realm)))
                .isPresent();
    }

    private static int cap(KeycloakSession own, RealmModel realm) {
        return RealmSettings.of(own, realm).get(Setting.LOCKOUT_LIFETIME_CAP);
    }

    private void aim(KeycloakSession own, RealmModel realm, UserModel user) {
        counted = Suspension.Counted.ON;
        if (factor.answeredOnce() || !factor.method().enrollable()) {
            return;
        }
        aimedAt = new SecondFactors(own)
                .of(factor.method()).orElseThrow().enrollments(realm, user).stream()
                        .map(Enrollment::id)
                        .filter(id -> attempt.enrollmentId().map(id::equals).orElse(true))
                        .findFirst();
    }

    /** Whether the enrollment was suspended before: then nothing is compared. */
    boolean isSpent() {
        return counted == Suspension.Counted.NEVER;
    }

    /** The enrollment that is suspended from now on if the attempt fails; empty if it is not. */
    Optional<String> suspended() {
        return aimedAt.filter(id -> counted == Suspension.Counted.LAST);
    }
}
