package io.sallyport.factor;

import io.sallyport.policy.Method;
import io.sallyport.provider.Setting;
import io.sallyport.provider.Settings;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;

/**
 * One kind of second factor. It asks, compares and spends; it neither counts attempts nor decides what a success is
 * worth: only the {@code Verifier} calls it.
 */
public interface SecondFactor {

    /** Which method it is. */
    Method method();

    /** Whether the realm has what the method needs, as a sender of messages. */
    default boolean configured(RealmModel realm) {
        return true;
    }

    /** Whether the user's secrets can be opened now; if not, attempts are refused without being counted. */
    boolean ready(RealmModel realm, UserModel user);

    /** Whether the text looks like an answer; another one is refused without being compared. */
    boolean wellFormed(String answer);

    /** The same for the first answer of an enrollment, which may be of another form. */
    default boolean wellFormedFirst(String answer) {
        return wellFormed(answer);
    }

    /** The user's active enrollments, preferred one first. */
    List<Enrollment> enrollments(RealmModel realm, UserModel user);

    /** Makes sure that the user's enrollments have their rows; run in a transaction of its own. */
    void prepare(RealmModel realm, UserModel user);

    /** Whether an answer is to a challenge of ours; without an open one nothing is compared. */
    default boolean asks() {
        return false;
    }

    /** Whether a challenge takes one answer only, right or wrong. */
    default boolean answeredOnce() {
        return false;
    }

    /** Whether a question must be sent somewhere; then it is asked only when the user wants it. */
    default boolean delivers() {
        return false;
    }

    /** How long its question is open. */
    default Duration ttl(Settings settings) {
        return settings.get(Setting.CHALLENGE_TTL);
    }

    /** Asks. What it decides about sending is committed together with the challenge, before anything is sent. */
    default Asking ask(RealmModel realm, UserModel user, Occasion occasion) {
        throw new IllegalStateException(method() + " asks nothing");
    }

    /** What is shown of an open question when it is shown again: nothing is made, sent or kept; empty if it can't be. */
    default Map<String, Object> shown(RealmModel realm, UserModel user, Challenge open) {
        return Map.of();
    }

    /** Compares, without any effect; empty if the answer is wrong. */
    Optional<Match> compare(RealmModel realm, UserModel user, Answer answer);

    /** Spends what matched. */
    Spending spend(RealmModel realm, UserModel user, Match match);

    /** The user's own pending enrollment of this id; empty if it is over or of another method. */
    default Optional<PendingFactor> pending(RealmModel realm, UserModel user, String enrollmentId) {
        return Optional.empty();
    }
}
