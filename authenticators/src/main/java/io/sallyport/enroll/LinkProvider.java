package io.sallyport.enroll;

import io.sallyport.form.PostedForm;
import io.sallyport.form.RefusalPage;
import io.sallyport.policy.Method;
import io.sallyport.verify.LinkGuard;
import io.sallyport.verify.Visit;
import java.util.Set;
import org.keycloak.authentication.RequiredActionContext;
import org.keycloak.broker.provider.IdpLinkAction;

/**
 * Takes the place of Keycloak's {@code idp_link}: same id, higher order (Keycloak 26.7). Asks for a factor before the user
 * is sent to the provider; the store would refuse the link, but could not ask.
 */
public final class LinkProvider extends IdpLinkAction {

    private static final int ABOVE_STOCK = 100;

    @Override
    public void requiredActionChallenge(RequiredActionContext context) {
        ProofStep.orRefuse(context, () -> {
            Set<Method> asked = toAsk(context);
            if (!asked.isEmpty()) {
                new ProofStep(context).show(asked);
            } else if (guard(context).refuses(context.getUser())) {
                context.challenge(RefusalPage.unlinked(context.form()));
            } else {
                super.requiredActionChallenge(context);
            }
        });
    }

    @Override
    public void processAction(RequiredActionContext context) {
        boolean isBack = Boolean.parseBoolean(
                context.getAuthenticationSession().getAuthNote(KC_ACTION_LINKING_IDENTITY_PROVIDER));
        if (isBack) {
            super.processAction(context); // the store has decided
            return;
        }
        ProofStep.orRefuse(context, () -> {
            PostedForm posted = PostedForm.of(context.getHttpRequest());
            if (!guard(context).refuses(context.getUser())) {
                super.processAction(context);
            } else if (!ProofStep.isAnswer(posted) || new ProofStep(context).answer(posted, () -> toAsk(context))) {
                requiredActionChallenge(context);
            }
        });
    }

    private static Set<Method> toAsk(RequiredActionContext context) {
        return guard(context)
                .toAsk(Visit.of(context.getSession(), context.getAuthenticationSession(), context.getUser()));
    }

    private static LinkGuard guard(RequiredActionContext context) {
        return new LinkGuard(context.getSession(), context.getRealm());
    }

    @Override
    public int order() {
        return ABOVE_STOCK;
    }
}
