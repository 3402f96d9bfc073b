package io.sallyport.login;

import java.util.Set;
import org.keycloak.authentication.Authenticator;
import org.keycloak.authentication.authenticators.browser.OTPFormAuthenticatorFactory;
import org.keycloak.models.KeycloakSession;

/**
 * Takes the place of Keycloak's OTP form in realms with MFA, so that its own flows lead through our verification. In
 * Keycloak 26.7 the factory of the same id and the higher order wins.
 */
public final class OtpFormFactory extends OTPFormAuthenticatorFactory {

    @Override
    public Authenticator create(KeycloakSession session) {
        return Realms.enforced(session) ? new StockOtpForm() : super.create(session);
    }

    @Override
    public int order() {
        return Realms.OVERRIDE;
    }

    @Override
    public Set<String> getOptionalReferenceCategories(KeycloakSession session) {
        return Realms.credentialTypes(session);
    }
}
