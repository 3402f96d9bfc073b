package io.sallyport.policy;

import java.util.Optional;

/**
 * One reason of a decision.
 *
 * @param level the level that decided; absent where no rule did
 * @param rule the id of the deciding rule; absent where no rule did
 * @param version the version of that rule, 0 where no rule did
 * @param text what happened, for administrators and auditors; never shown at the sign-in
 * @param grace how long this rule alone lets enrolling be put off; absent means not at all
 */
public record Reason(Optional<Level> level, Optional<String> rule, long version, String text, Optional<Grace> grace) {

    /** A rule that lets nothing be put off. */
    public Reason(Optional<Level> level, Optional<String> rule, long version, String text) {
        this(level, rule, version, text, Optional.empty());
    }

    /** A reason that is no rule: nothing matched, the policy could not be read. */
    public static Reason of(String text) {
        return new Reason(Optional.empty(), Optional.empty(), 0, text);
    }
}
