package io.sallyport.verify;

import io.sallyport.policy.Method;
import java.util.List;
import java.util.Optional;
import org.keycloak.models.UserModel;

/**
 * Somebody's attempt to pass a second factor.
 *
 * @param user who claims to be tried
 * @param clientId the application; absent outside of a sign-in
 * @param binding the session that the evidence will belong to; absent if there is none, then there is no evidence
 * @param method the method
 * @param enrollmentId which of the user's factors; absent means his preferred one
 * @param answer what was typed
 * @param firstFactors what was proved before, as RFC 8176 values
 */
public record Attempt(
        UserModel user,
        Optional<String> clientId,
        Optional<SessionBinding> binding,
        Method method,
        Optional<String> enrollmentId,
        String answer,
        List<String> firstFactors) {

    public Attempt {
        firstFactors = List.copyOf(firstFactors);
    }

    @Override
    public String toString() {
        return "Attempt[" + method + ", ***]";
    }
}
