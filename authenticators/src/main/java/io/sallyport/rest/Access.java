package io.sallyport.rest;

import org.keycloak.OAuth2Constants;
import org.keycloak.models.KeycloakSession;
import org.keycloak.protocol.oidc.encode.TokenContextEncoderProvider;
import org.keycloak.representations.AccessToken;

/** What a caller's token must be good for. */
enum Access {
    /** Any access token of the user's own session: it says nothing but what is his, and spends what he approved. */
    OWN,
    /** One that the client asked for on purpose, by the client scope {@code mfa}: it reaches factors. */
    FACTORS;

    /** The audience of tokens that reach factors, put there by the client scope {@code mfa}. */
    static final String AUDIENCE = "sallyport";

    /** Whether this token is. */
    boolean isGiven(KeycloakSession session, AccessToken token) {
        return this == OWN || (token.hasAudience(AUDIENCE) && !isExchanged(session, token));
    }

    /** The guard takes the audience from such a token; one that it made while MFA was off has it still. */
    private static boolean isExchanged(KeycloakSession session, AccessToken token) {
        return OAuth2Constants.TOKEN_EXCHANGE_GRANT_TYPE.equals(session.getProvider(TokenContextEncoderProvider.class)
                .getTokenContextFromTokenId(token.getId())
                .getGrantType());
    }
}
