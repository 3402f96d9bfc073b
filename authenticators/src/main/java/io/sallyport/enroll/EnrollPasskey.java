package io.sallyport.enroll;

import org.keycloak.authentication.RequiredActionProvider;
import org.keycloak.authentication.requiredactions.WebAuthnPasswordlessRegisterFactory;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.credential.WebAuthnCredentialModel;

/** The same as {@link EnrollKey} for Keycloak's {@code webauthn-register-passwordless}: a key to sign in without password. */
public final class EnrollPasskey extends WebAuthnPasswordlessRegisterFactory {

    @Override
    public RequiredActionProvider create(KeycloakSession session) {
        return new EnrollKey.Action(super.create(session), WebAuthnCredentialModel.TYPE_PASSWORDLESS);
    }

    @Override
    public int order() {
        return EnrollKey.ABOVE_STOCK;
    }
}
