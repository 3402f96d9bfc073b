package io.sallyport.form;

import java.time.Duration;
import org.keycloak.authentication.InitiatedActionSupport;
import org.keycloak.authentication.RequiredActionContext;
import org.keycloak.authentication.RequiredActionProvider;
import org.keycloak.models.KeycloakSession;

/** An action of ours that applications may name: its pages, and a refusal wherever something of ours breaks. */
public interface PageAction extends RequiredActionProvider {

    /** Shows its page, or ends. */
    void show(RequiredActionContext context);

    /** Takes what its page posted. */
    void answer(RequiredActionContext context);

    @Override
    default void requiredActionChallenge(RequiredActionContext context) {
        orRefuse(context, () -> show(context));
    }

    @Override
    default void processAction(RequiredActionContext context) {
        orRefuse(context, () -> answer(context));
    }

    @Override
    default InitiatedActionSupport initiatedActionSupport() {
        return InitiatedActionSupport.SUPPORTED;
    }

    /** A live session is enough, however old; added to the time of its sign-in it must still be an {@code int}. */
    @Override
    default int getMaxAuthAge(KeycloakSession session) {
        return Math.toIntExact(Duration.ofDays(365).toSeconds());
    }

    @Override
    default void close() {}

    private static void orRefuse(RequiredActionContext context, Runnable step) {
        try {
            step.run();
        } catch (RuntimeException unavailable) {
            context.getSession().getTransactionManager().setRollbackOnly();
            context.challenge(RefusalPage.unavailable(context.form(), unavailable));
        }
    }
}
