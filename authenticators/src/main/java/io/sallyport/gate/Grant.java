package io.sallyport.gate;

import java.util.Optional;
import java.util.Set;
import org.keycloak.OAuth2Constants;
import org.keycloak.models.ClientSessionContext;
import org.keycloak.models.Constants;

/**
 * The grant by which a token is asked for.
 *
 * @param type the grant type; absent for the implicit flow and for UMA
 */
record Grant(Optional<String> type) {

    /** Grants that make the session themselves, in the request that asks for the token. */
    private static final Set<String> MAKE_A_SESSION =
            Set.of(OAuth2Constants.PASSWORD, OAuth2Constants.CIBA_GRANT_TYPE, OAuth2Constants.JWT_AUTHORIZATION_GRANT);

    static Grant of(ClientSessionContext clientSession) {
        return new Grant(Optional.ofNullable(clientSession.getAttribute(Constants.GRANT_TYPE, String.class)));
    }

    boolean isRefresh() {
        return type.filter(OAuth2Constants.REFRESH_TOKEN::equals).isPresent();
    }

    boolean isCode() {
        return type.filter(OAuth2Constants.AUTHORIZATION_CODE::equals).isPresent();
    }

    boolean makesASession() {
        return type.filter(MAKE_A_SESSION::contains).isPresent();
    }
}
