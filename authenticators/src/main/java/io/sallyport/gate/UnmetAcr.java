package io.sallyport.gate;

import io.sallyport.form.ReturnToApplication;
import io.sallyport.verify.TokenRefused;
import jakarta.ws.rs.core.Response;
import org.keycloak.authentication.RequiredActionContext;
import org.keycloak.protocol.LoginProtocol;
import org.keycloak.protocol.oidc.OIDCLoginProtocol;
import org.keycloak.sessions.AuthenticationSessionModel;

/** The answer to an application that takes nothing but MFA from somebody who has none and can't have any. */
final class UnmetAcr {

    /** OpenID Connect Core Error Code unmet_authentication_requirements 1.0. */
    private static final String ERROR = "unmet_authentication_requirements";

    private UnmetAcr() {}

    /** Back to the application, which the sign-in ends with. */
    static Response answer(RequiredActionContext context) {
        AuthenticationSessionModel signIn = context.getAuthenticationSession();
        TokenRefused.at(context.getSession(), signIn, context.getUser())
                .record(context.getSession(), context.getRealm(), "unmet_acr");
        if (OIDCLoginProtocol.LOGIN_PROTOCOL.equals(signIn.getProtocol())) {
            return ReturnToApplication.with(
                    context.getSession(),
                    context.getRealm(),
                    signIn,
                    ERROR,
                    "The user has no second factor and can not set one up here");
        }
        LoginProtocol protocol = context.getSession().getProvider(LoginProtocol.class, signIn.getProtocol());
        return protocol.setRealm(context.getRealm())
                .setHttpHeaders(context.getHttpRequest().getHttpHeaders())
                .setUriInfo(context.getUriInfo())
                .setEventBuilder(context.getEvent())
                .sendError(signIn, LoginProtocol.Error.LOA_INVALID, null);
    }
}
