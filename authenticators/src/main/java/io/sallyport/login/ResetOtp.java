package io.sallyport.login;

import org.keycloak.authentication.AuthenticationFlowContext;
import org.keycloak.authentication.authenticators.resetcred.ResetOTP;

/**
 * Takes the place of Keycloak's step that removes the authenticator app with a forgotten password. In realms with MFA a
 * mailbox is no second factor: the factors stay and are asked for, and whoever has none is sent to enrollment by the
 * gate.
 */
public final class ResetOtp extends ResetOTP {

    @Override
    public void authenticate(AuthenticationFlowContext context) {
        if (Realms.enforced(context.getSession())) {
            context.success();
        } else {
            super.authenticate(context);
        }
    }

    @Override
    public void action(AuthenticationFlowContext context) {
        if (Realms.enforced(context.getSession())) {
            context.success();
        } else {
            super.action(context);
        }
    }

    @Override
    public int order() {
        return Realms.OVERRIDE;
    }
}
