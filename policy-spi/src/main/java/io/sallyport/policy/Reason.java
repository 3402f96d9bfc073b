package io.sallyport.policy;

import java.util.Optional;

/**
 * One reason of a decision.
 *
 * @param level the level that decided; absent where no rule did
 * @param rule the id of the deciding rule; absent where no rule did
 * @param version the version of that rule, 0 where no rule did
 * @param text what happened, for administrators and auditors; never shown at the sign-in
 */
public record Reason(Optional<Level> level, Optional<String> rule, long version, String text) {

    /** A reason that is no rule: nothing matched, the policy could not be read. */
    public static Reason of(String text) {
        return new Reason(Optional.empty(), Optional.empty(), 0, text);
    }
}
