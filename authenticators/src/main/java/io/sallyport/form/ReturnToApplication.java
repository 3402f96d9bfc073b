package io.sallyport.form;

import jakarta.ws.rs.core.Response;
import java.util.Optional;
import org.keycloak.OAuth2Constants;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.protocol.oidc.OIDCLoginProtocol;
import org.keycloak.protocol.oidc.utils.OIDCRedirectUriBuilder;
import org.keycloak.protocol.oidc.utils.OIDCResponseMode;
import org.keycloak.protocol.oidc.utils.OIDCResponseType;
import org.keycloak.services.Urls;
import org.keycloak.services.managers.AuthenticationSessionManager;
import org.keycloak.sessions.AuthenticationSessionModel;

/** The end of a sign-in with an error that Keycloak 26.7 has no name for (RFC 6749 §4.1.2.1, RFC 9207). */
public final class ReturnToApplication {

    private ReturnToApplication() {}

    /** Back to the redirect URI of an OIDC application; the sign-in is over. */
    public static Response with(
            KeycloakSession session,
            RealmModel realm,
            AuthenticationSessionModel signIn,
            String error,
            String description) {
        OIDCRedirectUriBuilder answer = OIDCRedirectUriBuilder.fromUri(
                        signIn.getRedirectUri(), mode(signIn), session, null)
                .addParam(OAuth2Constants.ERROR, error)
                .addParam(OAuth2Constants.ERROR_DESCRIPTION, description)
                .addParam(
                        OAuth2Constants.ISSUER,
                        Urls.realmIssuer(session.getContext().getUri().getBaseUri(), realm.getName()));
        Optional.ofNullable(signIn.getClientNote(OIDCLoginProtocol.STATE_PARAM))
                .ifPresent(state -> answer.addParam(OAuth2Constants.STATE, state));
        new AuthenticationSessionManager(session).removeTabIdInAuthenticationSession(realm, signIn);
        return answer.build();
    }

    private static OIDCResponseMode mode(AuthenticationSessionModel signIn) {
        return OIDCResponseMode.parse(
                signIn.getClientNote(OIDCLoginProtocol.RESPONSE_MODE_PARAM),
                OIDCResponseType.parse(signIn.getClientNote(OIDCLoginProtocol.RESPONSE_TYPE_PARAM)));
    }
}
