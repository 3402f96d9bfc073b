package io.sallyport.factor;

import io.sallyport.factor.recovery.RecoveryCodes;
import io.sallyport.policy.Method;
import java.security.SecureRandom;
import java.util.List;
import java.util.Optional;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;

/** The codes of the day when no other method is at hand. Each is a row that is spent once. */
final class RecoveryFactor implements SecondFactor {

    private static final List<String> AMR = List.of("otp");

    private final RecoveryCodes codes;

    RecoveryFactor(KeycloakSession session) {
        this.codes = new RecoveryCodes(session, new SecureRandom());
    }

    @Override
    public Method method() {
        return Method.RECOVERY_CODE;
    }

    @Override
    public boolean ready(RealmModel realm, UserModel user) {
        return true;
    }

    @Override
    public boolean wellFormed(String answer) {
        return RecoveryCodes.wellFormed(answer);
    }

    /** A set counts as one enrollment while a code of it is left. */
    @Override
    public List<Enrollment> enrollments(RealmModel realm, UserModel user) {
        return codes.remaining(realm.getId(), user.getId()) > 0
                ? List.of(new Enrollment("", Method.RECOVERY_CODE, ""))
                : List.of();
    }

    @Override
    public void prepare(RealmModel realm, UserModel user) {
        // the rows were made with the codes
    }

    @Override
    public Optional<Match> compare(RealmModel realm, UserModel user, Answer answer) {
        return codes.find(realm.getId(), user.getId(), answer.text()).map(id -> new Match(id, 0, AMR));
    }

    @Override
    public Spending spend(RealmModel realm, UserModel user, Match match) {
        return codes.spend(match.enrollmentId()) ? Spending.SPENT : Spending.REPLAY;
    }
}
