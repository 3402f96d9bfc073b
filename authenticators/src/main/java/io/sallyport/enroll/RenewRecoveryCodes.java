package io.sallyport.enroll;

import io.sallyport.form.PostedForm;
import io.sallyport.form.RefusalPage;
import io.sallyport.provider.RealmSettings;
import java.util.Optional;
import org.keycloak.authentication.RequiredActionContext;
import org.keycloak.authentication.RequiredActionProvider;
import org.keycloak.authentication.requiredactions.RecoveryAuthnCodesAction;
import org.keycloak.models.KeycloakSession;

/**
 * Takes the place of Keycloak's {@code CONFIGURE_RECOVERY_AUTHN_CODES} in realms with MFA: same id, higher order
 * (Keycloak 26.7). New codes need a fresh proof of a factor; whoever has no factor enrolls one, which brings codes along.
 */
public final class RenewRecoveryCodes extends RecoveryAuthnCodesAction {

    private static final int ABOVE_STOCK = 100;

    @Override
    public RequiredActionProvider create(KeycloakSession session) {
        return this;
    }

    @Override
    public void requiredActionChallenge(RequiredActionContext context) {
        if (enforced(context)) {
            orRefuse(context, () -> show(context));
        } else {
            super.requiredActionChallenge(context);
        }
    }

    @Override
    public void processAction(RequiredActionContext context) {
        if (enforced(context)) {
            orRefuse(context, () -> answer(context));
        } else {
            super.processAction(context);
        }
    }

    private static void show(RequiredActionContext context) {
        EnrollmentRights rights = new EnrollmentRights(context);
        CodesStep codes = new CodesStep(context);
        if (rights.enrolled().isEmpty()) {
            new EnrollmentFlow(context, Optional.empty()).show();
        } else if (codes.isCurrent()) {
            codes.show();
        } else {
            codes.offer();
        }
    }

    private static void answer(RequiredActionContext context) {
        CodesStep codes = new CodesStep(context);
        if (codes.isCurrent()) {
            codes.answer(PostedForm.of(context.getHttpRequest()));
        } else {
            new EnrollmentFlow(context, Optional.empty()).answer();
        }
    }

    private static void orRefuse(RequiredActionContext context, Runnable step) {
        try {
            step.run();
        } catch (RuntimeException unavailable) {
            context.getSession().getTransactionManager().setRollbackOnly();
            context.challenge(RefusalPage.unavailable(context.form(), unavailable));
        }
    }

    private static boolean enforced(RequiredActionContext context) {
        return RealmSettings.enabled(context.getSession(), context.getRealm());
    }

    @Override
    public int order() {
        return ABOVE_STOCK;
    }
}
