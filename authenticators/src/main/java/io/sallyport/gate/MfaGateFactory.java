package io.sallyport.gate;

import io.sallyport.provider.StatelessFactory;
import org.keycloak.authentication.RequiredActionFactory;
import org.keycloak.authentication.RequiredActionProvider;
import org.keycloak.models.KeycloakSession;

/** Makes the gate; set-up registers it in the realm, before every other required action. */
public final class MfaGateFactory implements RequiredActionFactory, StatelessFactory<RequiredActionProvider> {

    /** Id and alias of the required action. */
    public static final String ID = "mfa-gate";

    @Override
    public RequiredActionProvider create(KeycloakSession session) {
        return new MfaGate();
    }

    @Override
    public String getId() {
        return ID;
    }

    @Override
    public String getDisplayText() {
        return "MFA gate";
    }
}
