package io.sallyport.login;

import io.sallyport.form.RefusalPage;
import io.sallyport.policy.Method;
import io.sallyport.verify.Assessment;
import io.sallyport.verify.LinkGuard;
import java.util.Set;
import org.keycloak.authentication.AuthenticationFlowContext;
import org.keycloak.authentication.AuthenticationFlowError;

/**
 * The last step before an account at an identity provider is tied to a user: asks for his second factor. Without it the
 * store refuses the link, but can't ask.
 */
final class LinkProof extends SecondFactorForm {

    @Override
    public void authenticate(AuthenticationFlowContext context) {
        try {
            if (guard(context).refuses(context.getUser()) && ways(context).isEmpty()) {
                context.failure(AuthenticationFlowError.ACCESS_DENIED, RefusalPage.unlinked(context.form()));
            } else {
                super.authenticate(context);
            }
        } catch (RuntimeException unavailable) {
            refuse(context, unavailable);
        }
    }

    @Override
    Set<Method> toAsk(AuthenticationFlowContext context, Assessment here) {
        return ways(context);
    }

    private static Set<Method> ways(AuthenticationFlowContext context) {
        return guard(context).toAsk(visit(context));
    }

    /** A browser that is trusted proves nothing. */
    @Override
    boolean isTrusted(AuthenticationFlowContext context, Assessment here) {
        return false;
    }

    private static LinkGuard guard(AuthenticationFlowContext context) {
        return new LinkGuard(context.getSession(), context.getRealm());
    }
}
