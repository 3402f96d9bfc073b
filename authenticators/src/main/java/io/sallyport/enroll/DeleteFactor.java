package io.sallyport.enroll;

import io.sallyport.factor.SecondFactors;
import io.sallyport.form.PostedForm;
import io.sallyport.form.RefusalPage;
import io.sallyport.policy.Method;
import io.sallyport.provider.RealmSettings;
import io.sallyport.verify.RemovalGuard;
import java.util.Optional;
import java.util.Set;
import org.keycloak.authentication.RequiredActionContext;
import org.keycloak.authentication.requiredactions.DeleteCredentialAction;
import org.keycloak.credential.CredentialModel;
import org.keycloak.models.Constants;

/**
 * Takes the place of Keycloak's {@code delete_credential}: same id, higher order (Keycloak 26.7). A factor is asked to be
 * proved before one is removed, and the last one stays; the store would refuse both, but could not ask.
 */
public final class DeleteFactor extends DeleteCredentialAction {

    private static final int ABOVE_STOCK = 100;

    @Override
    public void requiredActionChallenge(RequiredActionContext context) {
        ProofStep.orRefuse(context, () -> {
            Optional<RemovalGuard.Refusal> refusal = refusal(context);
            if (refusal.isEmpty()) {
                super.requiredActionChallenge(context);
            } else if (refusal.get() == RemovalGuard.Refusal.LAST_FACTOR) {
                context.challenge(RefusalPage.lastFactor(context.form()));
            } else if (enrolled(context).isEmpty()) {
                context.challenge(RefusalPage.denied(context.form())); // of a method that the realm has no more
            } else {
                new ProofStep(context).show(enrolled(context));
            }
        });
    }

    @Override
    public void processAction(RequiredActionContext context) {
        ProofStep.orRefuse(context, () -> {
            PostedForm posted = PostedForm.of(context.getHttpRequest());
            boolean proof =
                    RealmSettings.enabled(context.getSession(), context.getRealm()) && ProofStep.isAnswer(posted);
            if (proof) {
                if (new ProofStep(context).answer(posted, () -> enrolled(context))) {
                    requiredActionChallenge(context);
                }
            } else if (refusal(context).isPresent()) {
                requiredActionChallenge(context);
            } else {
                super.processAction(context);
            }
        });
    }

    private static Optional<RemovalGuard.Refusal> refusal(RequiredActionContext context) {
        return factor(context)
                .flatMap(factor -> new RemovalGuard(context.getSession(), context.getRealm())
                        .refusesRemoval(context.getUser(), factor.getId()));
    }

    private static Optional<CredentialModel> factor(RequiredActionContext context) {
        RemovalGuard guard = new RemovalGuard(context.getSession(), context.getRealm());
        return Optional.ofNullable(context.getAuthenticationSession().getClientNote(Constants.KC_ACTION_PARAMETER))
                .flatMap(id -> Optional.ofNullable(
                        context.getUser().credentialManager().getStoredCredentialById(id)))
                .filter(guard::concerns);
    }

    private static Set<Method> enrolled(RequiredActionContext context) {
        return new SecondFactors(context.getSession()).enrolled(context.getRealm(), context.getUser());
    }

    @Override
    public int order() {
        return ABOVE_STOCK;
    }
}
