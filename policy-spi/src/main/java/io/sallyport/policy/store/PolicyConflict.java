package io.sallyport.policy.store;

import java.util.Optional;

/** A change was refused because the policy is not what its author thought; nothing was changed. */
public final class PolicyConflict extends RuntimeException {

    private PolicyConflict(String message) {
        super(message);
    }

    private PolicyConflict(String message, RuntimeException cause) {
        super(message, cause);
    }

    static PolicyConflict stale(String what, long wanted, long found) {
        return new PolicyConflict(what + " has version " + found + " by now, not " + wanted);
    }

    static void refuseStale(Optional<Long> seen, long revision) {
        seen.filter(known -> known != revision).ifPresent(known -> {
            throw stale("the policy", known, revision);
        });
    }

    static PolicyConflict duplicate(String existingId) {
        return new PolicyConflict("rule " + existingId + " has the same scope and conditions");
    }

    static PolicyConflict busy(RuntimeException cause) {
        return new PolicyConflict("the policy is being changed by somebody else", cause);
    }

    static PolicyConflict taken(String id) {
        return new PolicyConflict("there is a rule " + id);
    }
}
