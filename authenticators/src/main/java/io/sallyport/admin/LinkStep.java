package io.sallyport.admin;

import io.sallyport.login.LinkProofFactory;
import java.util.Optional;
import org.keycloak.models.AuthenticationExecutionModel;
import org.keycloak.models.AuthenticationExecutionModel.Requirement;
import org.keycloak.models.AuthenticationFlowModel;
import org.keycloak.models.RealmModel;

/**
 * The step before linking, at the end of the flow that the realm has for people whom an identity provider brings for the
 * first time. A flow without it links nobody who has a factor: the store sees to that.
 */
record LinkStep(RealmModel realm) implements Fixture {

    @Override
    public String name() {
        return "step " + LinkProofFactory.ID;
    }

    /** Never where there is no such flow, or none that could hold it. */
    @Override
    public boolean isMissing() {
        return flow().filter(flow -> find(flow).filter(LinkStep::isAsked).isEmpty() && !hasAlternatives(flow))
                .isPresent();
    }

    @Override
    public void putInPlace() {
        takeAway();
        flow().ifPresent(this::addTo);
    }

    private void addTo(AuthenticationFlowModel flow) {
        AuthenticationExecutionModel step = new AuthenticationExecutionModel();
        step.setParentFlow(flow.getId());
        step.setAuthenticator(LinkProofFactory.ID);
        step.setRequirement(Requirement.REQUIRED);
        step.setAuthenticatorFlow(false);
        step.setPriority(1 + last(flow));
        realm.addAuthenticatorExecution(step);
    }

    /** Keycloak passes over alternatives beside a required step, so that nobody would be linked or made any more. */
    private boolean hasAlternatives(AuthenticationFlowModel flow) {
        return realm.getAuthenticationExecutionsStream(flow.getId())
                .anyMatch(step -> step.getRequirement() == Requirement.ALTERNATIVE);
    }

    @Override
    public boolean isThere() {
        return flow().flatMap(this::find).isPresent();
    }

    @Override
    public void takeAway() {
        flow().flatMap(this::find).ifPresent(realm::removeAuthenticatorExecution);
    }

    private Optional<AuthenticationFlowModel> flow() {
        return Optional.ofNullable(realm.getFirstBrokerLoginFlow());
    }

    private Optional<AuthenticationExecutionModel> find(AuthenticationFlowModel flow) {
        return realm.getAuthenticationExecutionsStream(flow.getId())
                .filter(step -> LinkProofFactory.ID.equals(step.getAuthenticator()))
                .findFirst();
    }

    private static boolean isAsked(AuthenticationExecutionModel step) {
        return step.getRequirement() == Requirement.REQUIRED;
    }

    private int last(AuthenticationFlowModel flow) {
        return realm.getAuthenticationExecutionsStream(flow.getId())
                .mapToInt(AuthenticationExecutionModel::getPriority)
                .max()
                .orElse(0);
    }
}
