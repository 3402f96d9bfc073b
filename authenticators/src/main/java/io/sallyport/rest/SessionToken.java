package io.sallyport.rest;

import io.sallyport.provider.RealmSettings;
import io.sallyport.provider.Setting;
import io.sallyport.verify.BrokenOff;
import io.sallyport.verify.Evidence;
import io.sallyport.verify.TokenHolder;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.keycloak.events.EventBuilder;
import org.keycloak.events.EventType;
import org.keycloak.models.AuthenticatedClientSessionModel;
import org.keycloak.models.ClientSessionContext;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserSessionModel;
import org.keycloak.protocol.oidc.TokenManager;
import org.keycloak.representations.AccessToken;
import org.keycloak.representations.AccessTokenResponse;
import org.keycloak.services.CorsErrorResponseException;
import org.keycloak.services.util.DefaultClientSessionContext;
import org.keycloak.util.TokenUtil;

/**
 * A new access token in the caller's own session, for the scopes of the one he called with; the guard writes its claims. What
 * only opens the way to a new factor makes none: it is answered by the {@code mfa_token} for that way.
 */
final class SessionToken {

    private final Caller caller;

    SessionToken(Caller caller) {
        this.caller = caller;
    }

    /** The answer of a proof. */
    Map<String, Object> view(Evidence evidence, Optional<String> approval) {
        Proof proof = Proof.of(evidence, approval);
        if (caller.standing() instanceof Standing.SigningIn signingIn) {
            return new SignInTokens(caller, signingIn).view(evidence, mfa(proof));
        }
        if (caller.standing() instanceof Standing.Live live && evidence.leadsToEnrolling()) {
            Map<String, Object> way = new LinkedHashMap<>(
                    BrokenOff.during(caller.session(), live.userSession(), caller.client(), live.token())
                            .toEnroll());
            way.put("mfa", mfa(proof));
            return way;
        }
        caller.spendToken();
        return tokens(proof);
    }

    /** The same for a proof that this session gave before; what an {@code mfa_token} was spent for is told once. */
    Map<String, Object> view(Proof proof) {
        if (caller.standing() instanceof Standing.ByToken byToken) {
            throw new TokenRefusal(caller.session(), byToken.token()).repeated();
        }
        return tokens(proof);
    }

    private Map<String, Object> tokens(Proof proof) {
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
        Bound bound = bound();
        AuthenticatedClientSessionModel clientSession = bound.userSession()
                .getAuthenticatedClientSessionByClient(caller.client().getId());
        ClientSessionContext context =
                DefaultClientSessionContext.fromClientSessionAndScopeParameter(clientSession, bound.scope(), session);
        EventBuilder event = new EventBuilder(realm, session)
                .event(EventType.REFRESH_TOKEN)
                .client(caller.client())
                .user(caller.user())
                .session(bound.userSession());
        TokenManager.AccessTokenResponseBuilder builder = new TokenManager()
                .responseBuilder(realm, caller.client(), event, session, bound.userSession(), context)
                .generateAccessToken();
        // RFC 9449 §5, RFC 8705 §3: what was bound to a key stays bound to it
        AccessToken token = builder.getAccessToken();
        token.setConfirmation(bound.confirmation());
        token.type(bound.type());
        builder.responseTokenType(bound.type());
        try {
            return builder.build();
        } catch (CorsErrorResponseException refused) {
            throw new Refusals(caller).ofGuard(refused.getResponse().getStatus());
        }
    }

    private Bound bound() {
        if (caller.standing() instanceof Standing.Recovering recovering) {
            TokenHolder holder = recovering.token().holder();
            return new Bound(
                    recovering.continued().userSession(),
                    recovering.token().scope().orElse(null),
                    holder.confirmation().orElse(null),
                    holder.isByDpop() ? TokenUtil.TOKEN_TYPE_DPOP : TokenUtil.TOKEN_TYPE_BEARER);
        }
        AccessToken token = caller.token();
        return new Bound(caller.userSession(), token.getScope(), token.getConfirmation(), token.getType());
    }

    /** What the new token has from what the caller called with. */
    private record Bound(
            UserSessionModel userSession,
            @Nullable String scope,
            AccessToken.@Nullable Confirmation confirmation,
            String type) {}
}
