package io.sallyport.gate;

import jakarta.ws.rs.core.MultivaluedMap;
import java.util.Optional;
import org.keycloak.OAuth2Constants;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.UserSessionModel;
import org.keycloak.representations.AccessToken;
import org.keycloak.services.managers.AppAuthManager;

/**
 * The token that userinfo or introspection is asked about: what it does not say itself, they must not say of it. Keycloak
 * 26.7 hands mappers a new token with basic claims only, so it is read, and its signature checked, once more.
 */
final class PresentedToken {

    private final KeycloakSession session;

    PresentedToken(KeycloakSession session) {
        this.session = session;
    }

    /** RFC 7662 §2.1: the token that a resource server asks about; empty if it is not of this session. */
    Optional<AccessToken> inspected(UserSessionModel of) {
        return formField("token").flatMap(text -> read(text, of));
    }

    /** RFC 6750 §2: the token that opens userinfo; empty if it is not of this session. */
    Optional<AccessToken> bearer(UserSessionModel of) {
        return Optional.ofNullable(AppAuthManager.extractAuthorizationHeaderTokenOrReturnNull(
                        session.getContext().getHttpRequest().getHttpHeaders()))
                .map(AppAuthManager.AuthHeader::getToken)
                .or(() -> formField(OAuth2Constants.ACCESS_TOKEN))
                .flatMap(text -> read(text, of));
    }

    private Optional<String> formField(String name) {
        MultivaluedMap<String, String> form =
                session.getContext().getHttpRequest().getDecodedFormParameters();
        return Optional.ofNullable(form).map(fields -> fields.getFirst(name));
    }

    private Optional<AccessToken> read(String text, UserSessionModel of) {
        return Optional.ofNullable(session.tokens().decode(text, AccessToken.class))
                .filter(token -> of.getId().equals(token.getSessionId()));
    }
}
