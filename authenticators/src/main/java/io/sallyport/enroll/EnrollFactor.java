package io.sallyport.enroll;

import java.util.Optional;
import org.keycloak.authentication.InitiatedActionSupport;
import org.keycloak.authentication.RequiredActionContext;
import org.keycloak.authentication.RequiredActionProvider;

/** The enrollment that the gate sends people to: they choose among the methods that the policy takes. */
final class EnrollFactor implements RequiredActionProvider {

    @Override
    public void evaluateTriggers(RequiredActionContext context) {
        // the gate decides who must enroll
    }

    @Override
    public void requiredActionChallenge(RequiredActionContext context) {
        new EnrollmentFlow(context, Optional.empty()).show();
    }

    @Override
    public void processAction(RequiredActionContext context) {
        new EnrollmentFlow(context, Optional.empty()).answer();
    }

    @Override
    public InitiatedActionSupport initiatedActionSupport() {
        return InitiatedActionSupport.SUPPORTED;
    }

    @Override
    public void close() {}
}
