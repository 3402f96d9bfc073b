package io.sallyport.verify;

import io.sallyport.policy.Method;
import java.util.List;
import java.util.Optional;
import org.keycloak.authentication.AuthenticatorUtil;
import org.keycloak.models.UserModel;
import org.keycloak.models.credential.PasswordCredentialModel;
import org.keycloak.sessions.AuthenticationSessionModel;

/**
 * Somebody's attempt to pass a second factor.
 *
 * @param user who claims to be tried
 * @param signIn the sign-in that the evidence will belong to; absent outside of one, then there is no evidence
 * @param method the method
 * @param enrollmentId which of the user's factors; absent means his preferred one
 * @param answer what was typed
 */
public record Attempt(
        UserModel user,
        Optional<AuthenticationSessionModel> signIn,
        Method method,
        Optional<String> enrollmentId,
        String answer) {

    Optional<String> clientId() {
        return signIn.map(found -> found.getClient().getClientId());
    }

    Optional<String> rootSessionId() {
        return signIn.map(found -> found.getParentSession().getId());
    }

    /** What the user has proved before in this sign-in, as RFC 8176 values. */
    List<String> firstFactors() {
        return signIn.filter(
                        found -> AuthenticatorUtil.getAuthnCredentials(found).contains(PasswordCredentialModel.TYPE))
                .map(found -> List.of("pwd"))
                .orElse(List.of());
    }

    @Override
    public String toString() {
        return "Attempt[" + method + ", ***]";
    }
}
