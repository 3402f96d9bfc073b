package io.sallyport.population.report;

import io.sallyport.policy.Method;
import io.sallyport.policy.PolicyDecision;
import io.sallyport.policy.Requirement;
import io.sallyport.verify.Assessment;
import java.time.Duration;
import java.util.stream.Stream;

/** What a rule would have done to a sign-in beyond what was done to it. */
enum Effect {
    NONE,
    /** A proof where none was asked for, or one of more than was, and the session had none that would do. */
    ASKED,
    REFUSED,
    /** No need of a proof where there is one. */
    SPARED;

    private static final Duration FOR_EVER = Duration.ofSeconds(Long.MAX_VALUE);

    /**
     * Of a sign-in before anything was proved in it.
     *
     * @param is what was found
     * @param would what the policy had decided with the rule in force
     */
    static Effect of(Assessment is, PolicyDecision would) {
        return would.match(
                skip -> is.ruled() instanceof PolicyDecision.Skip ? NONE : SPARED,
                challenge -> asking(is, challenge.proof()),
                enroll -> asking(is, enroll.proof()),
                deny -> is.ruled() instanceof PolicyDecision.Deny ? NONE : REFUSED);
    }

    private static Effect asking(Assessment is, Requirement wanted) {
        boolean more = is.ruled()
                .match(
                        skip -> true,
                        challenge -> isMore(challenge.proof(), wanted),
                        enroll -> isMore(enroll.proof(), wanted),
                        deny -> false);
        return more && !is.holds(wanted) ? ASKED : NONE;
    }

    /** Whether something that would do for the one would not for the other. */
    private static boolean isMore(Requirement asked, Requirement wanted) {
        return Stream.of(Method.values()).anyMatch(method -> asked.accepts(method) && !wanted.accepts(method))
                || wanted.maxAge()
                        .filter(age -> age.compareTo(asked.maxAge().orElse(FOR_EVER)) < 0)
                        .isPresent();
    }
}
