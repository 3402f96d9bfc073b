package io.sallyport.verify;

import io.sallyport.policy.Method;
import io.sallyport.policy.Requirement;
import io.sallyport.policy.Strength;
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

    /** RFC 8176 §2: more than one factor was proved. */
    public static final String MFA = "mfa";

    public Evidence {
        amr = List.copyOf(amr);
    }

    /** Whether more than one factor was proved; less is never MFA, whatever the policy says. */
    public boolean isMultiFactor() {
        return amr.contains(MFA);
    }

    /** Whether it opens no door but the one to a new factor: a recovery code or a pass that is worth no session. */
    public boolean leadsToEnrolling() {
        return !method.enrollable() && !isMultiFactor();
    }

    /** Whether it is what the policy asks for; whether its enrollment is still active is another question. */
    boolean meets(Requirement requirement, Instant now) {
        return isMultiFactor()
                && accepted(requirement)
                && requirement.maxAge().map(age -> youngerThan(age, now)).orElse(true);
    }

    /** Whether tokens may carry claims of it. */
    public boolean youngerThan(Duration age, Instant now) {
        return now.isBefore(verifiedAt.plus(age));
    }

    /** A recovery code that is worth a whole session stands for the factor that its owner has lost. */
    private boolean accepted(Requirement requirement) {
        return method == Method.RECOVERY_CODE
                ? requirement.strength() != Strength.PHISHING_RESISTANT
                : requirement.accepts(method);
    }
}
