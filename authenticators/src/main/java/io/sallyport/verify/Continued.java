package io.sallyport.verify;

import java.util.Optional;
import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.models.UserSessionModel;
import org.keycloak.services.managers.AuthenticationManager;

/**
 * A session that goes on by an {@code mfa_token} which was given out in it: nothing new begins, and it must live still.
 *
 * @param token the token
 * @param userSession the session
 */
public record Continued(MfaToken token, UserSessionModel userSession, ClientModel client) {

    /** The session of the token; empty if it is over, or is another one by now. */
    public static Optional<Continued> of(
            KeycloakSession session, RealmModel realm, ClientModel client, UserModel user, MfaToken token) {
        Optional<Continued> found = token.sessionId()
                .map(id -> session.sessions().getUserSession(realm, id))
                .filter(known -> AuthenticationManager.isSessionValid(realm, known))
                .filter(known -> known.getUser().getId().equals(user.getId()))
                .filter(known -> AuthenticationManager.isClientSessionValid(
                        realm, client, known, known.getAuthenticatedClientSessionByClient(client.getId())))
                .filter(known -> SessionBinding.of(known)
                        .filter(binding -> binding.nonce().equals(token.nonce()))
                        .isPresent())
                .map(known -> new Continued(token, known, client));
        found.ifPresent(continued -> session.setAttribute(Continued.class.getName(), continued));
        MfaTokens.use(session, token);
        return found;
    }

    /** Whether the user agrees still to what the token was given out for; as for {@link Consent#holds}. */
    public boolean isAgreedTo(KeycloakSession session) {
        return Consent.holds(
                session,
                userSession.getUser(),
                userSession.getAuthenticatedClientSessionByClient(client.getId()),
                token.scope().orElse(null));
    }

    /** Which one this request is about; empty if about none. */
    static Optional<Continued> in(KeycloakSession session) {
        return Optional.ofNullable(session.getAttribute(Continued.class.getName(), Continued.class));
    }

    /** Where the user proves something in it. */
    public Place place() {
        return new TokenPlace(token.id(), Place.of(userSession, client));
    }

    /** For the policy. */
    Visit visit() {
        return Visit.of(userSession, client, false);
    }
}
