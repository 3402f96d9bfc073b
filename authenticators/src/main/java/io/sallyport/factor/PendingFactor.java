package io.sallyport.factor;

import io.sallyport.policy.Method;
import java.util.Optional;

/** An enrollment that waits for its first valid answer. */
public interface PendingFactor {

    /** Id of the enrollment. */
    String id();

    /** Its method. */
    Method method();

    /** Compares a first answer, without any effect; empty if it is wrong. */
    Optional<Match> compare(Answer answer);

    /** Makes the enrollment a factor of the user; false if it is over or was activated meanwhile. */
    boolean activate(Match match, String label);
}
