package io.sallyport.verify;

import io.sallyport.factor.Asking;
import java.util.Map;
import java.util.Optional;

/**
 * What came of asking a factor.
 *
 * @param shown what the page needs to ask; empty if nothing is asked
 * @param problem why it is not asked, or not sent; absent if it is
 */
public record Posed(Map<String, Object> shown, Optional<Asking.NotNow> problem) {

    public Posed {
        shown = Map.copyOf(shown);
    }

    static Posed refused(Asking.NotNow problem) {
        return new Posed(Map.of(), Optional.of(problem));
    }
}
