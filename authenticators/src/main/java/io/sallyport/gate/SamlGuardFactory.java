package io.sallyport.gate;

import org.keycloak.models.KeycloakSession;
import org.keycloak.protocol.LoginProtocol;
import org.keycloak.protocol.saml.SamlProtocolFactory;

/** Takes the place of Keycloak's SAML protocol: same id, higher order (Keycloak 26.7). */
public final class SamlGuardFactory extends SamlProtocolFactory {

    private static final int ABOVE_STOCK = 100;

    @Override
    public LoginProtocol create(KeycloakSession session) {
        return new SamlGuard().setSession(session);
    }

    @Override
    public int order() {
        return ABOVE_STOCK;
    }
}
