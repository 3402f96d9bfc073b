package io.sallyport.policy.rules;

import java.util.Optional;

/**
 * One rule made, changed or deleted.
 *
 * @param id the rule
 * @param before what it said; absent if there was none, or if it could not be read
 * @param after what it says now; absent if it is deleted
 */
public record PolicyChange(String id, Optional<PolicyRule> before, Optional<PolicyRule> after) {

    /** What became of the rule. */
    public Kind kind() {
        if (after.isEmpty()) {
            return Kind.DELETED;
        }
        return before.isEmpty() ? Kind.CREATED : Kind.UPDATED;
    }

    /** What can become of a rule. */
    public enum Kind {
        CREATED,
        UPDATED,
        DELETED
    }
}
