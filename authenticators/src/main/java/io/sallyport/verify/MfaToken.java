package io.sallyport.verify;

import java.time.Instant;
import java.util.Optional;

/**
 * What an {@code mfa_token} stands for: a sign-in without a browser, broken off after the password; or a session whose user
 * may get a new factor in it.
 *
 * @param clientId Keycloak's own id of the client
 * @param scope the scope that was asked for
 * @param holder who may use it
 * @param passwordVersion changes with the password
 * @param nonce what was proved in the sign-in is found by it
 * @param sessionId the session that it was given out in; absent for a sign-in that has none yet
 * @param spentFor hash of the {@code external_id} of the call that spent it; absent if it had none
 */
public record MfaToken(
        String id,
        String realmId,
        String userId,
        String clientId,
        Optional<String> scope,
        TokenHolder holder,
        String passwordVersion,
        String nonce,
        Optional<String> sessionId,
        TokenPurpose purpose,
        Status status,
        Optional<String> spentFor,
        Instant createdAt,
        Instant expiresAt) {

    /** Whether it was not used up or ended. */
    public boolean isPending() {
        return status == Status.PENDING;
    }

    /** Whether the call of this {@code external_id} spent it. */
    public boolean isSpentFor(String externalId) {
        return status == Status.SPENT
                && spentFor.filter(MfaTokens.hash(externalId)::equals).isPresent();
    }

    @Override
    public String toString() {
        return "MfaToken[" + id + "]";
    }

    /** What became of it. */
    public enum Status {
        PENDING,
        SPENT,
        ENDED
    }
}
