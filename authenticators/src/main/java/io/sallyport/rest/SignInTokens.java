package io.sallyport.rest;

import io.sallyport.json.Problem;
import io.sallyport.verify.BrokenOff;
import io.sallyport.verify.Evidence;
import jakarta.ws.rs.core.MultivaluedHashMap;
import jakarta.ws.rs.core.MultivaluedMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.keycloak.OAuth2Constants;
import org.keycloak.authentication.AuthenticationProcessor;
import org.keycloak.events.Details;
import org.keycloak.events.EventBuilder;
import org.keycloak.events.EventType;
import org.keycloak.models.ClientSessionContext;
import org.keycloak.models.Constants;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserSessionModel;
import org.keycloak.protocol.oidc.OIDCAdvancedConfigWrapper;
import org.keycloak.protocol.oidc.TokenManager;
import org.keycloak.representations.AccessToken;
import org.keycloak.representations.AccessTokenResponse;
import org.keycloak.services.CorsErrorResponseException;
import org.keycloak.services.clientpolicy.ClientPolicyException;
import org.keycloak.services.clientpolicy.context.ResourceOwnerPasswordCredentialsContext;
import org.keycloak.services.clientpolicy.context.ResourceOwnerPasswordCredentialsResponseContext;
import org.keycloak.services.managers.AuthenticationManager;
import org.keycloak.services.util.MtlsHoKTokenUtil;
import org.keycloak.sessions.AuthenticationSessionModel;
import org.keycloak.util.TokenUtil;

/**
 * The end of a sign-in by an {@code mfa_token}: the token is spent, a session begins, and all its tokens come past the guard,
 * as the password grant makes them (Keycloak 26.7, {@code ResourceOwnerPasswordCredentialsGrantType}).
 */
final class SignInTokens {

    private static final String AUTH_METHOD = "mfa_token";

    private final Caller caller;
    private final Standing.SigningIn standing;
    private final KeycloakSession session;
    private final RealmModel realm;
    private final AuthenticationSessionModel signIn;
    private final EventBuilder event;

    SignInTokens(Caller caller, Standing.SigningIn standing) {
        this.caller = caller;
        this.standing = standing;
        this.session = caller.session();
        this.realm = caller.realm();
        this.signIn = standing.resumed().signIn();
        this.event = new EventBuilder(realm, session, session.getContext().getConnection())
                .event(EventType.LOGIN)
                .client(caller.client())
                .user(caller.user())
                .detail(Details.AUTH_METHOD, AUTH_METHOD);
    }

    /** The tokens; or, for what only opens the way to a new factor, the {@code mfa_token} for that way. */
    Map<String, Object> view(Evidence evidence, Map<String, Object> mfa) {
        caller.spendToken();
        Map<String, Object> view = new LinkedHashMap<>();
        if (evidence.leadsToEnrolling()) {
            view.putAll(BrokenOff.at(session, signIn, caller.user()).toEnroll());
        } else {
            AccessTokenResponse tokens = tokens();
            view.put("access_token", tokens.getToken());
            view.put("token_type", tokens.getTokenType());
            view.put("expires_in", tokens.getExpiresIn());
            Optional.ofNullable(tokens.getRefreshToken()).ifPresent(refresh -> {
                view.put("refresh_token", refresh);
                view.put("refresh_expires_in", tokens.getRefreshExpiresIn());
            });
            Optional.ofNullable(tokens.getIdToken()).ifPresent(id -> view.put("id_token", id));
            Optional.ofNullable(tokens.getScope()).ifPresent(scope -> view.put("scope", scope));
        }
        view.put("mfa", mfa);
        return view;
    }

    private AccessTokenResponse tokens() {
        try {
            MultivaluedMap<String, String> form = new MultivaluedHashMap<>();
            form.putSingle(OAuth2Constants.CLIENT_ID, caller.client().getClientId());
            standing.resumed().token().scope().ifPresent(scope -> form.putSingle(OAuth2Constants.SCOPE, scope));
            session.clientPolicy().triggerOnEvent(new ResourceOwnerPasswordCredentialsContext(session, form));
            return tokens(form);
        } catch (ClientPolicyException refused) {
            endSession();
            throw Problem.FORBIDDEN.kept(session, List.of("the client's policy refuses it"), Map.of());
        } catch (CorsErrorResponseException refused) {
            endSession();
            throw new Refusals(caller).ofGuard(refused.getResponse().getStatus());
        }
    }

    /** The proof stays spent, but nobody has a session for it. */
    private void endSession() {
        Optional.ofNullable(session.sessions().getUserSession(realm, standing.rootId()))
                .ifPresent(made -> session.sessions().removeUserSession(realm, made));
    }

    private AccessTokenResponse tokens(MultivaluedMap<String, String> form) throws ClientPolicyException {
        AuthenticationManager.evaluateRequiredActionTriggers(
                session, signIn, session.getContext().getHttpRequest(), event, realm, caller.user());
        if (caller.user().getRequiredActionsStream().findAny().isPresent()
                || !signIn.getRequiredActions().isEmpty()) {
            throw Problem.FORBIDDEN.kept(session, List.of("the account is not fully set up"), Map.of());
        }
        AuthenticationManager.setClientScopesInSession(session, signIn);
        ClientSessionContext context = AuthenticationProcessor.attachSession(
                signIn, null, session, realm, session.getContext().getConnection(), event);
        context.setAttribute(Constants.GRANT_TYPE, OAuth2Constants.PASSWORD);
        UserSessionModel userSession = context.getClientSession().getUserSession();
        standing.clientNotes().forEach(userSession::setNote);
        TokenManager.AccessTokenResponseBuilder builder = built(context, userSession);
        session.clientPolicy()
                .triggerOnEvent(new ResourceOwnerPasswordCredentialsResponseContext(form, context, builder));
        AccessTokenResponse tokens = builder.build();
        event.success();
        AuthenticationManager.logSuccess(session, signIn);
        return tokens;
    }

    private TokenManager.AccessTokenResponseBuilder built(ClientSessionContext context, UserSessionModel userSession) {
        OIDCAdvancedConfigWrapper config = OIDCAdvancedConfigWrapper.fromClientModel(caller.client());
        TokenManager.AccessTokenResponseBuilder builder = new TokenManager()
                .responseBuilder(realm, caller.client(), event, session, userSession, context)
                .generateAccessToken();
        if (config.isUseRefreshToken()) {
            builder.generateRefreshToken();
            if (TokenUtil.TOKEN_TYPE_OFFLINE.equals(builder.getRefreshToken().getType())) {
                session.sessions().removeUserSession(realm, userSession);
            }
        }
        if (TokenUtil.isOIDCRequest(context.getClientSession().getNote(OAuth2Constants.SCOPE))) {
            builder.generateIDToken().generateAccessTokenHash();
        }
        // RFC 8705 §3; a key of DPoP is bound by Keycloak itself
        if (config.isUseMtlsHokToken()) {
            AccessToken.Confirmation certificate = Optional.ofNullable(MtlsHoKTokenUtil.bindTokenWithClientCertificate(
                            session.getContext().getHttpRequest(), session))
                    .orElseThrow(() -> {
                        endSession();
                        return Problem.FORBIDDEN.kept(session, List.of("want the client's certificate"), Map.of());
                    });
            builder.getAccessToken().setConfirmation(certificate);
            if (config.isUseRefreshToken()) {
                builder.getRefreshToken().setConfirmation(certificate);
            }
        }
        return builder;
    }
}
