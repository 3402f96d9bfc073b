package io.sallyport.login;

import io.sallyport.factor.SecondFactors;
import io.sallyport.form.ChallengePage;
import io.sallyport.form.PostedForm;
import io.sallyport.form.RefusalPage;
import io.sallyport.policy.Method;
import io.sallyport.policy.PolicyDecision;
import io.sallyport.verify.Assessment;
import io.sallyport.verify.Assessments;
import io.sallyport.verify.Verification;
import io.sallyport.verify.Visit;
import java.util.Optional;
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

    /** Whether the flow asks even where the policy does not: Keycloak's own step always asked who had a factor. */
    enum Asks {
        WHEN_REQUIRED,
        WHEN_ENROLLED
    }

    private final Asks asks;

    SecondFactorForm(Asks asks) {
        this.asks = asks;
    }

    @Override
    public void authenticate(AuthenticationFlowContext context) {
        try {
            Optional<Set<Method>> usable = usable(context);
            if (usable.isEmpty()) {
                context.success();
                return;
            }
            context.challenge(page(context).show(context.form(), usable.get()));
        } catch (RuntimeException unavailable) {
            refuse(context, unavailable);
        }
    }

    @Override
    public void action(AuthenticationFlowContext context) {
        try {
            Optional<Set<Method>> usable = usable(context);
            if (usable.isEmpty()) {
                context.success();
                return;
            }
            PostedForm posted = PostedForm.of(context.getHttpRequest());
            ChallengePage page = page(context);
            Verification answer = page.answer(posted, usable.get());
            if (answer instanceof Verification.Verified) {
                context.success(OTPCredentialModel.TYPE);
                return;
            }
            context.failureChallenge(
                    AuthenticationFlowError.INVALID_CREDENTIALS,
                    page.showAgain(context.form(), usable.get(), posted, answer));
        } catch (RuntimeException unavailable) {
            refuse(context, unavailable);
        }
    }

    /** The methods to ask for; empty if there is nothing to ask here. */
    private Optional<Set<Method>> usable(AuthenticationFlowContext context) {
        Assessment assessment = new Assessments(context.getSession(), context.getRealm())
                .of(Visit.of(context.getSession(), context.getAuthenticationSession(), context.getUser()));
        if (assessment.evidence().isPresent()) {
            return Optional.empty();
        }
        if (assessment.decision() instanceof PolicyDecision.Challenge challenge) {
            return Optional.of(challenge.usable());
        }
        if (assessment.decision() instanceof PolicyDecision.Skip && asks == Asks.WHEN_ENROLLED) {
            return Optional.of(new SecondFactors(context.getSession()).enrolled(context.getRealm(), context.getUser()))
                    .filter(methods -> !methods.isEmpty());
        }
        return Optional.empty();
    }

    private static ChallengePage page(AuthenticationFlowContext context) {
        return new ChallengePage(
                context.getSession(), context.getRealm(), context.getAuthenticationSession(), context.getUser());
    }

    private static void refuse(AuthenticationFlowContext context, RuntimeException unavailable) {
        context.failure(AuthenticationFlowError.INTERNAL_ERROR, RefusalPage.unavailable(context.form(), unavailable));
    }

    @Override
    public boolean requiresUser() {
        return true;
    }

    @Override
    public boolean configuredFor(KeycloakSession session, RealmModel realm, UserModel user) {
        return asks == Asks.WHEN_REQUIRED
                || !new SecondFactors(session).enrolled(realm, user).isEmpty();
    }

    /** A flow that demands the step of somebody without a factor: he enrolls in this sign-in. */
    @Override
    public void setRequiredActions(KeycloakSession session, RealmModel realm, UserModel user) {
        session.getContext().getAuthenticationSession().addRequiredAction(UserModel.RequiredAction.CONFIGURE_TOTP);
    }

    @Override
    public void close() {}
}
