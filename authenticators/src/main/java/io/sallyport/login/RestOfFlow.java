package io.sallyport.login;

import org.keycloak.authentication.AuthenticationFlowContext;
import org.keycloak.models.AuthenticationExecutionModel;
import org.keycloak.models.AuthenticationFlowModel;
import org.keycloak.models.RealmModel;

/** What a flow would still do after one of its steps. */
final class RestOfFlow {

    private RestOfFlow() {}

    /** Whether anything follows the step that runs now, in its own flow or in those around it. */
    static boolean follows(AuthenticationFlowContext context) {
        RealmModel realm = context.getRealm();
        AuthenticationExecutionModel step = context.getExecution();
        while (step != null) {
            AuthenticationExecutionModel last = step;
            boolean more = realm.getAuthenticationExecutionsStream(step.getParentFlow())
                    .anyMatch(other -> !other.isDisabled() && other.getPriority() > last.getPriority());
            if (more) {
                return true;
            }
            AuthenticationFlowModel flow = realm.getAuthenticationFlowById(step.getParentFlow());
            step = flow == null || flow.isTopLevel() ? null : realm.getAuthenticationExecutionByFlowId(flow.getId());
        }
        return false;
    }
}
