package io.sallyport.verify;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.UserSessionModel;
import org.keycloak.representations.AccessToken;

/**
 * What a new {@code mfa_token} is bound to beside its user and client.
 *
 * @param scope the scope that was asked for
 * @param holder who asks, and who alone may use it
 * @param sessionId the session that goes on by it; absent where there is none yet
 */
record TokenGround(Optional<String> scope, TokenHolder holder, Optional<String> sessionId) {

    /** A sign-in. */
    static TokenGround of(KeycloakSession session, ClientModel client, @Nullable String scope) {
        return new TokenGround(
                Optional.ofNullable(scope),
                TokenHolder.of(session, session.getContext().getRealm(), client),
                Optional.empty());
    }

    /** A session whose application calls by this access token. */
    static TokenGround of(
            KeycloakSession session, UserSessionModel userSession, ClientModel client, AccessToken token) {
        return new TokenGround(
                Optional.ofNullable(token.getScope()),
                TokenHolder.of(session, session.getContext().getRealm(), client).with(token),
                Optional.of(userSession.getId()));
    }
}
