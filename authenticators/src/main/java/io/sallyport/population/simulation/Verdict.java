package io.sallyport.population.simulation;

import io.sallyport.policy.PolicyDecision;
import java.util.Locale;

/** What a decision means for the one who signs in; declared mildest first. */
public enum Verdict {
    SKIP,
    CHALLENGE,
    ENROLL,
    DENY;

    static Verdict of(PolicyDecision decision) {
        return decision.match(skip -> SKIP, challenge -> CHALLENGE, enroll -> ENROLL, deny -> DENY);
    }

    /** The name as answers use it. */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }
}
