package io.sallyport.login;

import org.keycloak.credential.CredentialProviderFactory;
import org.keycloak.models.KeycloakSession;

/** Makes trusted browsers known to the account console. */
public final class TrustedBrowsersCredentialProviderFactory
        implements CredentialProviderFactory<TrustedBrowsersCredentialProvider> {

    @Override
    public TrustedBrowsersCredentialProvider create(KeycloakSession session) {
        return new TrustedBrowsersCredentialProvider(session);
    }

    @Override
    public String getId() {
        return TrustedBrowsersCredentialProvider.TYPE;
    }
}
