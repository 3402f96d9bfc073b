package io.sallyport.enroll;

import io.sallyport.policy.Method;
import java.util.Optional;
import org.keycloak.authentication.InitiatedActionSupport;
import org.keycloak.authentication.RequiredActionContext;
import org.keycloak.authentication.RequiredActionProvider;

/** An enrollment: of the method that people choose among those that the policy takes, or of the one that was asked for. */
final class EnrollFactor implements RequiredActionProvider {

    private final Optional<Method> fixed;

    EnrollFactor(Optional<Method> fixed) {
        this.fixed = fixed;
    }

    @Override
    public void evaluateTriggers(RequiredActionContext context) {
        // the gate decides who must enroll
    }

    @Override
    public void requiredActionChallenge(RequiredActionContext context) {
        new EnrollmentFlow(context, fixed).show();
    }

    @Override
    public void processAction(RequiredActionContext context) {
        new EnrollmentFlow(context, fixed).answer();
    }

    @Override
    public InitiatedActionSupport initiatedActionSupport() {
        return InitiatedActionSupport.SUPPORTED;
    }

    @Override
    public void close() {}
}
