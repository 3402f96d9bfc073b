package io.sallyport.stepup;

import io.sallyport.factor.Challenges;
import io.sallyport.form.Actions;
import io.sallyport.form.PageAction;
import io.sallyport.form.PostedForm;
import io.sallyport.provider.RealmSettings;
import io.sallyport.verify.StepUp;
import io.sallyport.verify.Visit;
import org.keycloak.authentication.RequiredActionContext;
import org.keycloak.models.Constants;
import org.keycloak.models.KeycloakSession;
import org.keycloak.sessions.AuthenticationSessionModel;

/**
 * Shows what an application wants to be approved and asks for a proof of exactly that, after everything else that the
 * sign-in needs (Keycloak 26.7: what {@code kc_action} names comes last, and may be cancelled).
 */
final class ApproveAction implements PageAction {

    @Override
    public void evaluateTriggers(RequiredActionContext context) {
        AuthenticationSessionModel signIn = context.getAuthenticationSession();
        if (!KeptRequest.isOpen(signIn) || !RealmSettings.enabled(context.getSession(), context.getRealm())) {
            return;
        }
        // so that Keycloak takes mfa_action for what it is an alias of
        signIn.setClientNote(Constants.KC_ACTION, Actions.APPROVE);
        Visit visit = Visit.of(context.getSession(), signIn, context.getUser());
        if (new StepUp(context.getSession(), context.getRealm(), visit).next() == StepUp.Next.ENROLL) {
            signIn.addRequiredAction(Actions.ENROLL);
        }
    }

    @Override
    public void show(RequiredActionContext context) {
        if (KeptRequest.isOpen(context.getAuthenticationSession())) {
            new ApprovalStep(context).show();
        } else {
            context.success(); // an administrator gave it to a user: there is nothing to approve
        }
    }

    @Override
    public void answer(RequiredActionContext context) {
        new ApprovalStep(context).answer(PostedForm.of(context.getHttpRequest()));
    }

    @Override
    public void initiatedActionCanceled(KeycloakSession session, AuthenticationSessionModel signIn) {
        ApprovalStep.open(signIn).ifPresent(id -> new Challenges(session).drop(id));
    }
}
