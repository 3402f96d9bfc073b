package io.sallyport.verify;

import io.sallyport.event.MfaEvent;
import java.util.List;
import java.util.Optional;
import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.models.UserSessionModel;
import org.keycloak.sessions.AuthenticationSessionModel;

/** Where a proof is asked for and given: what its evidence will belong to, and what came before it. */
public interface Place {

    /** A sign-in in progress. */
    static Place of(AuthenticationSessionModel signIn) {
        return new SignInPlace(signIn);
    }

    /** A session that is signed in, and goes on without a page. */
    static Place of(UserSessionModel userSession, ClientModel client) {
        return new SessionPlace(userSession, client);
    }

    /** {@code client_id} of the application. */
    String clientId();

    /** The session whose challenges are answered here. */
    String sessionId();

    /** The visit, for the policy. */
    Visit visit(KeycloakSession session, UserModel user);

    /** The session that evidence will belong to; empty where none may. */
    Optional<SessionBinding> binding(KeycloakSession session, UserModel user);

    /** The nonce that was made in it, as far as that is known without asking; empty if it is not. */
    default Optional<String> knownNonce() {
        return Optional.empty();
    }

    /** What the user has proved before, in this sign-in or the session that it goes on with, as RFC 8176 values. */
    List<String> firstFactors(KeycloakSession session, UserModel user);

    /** Whether a password or an identity provider came before. */
    boolean followsFirstFactor(KeycloakSession session, UserModel user);

    /** What was decided when the proof was asked for. */
    Ruling ruling();

    /** An event here, by what was decided when the proof was asked for, or is decided now. */
    default MfaEvent on(KeycloakSession session, RealmModel realm, MfaEvent event) {
        return Ruling.on(session, realm, ruling().begun(event));
    }

    /** Ids of the organizations that count. */
    List<String> tenants(KeycloakSession in, RealmModel realm, UserModel user);

    /** Remembers which challenge was posed last, where the browser is not told; whoever calls us itself is told. */
    default void remember(String name, String challengeId) {}

    /** Forgets it. */
    default void forget(String name) {}

    /** What was remembered. */
    default Optional<String> remembered(String name) {
        return Optional.empty();
    }
}
