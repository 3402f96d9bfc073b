package io.sallyport.login;

import io.sallyport.factor.sms.SmsCredential;
import org.keycloak.credential.CredentialProviderFactory;
import org.keycloak.models.KeycloakSession;

/** Makes phone numbers known to Keycloak as credentials: to the account console, to administration, export and import. */
public final class SmsCredentialProviderFactory implements CredentialProviderFactory<SmsCredentialProvider> {

    @Override
    public SmsCredentialProvider create(KeycloakSession session) {
        return new SmsCredentialProvider(session);
    }

    @Override
    public String getId() {
        return SmsCredential.TYPE;
    }
}
