package io.sallyport.rest;

import io.sallyport.provider.RealmSettings;
import io.sallyport.provider.Setting;
import io.sallyport.verify.Evidence;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.keycloak.events.EventBuilder;
import org.keycloak.events.EventType;
import org.keycloak.models.AuthenticatedClientSessionModel;
import org.keycloak.models.ClientSessionContext;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.protocol.oidc.TokenManager;
import org.keycloak.representations.AccessToken;
import org.keycloak.representations.AccessTokenResponse;
import org.keycloak.services.CorsErrorResponseException;
import org.keycloak.services.util.DefaultClientSessionContext;

/** A new access token in the caller's own session, for the scopes of the one he called with; the guard writes its claims. */
final class SessionToken {

    private final Caller caller;

    SessionToken(Caller caller) {
        this.caller = caller;
    }

    /** The answer of a proof. */
    Map<String, Object> view(Evidence evidence, Optional<String> approval) {
        Proof proof = Proof.of(evidence, approval);
        return caller.standing() instanceof Standing.SigningIn signingIn
                ? new SignInTokens(caller, signingIn).view(evidence, mfa(proof))
                : view(proof);
    }

    /** The same for a proof that this session gave before. */
    Map<String, Object> view(Proof proof) {
        AccessTokenResponse issued = issued();
        Map<String, Object> view = new LinkedHashMap<>();
        view.put("access_token", issued.getToken());
        view.put("token_type", issued.getTokenType());
        view.put("expires_in", issued.getExpiresIn());
        view.put("mfa", mfa(proof));
        return view;
    }

    private Map<String, Object> mfa(Proof proof) {
        Map<String, Object> mfa = new LinkedHashMap<>();
        mfa.put("method", proof.method().name());
        mfa.put("time", proof.at().getEpochSecond());
        mfa.put(
                "exp",
                proof.at()
                        .plus(RealmSettings.of(caller.session(), caller.realm()).get(Setting.CLAIM_TTL))
                        .getEpochSecond());
        proof.approval().ifPresent(id -> mfa.put("approval_id", id));
        return mfa;
    }

    private AccessTokenResponse issued() {
        KeycloakSession session = caller.session();
        RealmModel realm = caller.realm();
        AuthenticatedClientSessionModel clientSession = caller.userSession()
                .getAuthenticatedClientSessionByClient(caller.client().getId());
        ClientSessionContext context = DefaultClientSessionContext.fromClientSessionAndScopeParameter(
                clientSession, caller.token().getScope(), session);
        EventBuilder event = new EventBuilder(realm, session)
                .event(EventType.REFRESH_TOKEN)
                .client(caller.client())
                .user(caller.user())
                .session(caller.userSession());
        TokenManager.AccessTokenResponseBuilder builder = new TokenManager()
                .responseBuilder(realm, caller.client(), event, session, caller.userSession(), context)
                .generateAccessToken();
        // RFC 9449 §5, RFC 8705 §3: what was bound to a key stays bound to it
        AccessToken token = builder.getAccessToken();
        token.setConfirmation(caller.token().getConfirmation());
        token.type(caller.token().getType());
        builder.responseTokenType(caller.token().getType());
        try {
            return builder.build();
        } catch (CorsErrorResponseException refused) {
            throw new Refusals(caller).ofGuard(refused.getResponse().getStatus());
        }
    }
}
