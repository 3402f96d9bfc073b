package io.sallyport.enroll;

import io.sallyport.policy.Method;
import io.sallyport.provider.RealmSettings;
import java.util.Optional;
import org.keycloak.authentication.RequiredActionContext;
import org.keycloak.authentication.requiredactions.UpdateTotp;

/**
 * Takes the place of Keycloak's {@code CONFIGURE_TOTP} in realms with MFA: same id, higher order (Keycloak 26.7). The
 * stock action trusts the secret that the browser posts, and adds a factor without proof of the one before.
 */
public final class EnrollTotp extends UpdateTotp {

    private static final int ABOVE_STOCK = 100;

    @Override
    public void requiredActionChallenge(RequiredActionContext context) {
        if (enforced(context)) {
            new EnrollmentFlow(context, Optional.of(Method.TOTP)).show();
        } else {
            super.requiredActionChallenge(context);
        }
    }

    @Override
    public void processAction(RequiredActionContext context) {
        if (enforced(context)) {
            new EnrollmentFlow(context, Optional.of(Method.TOTP)).answer();
        } else {
            super.processAction(context);
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
