package io.sallyport.policy;

import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Turns a requirement into the decision that fits what the user has enrolled. */
public final class Decisions {

    private Decisions() {}

    /**
     * Challenge if an enrolled method counts, Enroll if one could be enrolled, otherwise Deny.
     *
     * @param grace how long enrolling may be put off; absent means not at all
     */
    public static PolicyDecision of(
            Requirement requirement, Optional<Grace> grace, SignInFacts facts, List<Reason> reasons) {
        Set<Method> enrolled = counting(requirement, facts.enrolled());
        if (!enrolled.isEmpty()) {
            return new PolicyDecision.Challenge(requirement, enrolled, reasons);
        }
        return counting(requirement, facts.available()).isEmpty()
                ? new PolicyDecision.Deny(reasons)
                : new PolicyDecision.Enroll(requirement, grace, reasons);
    }

    private static Set<Method> counting(Requirement requirement, Set<Method> methods) {
        Set<Method> counting = EnumSet.noneOf(Method.class);
        methods.stream().filter(requirement::accepts).forEach(counting::add);
        return counting;
    }
}
