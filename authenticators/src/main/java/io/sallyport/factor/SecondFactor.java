package io.sallyport.factor;

import io.sallyport.policy.Method;
import java.util.List;
import java.util.Optional;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;

/**
 * One kind of second factor. It compares and spends; it neither counts attempts nor decides what a success is worth:
 * only the {@code Verifier} calls it.
 */
public interface SecondFactor {

    /** Which method it is. */
    Method method();

    /** Whether the user's secrets can be opened now; if not, attempts are refused without being counted. */
    boolean ready(RealmModel realm, UserModel user);

    /** Whether the answer looks like one; another one is refused without being compared. */
    boolean wellFormed(String answer);

    /** The user's active enrollments, preferred one first. */
    List<Enrollment> enrollments(RealmModel realm, UserModel user);

    /** Makes sure that the user's enrollments have their rows; run in a transaction of its own. */
    void prepare(RealmModel realm, UserModel user);

    /** Compares, without any effect; empty if the answer is wrong. */
    Optional<Match> compare(RealmModel realm, UserModel user, Enrollment enrollment, String answer);

    /** Spends what matched; false if it was spent before. */
    boolean spend(RealmModel realm, UserModel user, Match match);
}
