package io.sallyport.population.coverage;

import io.sallyport.policy.Method;
import io.sallyport.policy.Strength;
import io.sallyport.policy.rules.PolicyRule;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Where people with the same groups, roles and factors stand. "Required" is what a sign-in to the account console from an
 * unknown address meets, as in the status of one user; "somewhere" is what any rule asks in some sign-in.
 *
 * @param methods methods of their factors, be they available in the realm or not
 * @param required whether MFA is required
 * @param satisfied whether a factor of theirs would do
 * @param refused whether none that they could enroll would do either
 * @param somewhere whether some sign-in requires MFA
 * @param satisfiedSomewhere whether their factors would do in every such sign-in
 * @param exceptions the rules that let them in without MFA; empty if none do
 * @param inGrace whether they must enroll and have begun to put it off, and may still
 * @param graceUntil the end of that, if it has one
 */
public record Judgement(
        Set<Method> methods,
        boolean required,
        boolean satisfied,
        boolean refused,
        boolean somewhere,
        boolean satisfiedSomewhere,
        List<PolicyRule> exceptions,
        boolean inGrace,
        Optional<Instant> graceUntil) {

    public Judgement {
        methods = Set.copyOf(methods);
        exceptions = List.copyOf(exceptions);
    }

    /** Whether they have any factor. */
    public boolean enrolled() {
        return !methods.isEmpty();
    }

    /** Whether MFA is required and they have nothing that would do. */
    public boolean isMissing() {
        return required && !satisfied;
    }

    /** Whether some sign-in requires MFA of which they have no factor that would do. */
    public boolean isMissingSomewhere() {
        return somewhere && !satisfiedSomewhere;
    }

    /** Whether an exception decides. */
    public boolean isExempt() {
        return !exceptions.isEmpty();
    }

    /** Whether codes by SMS are all that they have. */
    public boolean smsOnly() {
        return methods.equals(Set.of(Method.SMS_OTP));
    }

    /** Whether they have a factor that no look-alike site can relay. */
    public boolean phishingResistant() {
        return methods.stream().anyMatch(Strength.PHISHING_RESISTANT::accepts);
    }
}
