package io.sallyport.factor;

import io.sallyport.policy.Method;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A challenge for one action as it is stored: asked for, given, spent or void.
 *
 * @param challenge the challenge; its id is the approval's
 * @param status where it is in its life
 * @param clientId {@code client_id} of the application that asked for it
 * @param actionType the action
 * @param actionVersion the version of the action that was asked for
 * @param details in their one spelling (RFC 8785)
 * @param tenants ids of the organizations that counted
 * @param until when the approval ends; absent if it was not given
 * @param by the method that proved it; absent if it was not given
 */
public record Approval(
        Challenge challenge,
        ChallengeRow.State status,
        String clientId,
        String actionType,
        long actionVersion,
        String details,
        List<String> tenants,
        Optional<Instant> until,
        Optional<Method> by) {

    /** How many characters details may have in their one spelling. */
    public static final int MAX_DETAILS = 8000;

    /** How many characters the ids of the organizations may have. */
    static final int MAX_TENANTS = 4000;

    public Approval {
        tenants = List.copyOf(tenants);
    }

    /** Its id. */
    public String id() {
        return challenge.id();
    }

    /** Hash of what is approved. */
    public String hash() {
        return challenge.hash().orElseThrow();
    }

    /** Whether it may be answered. */
    public boolean isPending(Instant now) {
        return status == ChallengeRow.State.PENDING && now.isBefore(challenge.expiresAt());
    }

    /** Whether it may be spent. */
    public boolean isGiven(Instant now) {
        return status == ChallengeRow.State.APPROVED
                && until.filter(now::isBefore).isPresent();
    }

    @Override
    public String toString() {
        return "Approval[" + actionType + ", " + status + "]";
    }
}
