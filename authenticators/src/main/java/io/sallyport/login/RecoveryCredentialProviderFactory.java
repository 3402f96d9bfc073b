package io.sallyport.login;

import org.keycloak.credential.CredentialProviderFactory;
import org.keycloak.models.KeycloakSession;

/** Makes recovery codes known to the account console. */
public final class RecoveryCredentialProviderFactory implements CredentialProviderFactory<RecoveryCredentialProvider> {

    @Override
    public RecoveryCredentialProvider create(KeycloakSession session) {
        return new RecoveryCredentialProvider(session);
    }

    @Override
    public String getId() {
        return RecoveryCredentialProvider.TYPE;
    }
}
