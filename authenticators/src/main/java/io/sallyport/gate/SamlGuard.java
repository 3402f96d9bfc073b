package io.sallyport.gate;

import io.sallyport.form.OAuthAnswer;
import io.sallyport.provider.RealmSettings;
import io.sallyport.verify.SessionEvidence;
import io.sallyport.verify.TokenRefused;
import java.util.Optional;
import org.keycloak.Config;
import org.keycloak.dom.saml.v2.protocol.AuthnRequestType;
import org.keycloak.dom.saml.v2.protocol.ResponseType;
import org.keycloak.dom.saml.v2.protocol.StatusResponseType;
import org.keycloak.models.AuthenticatedClientSessionModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserSessionModel;
import org.keycloak.protocol.saml.preprocessor.SamlAuthenticationPreprocessor;
import org.keycloak.sessions.AuthenticationSessionModel;
import org.keycloak.utils.KeycloakSessionUtil;

/**
 * The guard of SAML assertions, which the token guard never sees. Keycloak 26.7 builds its SAML protocol in several places
 * (front channel, ECP, token exchange); all of them come by here with the finished response, before it is signed. What
 * is thrown here they answer with an error page, a SOAP fault or 400, and nothing is sent.
 */
public final class SamlGuard implements SamlAuthenticationPreprocessor {

    @Override
    public StatusResponseType beforeSendingResponse(
            StatusResponseType response, AuthenticatedClientSessionModel clientSession) {
        KeycloakSession session = KeycloakSessionUtil.getKeycloakSession();
        UserSessionModel userSession = clientSession.getUserSession();
        RealmModel realm = userSession.getRealm();
        if (!RealmSettings.enabled(session, realm) || Machine.owns(userSession)) {
            return response;
        }
        SessionEvidence evidence = SessionEvidence.of(session, realm, userSession, clientSession.getClient(), false);
        SessionEvidence.Verdict verdict = evidence.verdict(false);
        if (verdict == SessionEvidence.Verdict.PASS) {
            if (response instanceof ResponseType assertions) {
                SamlContext.write(
                        assertions,
                        realm,
                        isAskedFor(session),
                        evidence.freshFactor().isPresent());
            }
            return response;
        }
        OAuthAnswer answer = verdict == SessionEvidence.Verdict.LOCKED ? OAuthAnswer.LOCKED : OAuthAnswer.MFA_REQUIRED;
        TokenRefused refused = TokenRefused.in(userSession, clientSession.getClient());
        if (verdict == SessionEvidence.Verdict.MFA_REQUIRED) {
            // it came past the gate: nothing may be left to try the next door with
            session.sessions().removeUserSession(realm, userSession);
        }
        refused.record(session, realm, answer.reason());
        throw new IllegalStateException("no SAML assertion: " + answer.reason());
    }

    @Override
    public AuthnRequestType beforeProcessingLoginRequest(AuthnRequestType request, AuthenticationSessionModel signIn) {
        if (RealmSettings.enabled(KeycloakSessionUtil.getKeycloakSession(), signIn.getRealm())) {
            SamlContext.remember(request, signIn);
        }
        return request;
    }

    private static boolean isAskedFor(KeycloakSession session) {
        return Optional.ofNullable(session.getContext().getAuthenticationSession())
                .filter(SamlContext::isAskedFor)
                .isPresent();
    }

    @Override
    public SamlAuthenticationPreprocessor create(KeycloakSession session) {
        return this;
    }

    @Override
    public void init(Config.Scope config) {}

    @Override
    public void postInit(KeycloakSessionFactory factory) {}

    @Override
    public void close() {}

    @Override
    public String getId() {
        return "mfa-saml-guard";
    }
}
