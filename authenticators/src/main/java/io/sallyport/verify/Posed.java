package io.sallyport.verify;

import io.sallyport.factor.Asking;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What came of asking a factor.
 *
 * @param challengeId id of the challenge; absent if nothing is asked
 * @param shown what the page needs to ask; empty if nothing is asked
 * @param problem why it is not asked, or not sent; absent if it is
 * @param open whether there is something to answer: the question, or the one before it
 */
public record Posed(
        Optional<String> challengeId, Map<String, Object> shown, Optional<Asking.NotNow> problem, boolean open) {

    /** Shown if nobody knows whether the question was sent. */
    public static final String UNCLEAR = "unclear";

    public Posed {
        shown = Map.copyOf(shown);
    }

    static Posed asked(String challengeId, Map<String, Object> shown) {
        return new Posed(Optional.of(challengeId), shown, Optional.empty(), true);
    }

    static Posed unclear(String challengeId, Map<String, Object> shown) {
        Map<String, Object> more = new HashMap<>(shown);
        more.put(UNCLEAR, true);
        return asked(challengeId, more);
    }

    static Posed refused(Asking.NotNow problem, boolean open) {
        return new Posed(Optional.empty(), Map.of(), Optional.of(problem), open);
    }
}
