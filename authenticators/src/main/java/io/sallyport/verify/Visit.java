package io.sallyport.verify;

import java.time.Instant;
import java.util.Optional;
import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.UserModel;
import org.keycloak.models.UserSessionModel;
import org.keycloak.sessions.AuthenticationSessionModel;

/**
 * Who wants in, where to, and in which session.
 *
 * @param user the user, known by the first factor
 * @param client the application
 * @param signIn the sign-in in progress; absent for a session that is signed in already
 * @param binding the session; absent where none can carry evidence
 * @param upstream how an identity provider vouched for the user; absent for a local sign-in
 * @param refreshOfSessionSince start of the session that is only being refreshed; absent for every other way in
 */
public record Visit(
        UserModel user,
        ClientModel client,
        Optional<AuthenticationSessionModel> signIn,
        Optional<SessionBinding> binding,
        Optional<Upstream> upstream,
        Optional<Instant> refreshOfSessionSince) {

    /** The visit of a sign-in in progress. */
    public static Visit of(KeycloakSession session, AuthenticationSessionModel signIn, UserModel user) {
        return new Visit(
                user,
                signIn.getClient(),
                Optional.of(signIn),
                Optional.of(SessionBinding.of(session, signIn, user)),
                Upstream.of(session, signIn, user),
                Optional.empty());
    }

    /** The same, judged by today's rules, although the session is older than they are. */
    Visit asNew() {
        return new Visit(user, client, signIn, binding, upstream, Optional.empty());
    }

    /** The visit of a session that asks for a token or an assertion. */
    public static Visit of(UserSessionModel userSession, ClientModel client, boolean refresh) {
        return new Visit(
                userSession.getUser(),
                client,
                Optional.empty(),
                SessionBinding.of(userSession),
                Upstream.of(userSession),
                refresh ? Optional.of(Instant.ofEpochSecond(userSession.getStarted())) : Optional.empty());
    }
}
