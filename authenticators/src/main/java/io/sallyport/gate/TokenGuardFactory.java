package io.sallyport.gate;

import org.keycloak.models.KeycloakSession;
import org.keycloak.protocol.oidc.token.TokenPostProcessor;
import org.keycloak.protocol.oidc.token.TokenPostProcessorFactory;

/** Makes the guard. It runs after every other processor, so that no claim is added behind it. */
public final class TokenGuardFactory implements TokenPostProcessorFactory {

    @Override
    public TokenPostProcessor create(KeycloakSession session) {
        return new TokenGuard(session);
    }

    @Override
    public String getId() {
        return "mfa-guard";
    }

    /** Keycloak runs the processors in descending order. */
    @Override
    public int order() {
        return Integer.MIN_VALUE;
    }
}
