package io.sallyport.policy;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** Turns a requirement into the decision that fits what the user has enrolled. */
public final class Decisions {

    private Decisions() {}

    /** Challenge if an enrolled method counts, Enroll if one could be enrolled, otherwise Deny. */
    public static PolicyDecision of(Requirement requirement, SignInFacts facts, List<Reason> reasons) {
        Set<Method> enrolled = counting(requirement, facts.enrolled());
        if (!enrolled.isEmpty()) {
            return new PolicyDecision.Challenge(requirement, enrolled, reasons);
        }
        return counting(requirement, facts.available()).isEmpty()
                ? new PolicyDecision.Deny(reasons)
                : new PolicyDecision.Enroll(requirement, reasons);
    }

    private static Set<Method> counting(Requirement requirement, Set<Method> methods) {
        Set<Method> counting = EnumSet.noneOf(Method.class);
        methods.stream().filter(requirement::accepts).forEach(counting::add);
        return counting;
    }
}
