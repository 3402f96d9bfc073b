package io.sallyport.login;

import io.sallyport.provider.StatelessFactory;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.keycloak.authentication.Authenticator;
import org.keycloak.authentication.AuthenticatorFactory;
import org.keycloak.models.AuthenticationExecutionModel.Requirement;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.credential.OTPCredentialModel;
import org.keycloak.provider.ProviderConfigProperty;

/** The step {@code mfa-form} for flows of one's own: asks whoever the policy asks. */
public final class SecondFactorFormFactory implements AuthenticatorFactory, StatelessFactory<Authenticator> {

    @Override
    public Authenticator create(KeycloakSession session) {
        return new SecondFactorForm();
    }

    @Override
    public String getId() {
        return "mfa-form";
    }

    @Override
    public String getDisplayType() {
        return "MFA by policy";
    }

    /** The account console shows authenticator apps only if some flow has a step of this category. */
    @Override
    public @Nullable String getReferenceCategory() {
        return OTPCredentialModel.TYPE;
    }

    @Override
    public boolean isConfigurable() {
        return false;
    }

    @Override
    public Requirement[] getRequirementChoices() {
        return new Requirement[] {Requirement.REQUIRED, Requirement.DISABLED};
    }

    @Override
    public boolean isUserSetupAllowed() {
        return false;
    }

    @Override
    public String getHelpText() {
        return "Asks for a second factor where the MFA policy requires one.";
    }

    @Override
    public List<ProviderConfigProperty> getConfigProperties() {
        return List.of();
    }

    @Override
    public Set<String> getOptionalReferenceCategories(KeycloakSession session) {
        return Realms.credentialTypes(session);
    }
}
