package io.sallyport.enroll;

import io.sallyport.form.Actions;
import io.sallyport.provider.StatelessFactory;
import java.util.Optional;
import org.keycloak.authentication.RequiredActionFactory;
import org.keycloak.authentication.RequiredActionProvider;
import org.keycloak.models.KeycloakSession;

/** Makes the enrollment of a factor of one's choice; set-up registers it in the realm. */
public final class EnrollFactorFactory implements RequiredActionFactory, StatelessFactory<RequiredActionProvider> {

    @Override
    public RequiredActionProvider create(KeycloakSession session) {
        return new EnrollFactor(Optional.empty());
    }

    @Override
    public String getId() {
        return Actions.ENROLL;
    }

    @Override
    public String getDisplayText() {
        return "Set up a second factor";
    }
}
