package io.sallyport.verify;

import java.util.Optional;
import org.keycloak.cookie.CookieProvider;
import org.keycloak.cookie.CookieType;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.UserModel;
import org.keycloak.models.UserSessionModel;
import org.keycloak.sessions.AuthenticationSessionModel;

/**
 * The session that a sign-in goes on with. That there is none is looked up once for each request: Keycloak 26.7 asks the
 * database each time, and makes the session only when the sign-in is over.
 *
 * <p>Whoever has typed his password in this sign-in and shows no cookie of a session is asked to prove all anew, and nothing is
 * looked up. For everybody else the cookie counts for nothing: by taking it away between two pages, somebody who came by a
 * session would be one who signs in from the beginning, just now.
 */
final class RunningSession {

    private static final String NONE = "sallyport.not-running.";

    private RunningSession() {}

    /** The one that this user has already, under the id that the sign-in's would have. */
    static Optional<UserSessionModel> of(KeycloakSession session, AuthenticationSessionModel signIn, UserModel user) {
        String id = signIn.getParentSession().getId();
        if (session.getAttribute(NONE + id) != null || (FirstFactor.isPassword(signIn) && !showsCookie(session))) {
            return Optional.empty();
        }
        Optional<UserSessionModel> found =
                Optional.ofNullable(session.sessions().getUserSession(signIn.getRealm(), id));
        if (found.isEmpty()) {
            session.setAttribute(NONE + id, true);
        }
        return found.filter(
                known -> known.getUser() != null && known.getUser().getId().equals(user.getId()));
    }

    private static boolean showsCookie(KeycloakSession session) {
        return session.getProvider(CookieProvider.class).get(CookieType.IDENTITY) != null;
    }
}
