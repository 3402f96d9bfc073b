package io.sallyport.verify;

import io.sallyport.policy.Method;
import io.sallyport.policy.Requirement;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * The stored fact that this session's user passed this method at this time: the only source of claims.
 *
 * @param enrollmentId the enrollment that was proved
 * @param method the method that was passed
 * @param verifiedAt when, by the clock of the database
 * @param amr what happened, as RFC 8176 values
 */
public record Evidence(String enrollmentId, Method method, Instant verifiedAt, List<String> amr) {

    public Evidence {
        amr = List.copyOf(amr);
    }

    /** Whether it is what the policy asks for; whether its enrollment is still active is another question. */
    boolean meets(Requirement requirement, Instant now) {
        return requirement.accepts(method)
                && requirement.maxAge().map(age -> youngerThan(age, now)).orElse(true);
    }

    /** Whether tokens may carry claims of it. */
    public boolean youngerThan(Duration age, Instant now) {
        return now.isBefore(verifiedAt.plus(age));
    }
}
