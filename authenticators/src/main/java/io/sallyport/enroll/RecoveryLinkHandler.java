package io.sallyport.enroll;

import io.sallyport.form.RefusalPage;
import io.sallyport.provider.RealmSettings;
import io.sallyport.verify.RecoveryLinkToken;
import jakarta.ws.rs.core.Response;
import org.keycloak.authentication.AuthenticationProcessor;
import org.keycloak.authentication.actiontoken.AbstractActionTokenHandler;
import org.keycloak.authentication.actiontoken.ActionTokenContext;
import org.keycloak.events.Errors;
import org.keycloak.events.EventType;
import org.keycloak.forms.login.LoginFormsProvider;
import org.keycloak.models.DefaultActionTokenKey;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.models.utils.AuthenticationFlowResolver;
import org.keycloak.services.resources.LoginActionsService;
import org.keycloak.sessions.AuthenticationSessionModel;

/**
 * Where a mailed link to new recovery codes leads: to a sign-in like any other, which ends with them. Keycloak 26.7 takes who
 * opens such a link for its owner, as a proof of his mailbox; here it proves nothing, and whoever opens it says who he is.
 */
public final class RecoveryLinkHandler extends AbstractActionTokenHandler<RecoveryLinkToken> {

    public RecoveryLinkHandler() {
        super(
                RecoveryLinkToken.KIND,
                RecoveryLinkToken.class,
                "mfaCodesLinkOver",
                EventType.EXECUTE_ACTIONS,
                Errors.NOT_ALLOWED);
    }

    /** A gateway for mail that opens every link sees a page to sign in, and spends nothing. */
    @Override
    public Response handleToken(RecoveryLinkToken token, ActionTokenContext<RecoveryLinkToken> context) {
        AuthenticationSessionModel signIn = context.getAuthenticationSession();
        UserModel owner = signIn.getAuthenticatedUser();
        signIn.setAuthenticatedUser(null);
        signIn.removeAuthNote(DefaultActionTokenKey.ACTION_TOKEN_USER_ID);
        if (!isOpen(token, owner, context)) {
            context.getEvent().error(Errors.EXPIRED_CODE);
            return RefusalPage.linkOver(
                    context.getSession().getProvider(LoginFormsProvider.class).setAuthenticationSession(signIn));
        }
        token.toLink().leaveIn(signIn);
        signIn.addRequiredAction(UserModel.RequiredAction.CONFIGURE_RECOVERY_AUTHN_CODES);
        return context.processFlow(
                false,
                LoginActionsService.AUTHENTICATE_PATH,
                AuthenticationFlowResolver.resolveBrowserFlow(signIn),
                null,
                new AuthenticationProcessor());
    }

    private static boolean isOpen(
            RecoveryLinkToken token, UserModel owner, ActionTokenContext<RecoveryLinkToken> context) {
        KeycloakSession session = context.getSession();
        RealmModel realm = context.getRealm();
        return RealmSettings.enabled(session, realm) && token.toLink().opensFor(session, realm, owner);
    }
}
