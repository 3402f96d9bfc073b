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
record LinkStep(RealmModel realm) {

    /** Puts it there; false if it was, or there is no such flow. */
    boolean putInPlace() {
        Optional<AuthenticationFlowModel> flow = Optional.ofNullable(realm.getFirstBrokerLoginFlow());
        if (flow.isEmpty() || find(flow.get()).filter(LinkStep::isAsked).isPresent() || hasAlternatives(flow.get())) {
            return false;
        }
        takeAway();
        AuthenticationExecutionModel step = new AuthenticationExecutionModel();
        step.setParentFlow(flow.get().getId());
        step.setAuthenticator(LinkProofFactory.ID);
        step.setRequirement(Requirement.REQUIRED);
        step.setAuthenticatorFlow(false);
        step.setPriority(1 + last(flow.get()));
        realm.addAuthenticatorExecution(step);
        return true;
    }

    /** Keycloak passes over alternatives beside a required step, so that nobody would be linked or made any more. */
    private boolean hasAlternatives(AuthenticationFlowModel flow) {
        return realm.getAuthenticationExecutionsStream(flow.getId())
                .anyMatch(step -> step.getRequirement() == Requirement.ALTERNATIVE);
    }

    /** Takes it away; false if it was not there. */
    boolean takeAway() {
        Optional<AuthenticationExecutionModel> step =
                Optional.ofNullable(realm.getFirstBrokerLoginFlow()).flatMap(this::find);
        step.ifPresent(realm::removeAuthenticatorExecution);
        return step.isPresent();
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
