package io.sallyport.verify;

import io.sallyport.event.Detail;
import io.sallyport.event.MfaEvent;
import io.sallyport.event.MfaEventType;
import io.sallyport.event.Outcome;
import io.sallyport.factor.Purpose;
import io.sallyport.policy.Method;
import java.util.List;
import java.util.Optional;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.UserModel;

/**
 * Somebody's attempt to pass a second factor.
 *
 * @param user who claims to be tried
 * @param place where the proof is given; absent outside of any session, then there is no evidence
 * @param purpose what the proof is for
 * @param method the method
 * @param enrollmentId which of the user's factors; absent means his preferred one
 * @param challengeId the challenge of this session that it answers; absent if there is none
 * @param answer what was typed, or what the browser's authenticator said
 */
public record Attempt(
        UserModel user,
        Optional<Place> place,
        Purpose purpose,
        Method method,
        Optional<String> enrollmentId,
        Optional<String> challengeId,
        String answer) {

    /** An attempt to sign in by a method that asks nothing first. */
    public static Attempt unasked(
            UserModel user, Optional<Place> place, Method method, Optional<String> enrollmentId, String answer) {
        return new Attempt(user, place, Purpose.SIGN_IN, method, enrollmentId, Optional.empty(), answer);
    }

    Optional<String> clientId() {
        return place.map(Place::clientId);
    }

    Optional<String> sessionId() {
        return place.map(Place::sessionId);
    }

    /** What the user has proved before in this sign-in, as RFC 8176 values. */
    List<String> firstFactors(KeycloakSession session) {
        return place.map(found -> found.firstFactors(session, user)).orElse(List.of());
    }

    /** Whether a password or an identity provider came before. */
    boolean followsFirstFactor(KeycloakSession session) {
        return place.filter(found -> found.followsFirstFactor(session, user)).isPresent();
    }

    /** An event about it. */
    MfaEvent event(MfaEventType type, Outcome outcome) {
        MfaEvent event =
                MfaEvent.of(type, outcome).user(user.getId()).client(clientId()).with(Detail.METHOD, method.name());
        MfaEvent inSession = sessionId().map(event::session).orElse(event);
        return place.map(found -> found.ruling().begun(inSession)).orElse(inSession);
    }

    @Override
    public String toString() {
        return "Attempt[" + method + ", ***]";
    }
}
