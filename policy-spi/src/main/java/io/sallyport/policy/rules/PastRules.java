package io.sallyport.policy.rules;

import java.time.Instant;
import java.util.Optional;

/** Knows what rules said before they were changed. */
@FunctionalInterface
public interface PastRules {

    /** Of rules that were never anything else. */
    PastRules NONE = (rule, at) -> Optional.empty();

    /** What this rule said at a time before its last change; empty if there was no such rule then. */
    Optional<PolicyRule> asOf(PolicyRule rule, Instant at);
}
