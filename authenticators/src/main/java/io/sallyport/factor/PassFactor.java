package io.sallyport.factor;

import io.sallyport.factor.pass.PassCode;
import io.sallyport.factor.pass.Passes;
import io.sallyport.policy.Method;
import java.security.SecureRandom;
import java.util.List;
import java.util.Optional;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;

/** The pass that an administrator gave, good for enrolling a factor. It is a row that is spent once. */
final class PassFactor implements SecondFactor {

    private static final List<String> AMR = List.of("otp");

    private final Passes passes;

    PassFactor(KeycloakSession session) {
        this.passes = new Passes(session, new SecureRandom());
    }

    @Override
    public Method method() {
        return Method.TEMPORARY_PASS;
    }

    @Override
    public boolean ready(RealmModel realm, UserModel user) {
        return true;
    }

    @Override
    public boolean wellFormed(String answer) {
        return PassCode.parse(answer).isPresent();
    }

    /** An open pass counts as one enrollment. */
    @Override
    public List<Enrollment> enrollments(RealmModel realm, UserModel user) {
        return passes.open(realm.getId(), user.getId())
                .map(open -> List.of(new Enrollment("", Method.TEMPORARY_PASS, "")))
                .orElse(List.of());
    }

    @Override
    public void prepare(RealmModel realm, UserModel user) {
        // the row was made with the pass
    }

    @Override
    public Optional<Match> compare(RealmModel realm, UserModel user, Answer answer) {
        return PassCode.parse(answer.text())
                .flatMap(pass -> passes.match(realm.getId(), user.getId(), pass))
                .map(id -> new Match(id, 0, AMR));
    }

    @Override
    public Spending spend(RealmModel realm, UserModel user, Match match) {
        return passes.spend(match.enrollmentId()) ? Spending.SPENT : Spending.REPLAY;
    }
}
