package io.sallyport.login;

import io.sallyport.provider.StatelessFactory;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.keycloak.authentication.Authenticator;
import org.keycloak.authentication.AuthenticatorFactory;
import org.keycloak.models.AuthenticationExecutionModel.Requirement;
import org.keycloak.models.KeycloakSession;
import org.keycloak.provider.ProviderConfigProperty;

/** The step {@code mfa-link}, which set-up puts at the end of the realm's first broker login flow. */
public final class LinkProofFactory implements AuthenticatorFactory, StatelessFactory<Authenticator> {

    /** Its id. */
    public static final String ID = "mfa-link";

    @Override
    public Authenticator create(KeycloakSession session) {
        return new LinkProof();
    }

    @Override
    public String getId() {
        return ID;
    }

    @Override
    public String getDisplayType() {
        return "MFA before linking";
    }

    @Override
    public @Nullable String getReferenceCategory() {
        return null;
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
        return "Asks for the second factor of the user to whom an account at an identity provider is to be linked; put it"
                + " last into a first broker login flow.";
    }

    @Override
    public List<ProviderConfigProperty> getConfigProperties() {
        return List.of();
    }
}
