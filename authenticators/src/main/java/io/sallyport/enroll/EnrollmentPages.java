package io.sallyport.enroll;

import io.sallyport.form.Choice;
import io.sallyport.policy.Method;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.Map;
import org.keycloak.authentication.RequiredActionContext;
import org.keycloak.models.Constants;

/** The pages of an enrollment that are the same for every method. */
final class EnrollmentPages {

    private final RequiredActionContext context;

    EnrollmentPages(RequiredActionContext context) {
        this.context = context;
    }

    /** The methods that he may enroll, strongest first. */
    Response choose(List<Method> methods) {
        return context.form()
                .setAttribute("mfa", Map.of("methods", Choice.of(methods), "cancellable", cancellable()))
                .createForm("mfa-enroll-choose.ftl");
    }

    /** The new recovery codes, once. */
    Response recoveryCodes(List<String> codes) {
        return context.form().setAttribute("mfa", Map.of("codes", codes)).createForm("mfa-recovery-codes.ftl");
    }

    /** Only somebody who asked for the enrollment himself may leave it. */
    boolean cancellable() {
        return context.getAuthenticationSession().getClientNote(Constants.KC_ACTION_EXECUTING) != null
                && context.getAuthenticationSession().getClientNote(Constants.KC_ACTION_ENFORCED) == null;
    }
}
