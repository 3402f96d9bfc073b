package io.sallyport.verify;

import io.sallyport.event.Detail;
import io.sallyport.event.MfaEvent;
import io.sallyport.event.MfaEventType;
import io.sallyport.event.Outcome;
import io.sallyport.policy.Method;
import java.util.List;
import java.util.Optional;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.UserModel;
import org.keycloak.sessions.AuthenticationSessionModel;

/**
 * Somebody's attempt to pass a second factor.
 *
 * @param user who claims to be tried
 * @param signIn the sign-in that the evidence will belong to; absent outside of one, then there is no evidence
 * @param method the method
 * @param enrollmentId which of the user's factors; absent means his preferred one
 * @param challengeId the challenge of this sign-in that it answers; absent if the method asks none
 * @param answer what was typed, or what the browser's authenticator said
 */
public record Attempt(
        UserModel user,
        Optional<AuthenticationSessionModel> signIn,
        Method method,
        Optional<String> enrollmentId,
        Optional<String> challengeId,
        String answer) {

    /** An attempt by a method that asks nothing first. */
    public static Attempt unasked(
            UserModel user,
            Optional<AuthenticationSessionModel> signIn,
            Method method,
            Optional<String> enrollmentId,
            String answer) {
        return new Attempt(user, signIn, method, enrollmentId, Optional.empty(), answer);
    }

    Optional<String> clientId() {
        return signIn.map(found -> found.getClient().getClientId());
    }

    Optional<String> rootSessionId() {
        return signIn.map(found -> found.getParentSession().getId());
    }

    /** What the user has proved before in this sign-in, as RFC 8176 values. */
    List<String> firstFactors() {
        return signIn.filter(FirstFactor::isPassword)
                .map(found -> List.of("pwd"))
                .orElse(List.of());
    }

    /** Whether a password or an identity provider came before. */
    boolean followsFirstFactor(KeycloakSession session) {
        return signIn.filter(found -> FirstFactor.precedes(session, found, user))
                .isPresent();
    }

    /** An event about it. */
    MfaEvent event(MfaEventType type, Outcome outcome) {
        MfaEvent event =
                MfaEvent.of(type, outcome).user(user.getId()).client(clientId()).with(Detail.METHOD, method.name());
        MfaEvent inSession = rootSessionId().map(event::session).orElse(event);
        return signIn.map(found -> Ruling.of(found).on(inSession)).orElse(inSession);
    }

    @Override
    public String toString() {
        return "Attempt[" + method + ", ***]";
    }
}
