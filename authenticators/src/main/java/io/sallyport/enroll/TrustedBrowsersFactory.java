package io.sallyport.enroll;

import io.sallyport.form.Actions;
import io.sallyport.provider.StatelessFactory;
import org.keycloak.authentication.RequiredActionFactory;
import org.keycloak.authentication.RequiredActionProvider;
import org.keycloak.models.KeycloakSession;

/** Makes the list of trusted browsers; set-up registers it in the realm. */
public final class TrustedBrowsersFactory implements RequiredActionFactory, StatelessFactory<RequiredActionProvider> {

    @Override
    public RequiredActionProvider create(KeycloakSession session) {
        return new TrustedBrowsers();
    }

    @Override
    public String getId() {
        return Actions.DEVICES;
    }

    @Override
    public String getDisplayText() {
        return "Trusted browsers";
    }
}
