package io.sallyport.rest;

import io.sallyport.json.Problem;
import io.sallyport.provider.RealmSettings;
import io.sallyport.verify.Consent;
import io.sallyport.verify.SessionBinding;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.HttpHeaders;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jboss.logging.Logger;
import org.keycloak.models.AuthenticatedClientSessionModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserSessionModel;
import org.keycloak.representations.AccessToken;
import org.keycloak.services.managers.AppAuthManager;
import org.keycloak.services.managers.AuthenticationManager;
import org.keycloak.services.managers.AuthenticationManager.AuthResult;
import org.keycloak.services.util.MtlsHoKTokenUtil;

/** Who calls, by an access token (RFC 6750 §2.1): whatever is wrong with it, the answer is the same 401. */
final class Bearer {

    private static final Logger LOG = Logger.getLogger(Bearer.class);

    private final KeycloakSession session;
    private final RealmModel realm;

    Bearer(KeycloakSession session) {
        this.session = session;
        this.realm = session.getContext().getRealm();
    }

    /** The caller; 401 if there is none, 403 if the token is not good for this. */
    Caller caller(Access access) {
        AuthResult known =
                authenticated().filter(found -> isHolder(found.token())).orElseThrow(this::unknown);
        UserSessionModel userSession = known.session();
        if (!RealmSettings.enabled(session, realm)) {
            throw Problem.MFA_NOT_ENABLED.exception(session, List.of());
        }
        if (userSession == null
                || userSession.isOffline()
                || userSession.getPersistenceState() == UserSessionModel.SessionPersistenceState.TRANSIENT
                || known.user().getServiceAccountClientLink() != null
                || SessionBinding.isImpersonated(userSession)
                || session.sessions().getUserSession(realm, userSession.getId()) == null) {
            throw Problem.FORBIDDEN.exception(session, List.of("want a token of the user's own live session"));
        }
        if (!access.isGiven(session, known.token())) {
            throw Problem.FORBIDDEN.exception(
                    session, List.of("want a token for the audience " + Access.AUDIENCE + ", and none by exchange"));
        }
        if (access == Access.FACTORS) {
            refuseWhereARefreshWouldBe(known, userSession);
        }
        return new Caller(session, realm, known.user(), userSession, known.client(), known.token());
    }

    /** Such calls make tokens, and Keycloak asks less of an access token (26.7, {@code TokenManager.validateToken}). */
    private void refuseWhereARefreshWouldBe(AuthResult known, UserSessionModel userSession) {
        AuthenticatedClientSessionModel clientSession =
                userSession.getAuthenticatedClientSessionByClient(known.client().getId());
        if (!AuthenticationManager.isClientSessionValid(realm, known.client(), userSession, clientSession)) {
            throw unknown();
        }
        if (!Consent.holds(session, known.user(), clientSession, known.token().getScope())) {
            throw Problem.FORBIDDEN.exception(session, List.of("the user does not consent any more"));
        }
    }

    private Optional<AuthResult> authenticated() {
        List<String> headers =
                session.getContext().getHttpRequest().getHttpHeaders().getRequestHeader(HttpHeaders.AUTHORIZATION);
        if (headers == null || headers.size() != 1) {
            return Optional.empty();
        }
        try {
            return Optional.ofNullable(new AppAuthManager.BearerTokenAuthenticator(session).authenticate());
        } catch (RuntimeException unreadable) {
            // Keycloak 26.7 stumbles over tokens whose header names no algorithm
            LOG.debug("no token", unreadable);
            return Optional.empty();
        }
    }

    /** RFC 8705 §3: a token that is bound to a certificate is of use with it only; Keycloak has checked DPoP already. */
    private boolean isHolder(AccessToken token) {
        boolean bound =
                token.getConfirmation() != null && token.getConfirmation().getCertThumbprint() != null;
        return !bound
                || MtlsHoKTokenUtil.verifyTokenBindingWithClientCertificate(
                        token, session.getContext().getHttpRequest(), session);
    }

    private WebApplicationException unknown() {
        return Problem.UNAUTHENTICATED.exception(
                session,
                List.of(),
                Map.of(HttpHeaders.WWW_AUTHENTICATE, Scheme.of(session).refusal("error=\"invalid_token\"")));
    }
}
