package io.sallyport.login;

import org.keycloak.credential.OTPCredentialProvider;
import org.keycloak.credential.OTPCredentialProviderFactory;
import org.keycloak.models.KeycloakSession;

/** Takes the place of Keycloak's {@code keycloak-otp}: same id, higher order (Keycloak 26.7). */
public final class SealedOtpCredentialProviderFactory extends OTPCredentialProviderFactory {

    @Override
    public OTPCredentialProvider create(KeycloakSession session) {
        return new SealedOtpCredentialProvider(session);
    }

    @Override
    public int order() {
        return Realms.OVERRIDE;
    }
}
