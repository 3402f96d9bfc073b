package io.sallyport.gate;

import org.keycloak.OAuth2Constants;
import org.keycloak.common.constants.ServiceAccountConstants;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.models.UserSessionModel;
import org.keycloak.protocol.oidc.encode.TokenContextEncoderProvider;
import org.keycloak.representations.AccessToken;

/**
 * A service account in a session of its own client's credentials, or in what was made of one. Whoever came another way is
 * held to the policy, whatever client his account is linked to.
 */
public final class Machine {

    private Machine() {}

    static boolean owns(UserSessionModel session) {
        return isLinked(session.getUser()) && ServiceAccountConstants.CLIENT_AUTH.equals(session.getAuthMethod());
    }

    /** Whether it owns this token; Keycloak 26.7 keeps no session for its client's credentials, but the token's id names the grant. */
    public static boolean owns(KeycloakSession session, RealmModel realm, UserModel user, AccessToken token) {
        if (!isLinked(user)) {
            return false;
        }
        if (token.getSessionId() != null) {
            UserSessionModel known = session.sessions().getUserSession(realm, token.getSessionId());
            return known != null && owns(known);
        }
        return OAuth2Constants.CLIENT_CREDENTIALS.equals(session.getProvider(TokenContextEncoderProvider.class)
                .getTokenContextFromTokenId(token.getId())
                .getGrantType());
    }

    private static boolean isLinked(UserModel user) {
        return user.getServiceAccountClientLink() != null;
    }
}
