package io.sallyport.policy.store;

import io.sallyport.policy.rules.PolicyRule;
import java.time.Instant;
import java.util.Optional;

/**
 * A rule and where it comes from.
 *
 * @param rule the rule
 * @param createdBy id of the administrator who made it; absent for a realm import
 * @param createdAt when it was made
 */
public record StoredRule(PolicyRule rule, Optional<String> createdBy, Instant createdAt) {

    /** Id of who answers for it: whom it names, else who made it. */
    public Optional<String> owner() {
        return rule.owner().or(() -> createdBy);
    }
}
