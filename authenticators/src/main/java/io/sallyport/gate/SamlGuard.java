package io.sallyport.gate;

import io.sallyport.form.OAuthAnswer;
import io.sallyport.provider.RealmSettings;
import io.sallyport.verify.SessionEvidence;
import io.sallyport.verify.TokenRefused;
import jakarta.ws.rs.core.Response;
import org.jboss.logging.Logger;
import org.keycloak.models.ClientSessionContext;
import org.keycloak.models.UserSessionModel;
import org.keycloak.protocol.saml.SamlProtocol;
import org.keycloak.services.ErrorPage;
import org.keycloak.sessions.AuthenticationSessionModel;

/** The guard of SAML assertions, which the token guard never sees: no evidence where the policy wants it, no assertion. */
final class SamlGuard extends SamlProtocol {

    private static final Logger LOG = Logger.getLogger(SamlGuard.class);

    @Override
    public Response authenticated(
            AuthenticationSessionModel signIn, UserSessionModel userSession, ClientSessionContext clientSession) {
        try {
            if (!RealmSettings.enabled(session, realm) || passes(userSession, clientSession)) {
                return super.authenticated(signIn, userSession, clientSession);
            }
            TokenRefused.record(
                    session,
                    realm,
                    userSession.getUser().getId(),
                    signIn.getClient().getClientId(),
                    userSession.getId(),
                    OAuthAnswer.MFA_REQUIRED.reason());
        } catch (RuntimeException unavailable) {
            LOG.errorf(unavailable, "MFA can't be assessed: no assertion");
            return ErrorPage.error(session, signIn, Response.Status.SERVICE_UNAVAILABLE, "mfaUnavailable");
        }
        return ErrorPage.error(session, signIn, Response.Status.FORBIDDEN, "mfaDenied");
    }

    private boolean passes(UserSessionModel userSession, ClientSessionContext clientSession) {
        SessionEvidence evidence = SessionEvidence.of(
                session, realm, userSession, clientSession.getClientSession().getClient(), false);
        return evidence.lockedUntil().isEmpty() && evidence.assessment().passes();
    }
}
