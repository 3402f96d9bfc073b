package io.sallyport.rest;

import io.sallyport.json.InvalidRequest;
import io.sallyport.json.Problem;
import io.sallyport.provider.RealmSettings;
import io.sallyport.verify.Continued;
import io.sallyport.verify.MfaToken;
import io.sallyport.verify.Resumed;
import io.sallyport.verify.TokenFlaw;
import io.sallyport.verify.TokenHolder;
import jakarta.ws.rs.core.HttpHeaders;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.keycloak.events.EventBuilder;
import org.keycloak.events.EventType;
import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.protocol.oidc.OIDCAdvancedConfigWrapper;
import org.keycloak.services.CorsErrorResponseException;
import org.keycloak.services.cors.Cors;
import org.keycloak.services.util.DPoPUtil;

/** Who calls, by an {@code mfa_token}: whatever it stands on is looked at again, and what is wrong is the same 401. */
final class TokenBearer {

    /** 256 bits in Base64url, which no access token is. */
    private static final Pattern HEADER = Pattern.compile("(?i:Bearer|DPoP) +([A-Za-z0-9_-]{43})");

    private final KeycloakSession session;
    private final RealmModel realm;

    TokenBearer(KeycloakSession session) {
        this.session = session;
        this.realm = session.getContext().getRealm();
    }

    /** The {@code mfa_token} of the request; empty if it comes with something else. */
    static Optional<String> token(KeycloakSession session) {
        List<String> headers =
                session.getContext().getHttpRequest().getHttpHeaders().getRequestHeader(HttpHeaders.AUTHORIZATION);
        return headers == null || headers.size() != 1
                ? Optional.empty()
                : Optional.of(HEADER.matcher(headers.get(0)))
                        .filter(Matcher::matches)
                        .map(found -> found.group(1));
    }

    /** The caller. The client's own authentication is taken out of the request. */
    Caller caller(String text, TokenUse use, Map<String, Object> request) {
        if (!RealmSettings.enabled(session, realm)) {
            throw Problem.MFA_NOT_ENABLED.exception(session, List.of());
        }
        Resumed.Found found = Resumed.find(session, realm, text).orElseThrow(() -> TokenRefusal.unknown(session));
        MfaToken token = found.token();
        TokenRefusal refusal = new TokenRefusal(session, token);
        found.flaw().ifPresent(flaw -> {
            throw refusal.because(flaw);
        });
        ClientModel client = client(token).orElseThrow(() -> refusal.because(TokenFlaw.CLIENT_UNAVAILABLE));
        session.getContext().setClient(client);
        EventBuilder event = event(client);
        notHolder(token, client, event).ifPresent(flaw -> {
            throw refusal.because(flaw);
        });
        Map<String, String> clientNotes = use == TokenUse.VERIFY
                ? new ClientProof(session, event).of(client, request, () -> refusal.because(TokenFlaw.CLIENT_UNPROVEN))
                : Map.of();
        Optional<String> externalId = use == TokenUse.VERIFY ? externalId(request) : Optional.empty();
        if (externalId.filter(token::isSpentFor).isPresent()) {
            throw refusal.repeated();
        }
        if (!token.isPending()) {
            throw refusal.because(token.status() == MfaToken.Status.SPENT ? TokenFlaw.SPENT : TokenFlaw.ENDED);
        }
        UserModel user = Optional.ofNullable(session.users().getUserById(realm, token.userId()))
                .filter(UserModel::isEnabled)
                .orElseThrow(() -> refusal.because(TokenFlaw.USER_UNAVAILABLE));
        if (!use.isOpenTo(token.purpose(), request)) {
            throw refusal.forbidden(TokenFlaw.ANOTHER_PURPOSE, "the token is for something else");
        }
        if (user.getRequiredActionsStream().findAny().isPresent()) {
            throw refusal.forbidden(TokenFlaw.ACCOUNT_NOT_SET_UP, "the account is not fully set up");
        }
        Standing standing = token.sessionId().isEmpty()
                ? new Standing.SigningIn(Resumed.begin(session, realm, client, user, token), clientNotes, externalId)
                : new Standing.Recovering(continued(client, user, token, refusal), externalId);
        return new Caller(session, realm, user, client, standing);
    }

    private Continued continued(ClientModel client, UserModel user, MfaToken token, TokenRefusal refusal) {
        Continued continued = Continued.of(session, realm, client, user, token)
                .orElseThrow(() -> refusal.because(TokenFlaw.SESSION_OVER));
        if (!continued.isAgreedTo(session)) {
            throw refusal.because(TokenFlaw.CONSENT_WITHDRAWN);
        }
        return continued;
    }

    private static Optional<String> externalId(Map<String, Object> request) {
        if (!request.containsKey("external_id")) {
            return Optional.empty();
        }
        Optional<String> given = Optional.ofNullable(request.remove("external_id"))
                .filter(String.class::isInstance)
                .map(String.class::cast)
                .flatMap(Fields::plain);
        return Optional.of(given.orElseThrow(() -> new InvalidRequest(List.of("$.external_id: want " + Fields.PLAIN))));
    }

    /** It may sign users in by their password, or has them signed in already. */
    private Optional<ClientModel> client(MfaToken token) {
        return Optional.<ClientModel>ofNullable(realm.getClientById(token.clientId()))
                .filter(client -> client.isEnabled() && !client.isBearerOnly())
                .filter(client -> token.sessionId().isPresent()
                        || (client.isDirectAccessGrantsEnabled() && !client.isConsentRequired()));
    }

    private Optional<TokenFlaw> notHolder(MfaToken token, ClientModel client, EventBuilder event) {
        try {
            DPoPUtil.handleDPoPHeader(
                    session, event, Cors.builder(), OIDCAdvancedConfigWrapper.fromClientModel(client));
        } catch (CorsErrorResponseException noProof) {
            return Optional.of(TokenFlaw.ANOTHER_KEY);
        }
        TokenHolder comes = TokenHolder.of(session, realm, client);
        if (!comes.address().equals(token.holder().address())) {
            return Optional.of(TokenFlaw.ANOTHER_ADDRESS);
        }
        return comes.key().equals(token.holder().key()) ? Optional.empty() : Optional.of(TokenFlaw.ANOTHER_KEY);
    }

    private EventBuilder event(ClientModel client) {
        return new EventBuilder(realm, session, session.getContext().getConnection())
                .event(EventType.LOGIN)
                .client(client);
    }
}
