package io.sallyport.stepup;

import io.sallyport.form.Actions;
import io.sallyport.policy.action.Action;
import io.sallyport.policy.action.Details;
import io.sallyport.policy.action.InvalidDetails;
import io.sallyport.policy.store.ActionStore;
import io.sallyport.provider.RealmSettings;
import io.sallyport.provider.StatelessFactory;
import jakarta.ws.rs.core.Response;
import java.util.Map;
import java.util.Optional;
import org.keycloak.Config;
import org.keycloak.OAuth2Constants;
import org.keycloak.OAuthErrorException;
import org.keycloak.events.Errors;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.RequiredActionProviderModel;
import org.keycloak.protocol.oidc.endpoints.AuthorizationEndpointCheckProvider;
import org.keycloak.protocol.oidc.endpoints.AuthorizationEndpointCheckProviderFactory;
import org.keycloak.protocol.oidc.endpoints.AuthorizationEndpointChecker;
import org.keycloak.protocol.oidc.endpoints.AuthorizationEndpointChecker.AuthorizationCheckException;
import org.keycloak.protocol.oidc.endpoints.request.AuthorizationEndpointRequest;

/**
 * Refuses a request for an approval that nobody could give, before any page: back to the application with
 * {@code invalid_request}, never as a plain sign-in.
 */
public final class ActionCheck
        implements AuthorizationEndpointCheckProviderFactory, StatelessFactory<AuthorizationEndpointCheckProvider> {

    @Override
    public AuthorizationEndpointCheckProvider create(KeycloakSession session) {
        return new AuthorizationEndpointCheckProvider() {
            @Override
            public void check(AuthorizationEndpointChecker checker) throws AuthorizationCheckException {
                refuseInvalid(session, checker);
            }

            @Override
            public void close() {}
        };
    }

    private static void refuseInvalid(KeycloakSession session, AuthorizationEndpointChecker checker)
            throws AuthorizationCheckException {
        try {
            Optional<ActionRequest> request = new SentRequest(session, checker).action();
            if (request.isPresent()) {
                require(session, checker, request.get());
            }
        } catch (InvalidActionRequest invalid) {
            checker.getEventBuilder()
                    .detail(org.keycloak.events.Details.REASON, invalid.description())
                    .error(Errors.INVALID_REQUEST);
            throw new AuthorizationCheckException(
                    Response.Status.BAD_REQUEST, OAuthErrorException.INVALID_REQUEST, invalid.description());
        }
    }

    private static void require(KeycloakSession session, AuthorizationEndpointChecker checker, ActionRequest request) {
        if (!RealmSettings.enabled(session, checker.getRealm())) {
            throw new InvalidActionRequest("MFA is not set up in this realm");
        }
        RequiredActionProviderModel page = checker.getRealm().getRequiredActionProviderByAlias(Actions.APPROVE);
        if (page == null || !page.isEnabled()) {
            throw new InvalidActionRequest("approvals are switched off in this realm");
        }
        // the token of an approval is the one that its code is redeemed for
        if (!OAuth2Constants.CODE.equals(request(checker).getResponseType())) {
            throw new InvalidActionRequest(ActionRequest.ACTION + " wants response_type code");
        }
        if (request(checker).getNonce() == null && request(checker).getCodeChallenge() == null) {
            throw new InvalidActionRequest(ActionRequest.ACTION + " wants a nonce or a code_challenge");
        }
        Action action = action(session, checker.getRealm(), request);
        if (request.challenge().isEmpty()) {
            details(action, request);
        }
    }

    private static AuthorizationEndpointRequest request(AuthorizationEndpointChecker checker) {
        return checker.getAuthorizationEndpointRequest();
    }

    /**
     * The action in the catalogue.
     *
     * @throws InvalidActionRequest if there is none
     */
    static Action action(KeycloakSession session, RealmModel realm, ActionRequest request) {
        return new ActionStore(session, realm)
                .find(request.type())
                .orElseThrow(() -> new InvalidActionRequest(ActionRequest.ACTION + " names no action"));
    }

    /**
     * The details that the request itself brings.
     *
     * @throws InvalidActionRequest if they are not what the action wants
     */
    static Details details(Action action, ActionRequest request) {
        try {
            return Details.of(
                    action, request.details().map(DetailsParameter::read).orElse(Map.of()));
        } catch (InvalidDetails invalid) {
            throw new InvalidActionRequest(ActionRequest.DETAILS + ": " + String.join("; ", invalid.problems()));
        }
    }

    @Override
    public String getId() {
        return "mfa-action";
    }

    @Override
    public boolean isSupported(Config.Scope config) {
        return true;
    }
}
