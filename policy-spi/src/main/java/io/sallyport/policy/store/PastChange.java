package io.sallyport.policy.store;

import io.sallyport.policy.rules.PolicyChange;
import java.time.Instant;
import java.util.Optional;

/**
 * A change of the policy that was made.
 *
 * @param revision the revision of the realm's policy that it led to
 * @param version the version of the rule that it led to, or ended with
 * @param change what changed
 * @param actor id of the administrator; absent if the server did it by itself
 * @param reason why
 * @param at when
 */
public record PastChange(
        long revision, long version, PolicyChange change, Optional<String> actor, String reason, Instant at) {}
