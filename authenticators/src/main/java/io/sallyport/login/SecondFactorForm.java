package io.sallyport.login;

import io.sallyport.factor.SecondFactors;
import io.sallyport.form.ChallengePage;
import io.sallyport.form.PostedForm;
import io.sallyport.form.RefusalPage;
import io.sallyport.policy.Method;
import io.sallyport.verify.Assessments;
import io.sallyport.verify.Verification;
import io.sallyport.verify.Visit;
import java.util.Set;
import org.keycloak.authentication.AuthenticationFlowContext;
import org.keycloak.authentication.AuthenticationFlowError;
import org.keycloak.authentication.Authenticator;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.models.credential.OTPCredentialModel;

/**
 * The door: asks for a second factor within a flow. Whoever must still enroll, or may not pass at all, is let through to
 * the gate, which sends him there.
 */
final class SecondFactorForm implements Authenticator {

    @Override
    public void authenticate(AuthenticationFlowContext context) {
        try {
            Set<Method> asked = toAsk(context);
            if (asked.isEmpty()) {
                context.success();
                return;
            }
            context.challenge(page(context).show(context.form(), asked));
        } catch (RuntimeException unavailable) {
            refuse(context, unavailable);
        }
    }

    @Override
    public void action(AuthenticationFlowContext context) {
        try {
            Set<Method> asked = toAsk(context);
            if (asked.isEmpty()) {
                context.success();
                return;
            }
            PostedForm posted = PostedForm.of(context.getHttpRequest());
            ChallengePage page = page(context);
            Verification answer = page.answer(posted, asked);
            if (answer instanceof Verification.Verified) {
                context.success(OTPCredentialModel.TYPE);
                return;
            }
            context.failureChallenge(
                    AuthenticationFlowError.INVALID_CREDENTIALS, page.showAgain(context.form(), asked, posted, answer));
        } catch (RuntimeException unavailable) {
            refuse(context, unavailable);
        }
    }

    private static Set<Method> toAsk(AuthenticationFlowContext context) {
        return new Assessments(context.getSession(), context.getRealm())
                .toAsk(Visit.of(context.getSession(), context.getAuthenticationSession(), context.getUser()));
    }

    private static ChallengePage page(AuthenticationFlowContext context) {
        return new ChallengePage(
                context.getSession(), context.getRealm(), context.getAuthenticationSession(), context.getUser());
    }

    private static void refuse(AuthenticationFlowContext context, RuntimeException unavailable) {
        context.getSession().getTransactionManager().setRollbackOnly();
        context.failure(AuthenticationFlowError.INTERNAL_ERROR, RefusalPage.unavailable(context.form(), unavailable));
    }

    @Override
    public boolean requiresUser() {
        return true;
    }

    @Override
    public boolean configuredFor(KeycloakSession session, RealmModel realm, UserModel user) {
        return !new SecondFactors(session).enrolled(realm, user).isEmpty();
    }

    /** A flow that demands the step of somebody without a factor: he enrolls in this sign-in. */
    @Override
    public void setRequiredActions(KeycloakSession session, RealmModel realm, UserModel user) {
        session.getContext().getAuthenticationSession().addRequiredAction(UserModel.RequiredAction.CONFIGURE_TOTP);
    }

    @Override
    public void close() {}
}
