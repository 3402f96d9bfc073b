package io.sallyport.rest;

import io.sallyport.json.InvalidRequest;
import io.sallyport.json.Problem;
import io.sallyport.provider.RealmSettings;
import io.sallyport.verify.MfaToken;
import io.sallyport.verify.Resumed;
import io.sallyport.verify.TokenHolder;
import jakarta.ws.rs.WebApplicationException;
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
        MfaToken token = Resumed.find(session, realm, text).orElseThrow(this::unknown);
        ClientModel client = client(token);
        session.getContext().setClient(client);
        EventBuilder event = event(client);
        isHolder(token, client, event);
        Map<String, String> clientNotes =
                use == TokenUse.VERIFY ? new ClientProof(session, event).of(client, request, this::unknown) : Map.of();
        Optional<String> externalId = use == TokenUse.VERIFY ? externalId(request) : Optional.empty();
        if (externalId.filter(token::isSpentFor).isPresent()) {
            throw Problem.IDEMPOTENCY_CONFLICT.exception(session, List.of());
        }
        if (!token.isPending()) {
            throw unknown();
        }
        UserModel user = Optional.ofNullable(session.users().getUserById(realm, token.userId()))
                .filter(UserModel::isEnabled)
                .orElseThrow(this::unknown);
        if (!use.isOpenTo(token.purpose(), request)) {
            throw Problem.FORBIDDEN.exception(session, List.of("the token is for something else"));
        }
        if (user.getRequiredActionsStream().findAny().isPresent()) {
            throw Problem.FORBIDDEN.exception(session, List.of("the account is not fully set up"));
        }
        return new Caller(
                session,
                realm,
                user,
                client,
                new Standing.SigningIn(Resumed.begin(session, realm, client, user, token), clientNotes, externalId));
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

    private ClientModel client(MfaToken token) {
        return Optional.ofNullable(realm.getClientById(token.clientId()))
                .filter(ClientModel::isEnabled)
                .filter(ClientModel::isDirectAccessGrantsEnabled)
                .filter(client -> !client.isConsentRequired() && !client.isBearerOnly())
                .orElseThrow(this::unknown);
    }

    private void isHolder(MfaToken token, ClientModel client, EventBuilder event) {
        try {
            DPoPUtil.handleDPoPHeader(
                    session, event, Cors.builder(), OIDCAdvancedConfigWrapper.fromClientModel(client));
        } catch (CorsErrorResponseException noProof) {
            throw unknown();
        }
        if (!TokenHolder.of(session, realm, client).equals(token.holder())) {
            throw unknown();
        }
    }

    private EventBuilder event(ClientModel client) {
        return new EventBuilder(realm, session, session.getContext().getConnection())
                .event(EventType.LOGIN)
                .client(client);
    }

    private WebApplicationException unknown() {
        return Problem.UNAUTHENTICATED.exception(
                session, List.of(), Map.of(HttpHeaders.WWW_AUTHENTICATE, "Bearer error=\"invalid_token\""));
    }
}
