package io.sallyport.stepup;

import io.sallyport.form.Actions;
import io.sallyport.provider.StatelessFactory;
import org.keycloak.authentication.RequiredActionFactory;
import org.keycloak.authentication.RequiredActionProvider;
import org.keycloak.models.KeycloakSession;

/** Makes the action that asks for approvals; applications name it by {@code mfa_action} or {@code kc_action}. */
public final class ApproveActionFactory implements RequiredActionFactory, StatelessFactory<RequiredActionProvider> {

    @Override
    public RequiredActionProvider create(KeycloakSession session) {
        return new ApproveAction();
    }

    @Override
    public String getId() {
        return Actions.APPROVE;
    }

    @Override
    public String getDisplayText() {
        return "Approve an action";
    }
}
