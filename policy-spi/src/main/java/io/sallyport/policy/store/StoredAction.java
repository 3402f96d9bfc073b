package io.sallyport.policy.store;

import io.sallyport.policy.action.Action;
import java.time.Instant;
import java.util.Optional;

/**
 * One version of an action, with its origin.
 *
 * @param action what it says; absent if this version deleted it
 * @param changedBy id of the administrator; absent if the server did it by itself
 */
public record StoredAction(
        String type,
        long version,
        Optional<Action> action,
        Optional<String> changedBy,
        String reason,
        Instant changedAt) {}
