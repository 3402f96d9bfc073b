package io.sallyport.login;

import org.keycloak.credential.CredentialProvider;
import org.keycloak.credential.WebAuthnCredentialProviderFactory;
import org.keycloak.models.KeycloakSession;

/** Takes the place of Keycloak's {@code keycloak-webauthn}: same id, higher order (Keycloak 26.7). */
public final class KeyCredentialProviderFactory extends WebAuthnCredentialProviderFactory {

    @Override
    @SuppressWarnings("rawtypes") // Keycloak's own declaration
    public CredentialProvider create(KeycloakSession session) {
        return new KeyCredentialProvider(session, getMetadataService(), createOrGetObjectConverter());
    }

    @Override
    public int order() {
        return Realms.OVERRIDE;
    }
}
