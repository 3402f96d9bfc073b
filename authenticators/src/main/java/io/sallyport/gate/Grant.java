package io.sallyport.gate;

import java.util.Optional;
import java.util.regex.Pattern;
import org.keycloak.OAuth2Constants;
import org.keycloak.models.ClientSessionContext;
import org.keycloak.models.Constants;
import org.keycloak.models.KeycloakSession;

/**
 * The grant by which a token is asked for.
 *
 * @param type the grant type; absent for the implicit flow and wherever no grant is asked for
 */
record Grant(Optional<String> type) {

    private static final Pattern TOKEN_ENDPOINT = Pattern.compile("/protocol/openid-connect/token/*$");

    /** Keycloak 26.7 tells most grants in the context; the refresh of an offline session, UMA and the legacy exchange not. */
    static Grant of(KeycloakSession session, ClientSessionContext clientSession) {
        return new Grant(Optional.ofNullable(clientSession.getAttribute(Constants.GRANT_TYPE, String.class))
                .or(() -> asked(session)));
    }

    /** What the form asks for, and only at the token endpoint: everywhere else such a field means nothing. */
    private static Optional<String> asked(KeycloakSession session) {
        return TOKEN_ENDPOINT.matcher(session.getContext().getUri().getPath()).find()
                ? Optional.ofNullable(session.getContext()
                        .getHttpRequest()
                        .getDecodedFormParameters()
                        .getFirst(OAuth2Constants.GRANT_TYPE))
                : Optional.empty();
    }

    boolean isRefresh() {
        return type.filter(OAuth2Constants.REFRESH_TOKEN::equals).isPresent();
    }

    boolean isPassword() {
        return type.filter(OAuth2Constants.PASSWORD::equals).isPresent();
    }
}
